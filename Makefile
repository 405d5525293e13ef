# Short names for what bin/ and the tools do; each line below runs as well without make.
.DEFAULT_GOAL := help
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --custom-compile-command "make lock" pyproject.toml
ARGS ?=

.PHONY: help setup demo test lint types lock bench rehearsal torture docs pictures

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 16

setup: ## Install everything, with what the tests need
	bin/setup --dev

demo: ## Scan the demo town
	bin/scan

test: ## Run all that a change must pass
	bin/test $(ARGS)

lint: ## Mend the format, then check style, imports and scripts
	$(BIN)/ruff format .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/shellcheck bin/setup bin/scan bin/test .ci/run

types: ## Check the types
	$(BIN)/mypy

lock: ## Write both lock files again; ARGS=--upgrade takes newer versions
	$(LOCK) $(ARGS) --output-file requirements.lock
	$(LOCK) $(ARGS) --group dev --constraint requirements.lock --output-file requirements-dev.lock

bench: ## Measure the speed and write docs/performance.md
	$(BIN)/python -m benchmarks $(ARGS)

rehearsal: ## Rehearse three years of monitoring in a made-up country
	$(BIN)/python -m monitoring.rehearsal $(ARGS)

torture: ## Kill scans at many random moments (an hour)
	$(BIN)/pytest -m torture --timeout 7200 $(ARGS)

docs: ## Write the generated pages of docs/ and the README's summary again
	$(BIN)/python -m docs.generate
	$(BIN)/python -m docs.readme

pictures: ## Take the pictures in docs/pictures again (some minutes)
	$(BIN)/python -m docs.screenshots $(ARGS)
