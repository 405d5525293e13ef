"""Every document rule's own examples, and what every such rule's file must hold."""

from __future__ import annotations

import importlib
import pkgutil
import re
import string
from pathlib import Path
from types import ModuleType

import pytest

import checks.documents.rules
from checks import run
from checks.documents.model import DocumentResult, Limits
from checks.documents.rule import Build, DocumentRule
from checks.documents.run import all_rules, check_document
from checks.model import Impact, Outcome
from checks.rule import Examples
from checks.standards import criteria

MODULES: list[ModuleType] = [
    importlib.import_module(f"checks.documents.rules.{name}")
    for _, name, _ in pkgutil.iter_modules(checks.documents.rules.__path__)
    if not name.startswith("_")
]
OUTCOMES = {
    "passed": Outcome.PASSED,
    "failed": Outcome.FAILED,
    "inapplicable": Outcome.INAPPLICABLE,
    "cant_tell": Outcome.CANT_TELL,
}
CASES = [
    pytest.param(module.rule, build, outcome, id=f"{module.rule.id}-{kind}-{number}")
    for module in MODULES
    for kind, outcome in OUTCOMES.items()
    for number, build in enumerate(getattr(module.EXAMPLES, kind))
]


def run_example(build: Build) -> DocumentResult:
    sample = build()
    return check_document(sample.data, url=f"https://elm.example/files/{sample.name}", limits=Limits())


@pytest.mark.parametrize(("rule", "build", "outcome"), CASES)
def test_the_rules_own_examples_hold(rule: DocumentRule, build: Build, outcome: Outcome) -> None:
    result = run_example(build)
    assert (result.reason, result.detail) == ("", "")
    assert result.not_run == {}
    assert result.rule_outcomes[rule.id] == outcome, [f.message for f in result.findings if f.rule == rule.id]
    found = [finding for finding in result.findings if finding.rule == rule.id]
    assert {f.outcome for f in found} <= {Outcome.FAILED, Outcome.CANT_TELL}
    assert bool(found) == (outcome in (Outcome.FAILED, Outcome.CANT_TELL))
    for finding in found:
        assert finding.wcag == rule.info.wcag
        assert finding.fingerprint
        assert finding.component
        assert "{" not in finding.message
    assert len({f.fingerprint for f in found}) == len(found)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_a_rules_file_holds_all_that_a_rule_needs(module: ModuleType) -> None:
    rule, examples = module.rule, module.EXAMPLES
    assert isinstance(rule, DocumentRule)
    assert isinstance(examples, Examples)
    info = rule.info
    assert info.id == "curbcut/" + module.__name__.rsplit(".", 1)[-1].replace("_", "-")
    assert info.kind == "document"
    assert info.wcag or rule.good_practice
    assert set(info.wcag) <= set(criteria())
    assert info.sources
    assert all(re.match(r"https://", source) for source in info.sources)
    assert isinstance(info.impact, Impact)
    assert module.__doc__
    for sentence in (info.who, info.how, *rule.messages.values()):
        assert re.fullmatch(r"[A-Z{].*[.?\"]", sentence), sentence
    assert not info.title.endswith(".")
    if rule.good_practice:
        assert not examples.failed


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_a_rule_has_two_examples_of_each_outcome_it_can_give(module: ModuleType) -> None:
    code = Path(str(module.__file__)).read_text(encoding="utf-8").split("EXAMPLES =")[0]
    given = {"passed": r"\bpassed\(\)", "failed": r"\bfailed\(", "cant_tell": r"\bcant_tell\("}
    for kind, pattern in given.items():
        assert (len(getattr(module.EXAMPLES, kind)) >= 2) == (re.search(pattern, code) is not None), kind
    messages = {
        key for key, kind in (("failed", "failed"), ("cantTell", "cant_tell")) if getattr(module.EXAMPLES, kind)
    }
    assert {key.split(".")[0] for key in module.rule.messages} == messages


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_message_is_reached_by_an_example_and_keeps_its_data(module: ModuleType) -> None:
    rule, examples = module.rule, module.EXAMPLES
    results = [run_example(build) for build in (*examples.failed, *examples.cant_tell)]
    findings = [f for result in results for f in result.findings if f.rule == rule.id]
    assert {finding.message_id for finding in findings} == set(rule.messages)
    for finding in findings:
        names = {name for _, name, _, _ in string.Formatter().parse(rule.messages[finding.message_id]) if name}
        assert names == set(finding.arguments)


def test_every_module_is_found_and_ids_are_no_page_rules() -> None:
    ids = [rule.id for rule in all_rules()]
    assert sorted(module.rule.id for module in MODULES) == ids
    assert not set(ids) & {rule.id for rule in run.all_rules()}
