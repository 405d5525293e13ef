"""A second engine is one folder: a scan runs it beside axe-core, and reports name its findings, rules and version."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

import checks.engines
from checks.engines import engines
from reports import jsonl
from scan.engines import read_all
from scan.folder_server import serve_folder
from scan.run import run_scan
from scan.settings import load
from store.schema import rule, scan

TINY = """
from checks.judging import PageResult
from checks.model import EngineScript, Finding, Impact, Outcome, RuleInfo

RULE = "tiny/no-blink"


class Tiny:
    name = "tiny"
    title = "Tiny engine"

    def version(self, orders):
        return "0.1"

    def prepare(self, orders):
        look = "(options) => Array.from(document.querySelectorAll(options.what), (one) => window.__named(one))"
        return EngineScript(self.name, "window.__named = (one) => one.id;", look, {"what": "blink"})

    def read(self, raw, page_url):
        if not isinstance(raw, list):
            return PageResult(not_run={self.name: "Nothing came back from the page."})
        found = tuple(
            Finding(RULE, self.name, Outcome.FAILED, page_url, "This text blinks.", target=(f"#{one}",),
                    wcag=("2.2.2",), fingerprint=one, component=one)
            for one in raw if isinstance(one, str)
        )
        return PageResult(found, {RULE: Outcome.FAILED if found else Outcome.PASSED})

    def rule_infos(self, orders):
        return (RuleInfo(RULE, self.name, "engine", "Text does not blink", wcag=("2.2.2",), impact=Impact.SERIOUS),)


engine = Tiny()
"""


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "more" / "tiny"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(TINY, encoding="utf-8")
    monkeypatch.setattr(checks.engines, "__path__", [*checks.engines.__path__, str(folder.parent)])
    monkeypatch.delitem(sys.modules, "checks.engines.tiny", raising=False)
    monkeypatch.setattr(checks.engines, "tiny", None, raising=False)


@pytest.mark.usefixtures("tiny")
def test_what_an_engine_did_not_bring_is_said_for_that_engine_alone() -> None:
    assert [engine.name for engine in engines()] == ["axe", "tiny"]
    read = read_all({"tiny": ["a"]}, "https://elm.example/")
    assert [(found.rule, found.target) for found in read.findings] == [("tiny/no-blink", ("#a",))]
    assert set(read.not_run) == {"axe"}
    assert read_all({}, "https://elm.example/").not_run["tiny"] == "Nothing came back from the page."


@pytest.mark.browser
@pytest.mark.usefixtures("tiny")
def test_a_second_engine_is_run_read_and_reported_beside_axe(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    page = "<!DOCTYPE html><title>Elm Council</title><p><blink id=old>New!</blink></p>"
    (tmp_path / "site" / "home.html").write_text(page, encoding="utf-8")
    settings = load({"only": ["wcag"], "robots": False, "pages_per_template": 0})
    with serve_folder(tmp_path / "site") as origin:
        end = run_scan(settings, [f"{origin}/home.html"], tmp_path / "out", follow=False)
    try:
        told = io.StringIO()
        jsonl.write(end.engine, end.scan_id, told)
        with end.engine.connect() as connection:
            title = connection.execute(select(rule.c.title).where(rule.c.id == "tiny/no-blink")).scalar_one()
            versions = connection.execute(select(scan.c.versions)).scalar_one()
    finally:
        end.engine.dispose()
    findings = {(found["rule"], found["target"]) for found in json.loads(told.getvalue())["findings"]}
    assert {("tiny/no-blink", "#old"), ("axe/html-has-lang", "html")} <= findings
    assert title == "Text does not blink"
    assert (versions["Tiny engine"], versions["axe-core"][:2]) == ("0.1", "4.")
