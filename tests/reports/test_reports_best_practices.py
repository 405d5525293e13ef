"""Best practices of axe-core are told in every format, labelled so, and counted nowhere."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import Engine, select

from checks.engines.axe import engine as axe
from checks.engines.engine import Orders
from checks.model import BEST_PRACTICE, Judgement, Outcome, Page
from checks.standards import default_profile
from monitoring.member_state.rounds import _result
from reports import analysis, csv_report, earl, json_report, jsonl, text
from reports.ci import gate, inline, junit, markdown, sarif
from reports.ci.baseline import Baseline
from reports.ci.build import build
from reports.ci.model import CiReport, Kind
from reports.ci.names import FailOn
from reports.html import report as html
from store import schema
from store.database import open_database
from store.ledger import Found, Ledger, Verdict
from store.results import end_scan, save_page, start_scan
from store.schema import ScanState, State

URL = "https://elm.example/"
LABEL = "best practice"
MESSAGE = "This part of the page lies in no landmark."


def raw(group: str = "violations", tags: tuple[str, ...] = ("best-practice",)) -> dict[str, object]:
    node = {
        "target": ["p"], "impact": "moderate", "html": "<p>Hello</p>", "tag": "p", "attributes": {}, "text": "Hello",
        "parent": -1, "why": [],
    }  # fmt: skip
    rule = {"id": "region", "group": group, "impact": "moderate", "tags": list(tags), "cut": 0, "nodes": [node]}
    return {"axe": "4.12.1", "rules": [rule], "passed": [], "inapplicable": []}


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, int]]:
    engine = open_database(tmp_path_factory.mktemp("practices") / "curbcut.sqlite")
    said = axe.read(raw(), URL)
    scan_id = start_scan(
        engine, start_urls=[URL], settings={"best_practices": True}, versions={}, profile=default_profile().id,
        rules=axe.rule_infos(Orders(default_profile(), best_practices=True)),
    )  # fmt: skip
    ledger = Ledger(engine, scan_id)
    ledger.add([Found(URL, "page", "start")])
    (lease,) = ledger.lease(1)
    page = Page(URL, URL, "<p>Hello</p>", 200, title="Elm", lang="en")
    ledger.finish(
        lease, Verdict(State.CHECKED, http_status=200), found=[], at_most=0,
        evidence=lambda connection, url_id: save_page(
            connection, scan_id, url_id, page, Judgement(said.findings, said.rule_outcomes), content_hash="x"
        ),
    )  # fmt: skip
    end_scan(engine, scan_id, ScanState.COMPLETE, elapsed_s=1.0)
    yield engine, scan_id
    engine.dispose()


@pytest.fixture
def ci(scan: tuple[Engine, int]) -> CiReport:
    return build(*scan, version="1", today=date(2026, 11, 1))


def test_they_are_run_only_when_asked_for() -> None:
    plain, asked = Orders(default_profile()), Orders(default_profile(), best_practices=True)
    assert "best-practice" not in axe.prepare(plain).options["tags"]
    assert "best-practice" in axe.prepare(asked).options["tags"]
    more = {info.id: info for info in axe.rule_infos(asked)}.items() - {i.id: i for i in axe.rule_infos(plain)}.items()
    assert {(info.kind, info.wcag) for _, info in more} == {(BEST_PRACTICE, ())}


@pytest.mark.parametrize("group", ["violations", "incomplete"])
def test_they_are_neither_failures_nor_questions(group: str) -> None:
    said = axe.read(raw(group), URL)
    assert [found.outcome for found in said.findings] == [Outcome.BEST_PRACTICE]
    assert said.rule_outcomes == {"axe/region": Outcome.BEST_PRACTICE}
    (failed,) = axe.read(raw("violations", ("best-practice", "wcag131")), URL).findings
    assert failed.outcome is Outcome.FAILED  # a rule that a criterion asks for stays one


def test_no_count_holds_them(scan: tuple[Engine, int]) -> None:
    engine, scan_id = scan
    with engine.connect() as connection:
        columns = (schema.page.c.n_failed, schema.page.c.n_cant_tell, schema.page.c.n_style)
        counts = connection.execute(select(*columns)).one()
        totals = analysis.finding_totals(connection, scan_id)
        verdicts = {result.verdict for result in analysis.criteria_results(connection, scan_id).results}
        assert not list(analysis.issues(connection, scan_id, style=None))
        assert not analysis.count_questions(connection, scan_id)
    assert tuple(counts) == (0, 0, 0)
    assert (totals.n_failed, totals.n_cant_tell, totals.n_style, totals.n_practice) == (0, 0, 0, 1)
    assert analysis.Verdict.FAILED not in verdicts
    assert analysis.Verdict.PERSON_MUST_LOOK not in verdicts


def test_no_number_of_a_monitoring_report_holds_them(scan: tuple[Engine, int]) -> None:
    engine, scan_id = scan
    with engine.connect() as connection:
        tested, rules, _ = _result(connection, scan_id)
    assert not tested.failed
    assert not tested.rules_failed
    assert set(tested.pages_failed.values()) == {0}
    assert not [rule for rule in rules.values() if rule.kind == BEST_PRACTICE]


@pytest.mark.parametrize("fail_on", FailOn)
def test_no_build_fails_by_them(ci: CiReport, fail_on: FailOn) -> None:
    verdict = gate.judge(ci.tally, [fail_on], 0, has_baseline=False)
    assert (verdict.counted, verdict.has_failed) == (0, False)


def test_in_a_build_they_are_a_kind_of_their_own_that_never_counts(ci: CiReport) -> None:
    (page,) = ci.pages()
    (found,) = Baseline((), date(2026, 11, 1)).judge(page).page.findings
    assert (found.kind, found.counts, found.is_serious) == (Kind.PRACTICE, False, False)


def test_every_format_for_builds_labels_them(ci: CiReport) -> None:
    writers = (sarif.write, junit.write, markdown.write, inline.write_github, inline.write_gitlab)
    told = {write: io.StringIO() for write in writers}
    for write, stream in told.items():
        write(ci, stream)
        assert LABEL in stream.getvalue().lower(), write
        assert MESSAGE in stream.getvalue(), write
    (run,) = json.loads(told[sarif.write].getvalue())["runs"]
    (result,) = run["results"]
    assert (result["kind"], result["level"]) == ("informational", "none")
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["properties"]["tags"] == ["accessibility", LABEL]
    suites = ElementTree.fromstring(told[junit.write].getvalue())  # noqa: S314  our own
    assert (suites.get("failures"), suites.get("errors")) == ("0", "0")
    assert told[inline.write_github].getvalue().startswith("::notice ")
    assert json.loads(told[inline.write_gitlab].getvalue())[0]["severity"] == "info"
    assert "| Barriers | 0 | 0 | 0 |" in told[markdown.write].getvalue()


def test_the_terminal_labels_them(scan: tuple[Engine, int]) -> None:
    shown = io.StringIO()
    text.write_findings(*scan, shown)
    assert "Best practices, no failures (1)" in shown.getvalue()
    totals = "0 barriers, 0 questions for a person, 0 passages to reword, 1 place against best practice"
    assert totals in shown.getvalue()
    summary = io.StringIO()
    text.write_summary(*scan, summary)
    assert "Best practices, no failures  1 issue, 1 place, on 1 page" in summary.getvalue()


def test_the_data_formats_label_them(scan: tuple[Engine, int], tmp_path: Path) -> None:
    lines, whole, assertions = io.StringIO(), io.StringIO(), io.StringIO()
    jsonl.write(*scan, lines)
    assert [found["outcome"] for found in json.loads(lines.getvalue())["findings"]] == ["bestPractice"]
    json_report.write(*scan, whole)
    assert [issue["outcome"] for issue in json.loads(whole.getvalue())["issues"]] == ["bestPractice"]
    csv_report.write(*scan, tmp_path)
    for name in ("findings.csv", "issues.csv"):
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as file:
            assert [row["outcome"] for row in csv.DictReader(file)] == ["bestPractice"]
    earl.write(*scan, assertions)
    assert "region" not in assertions.getvalue()


def test_the_html_report_tells_them_apart(scan: tuple[Engine, int], tmp_path: Path) -> None:
    folder = html.write(*scan, tmp_path / "report").parent

    def shown(name: str) -> str:
        return BeautifulSoup((folder / name).read_text(encoding="utf-8"), "lxml").get_text(" ", strip=True)

    assert "They are no failures, and no other number in this report counts them." in shown("best-practices.html")
    assert "Best practices 1" in shown("index.html")
    assert MESSAGE not in shown("issues.html") + shown("questions.html")
    (page,) = (folder / "pages").glob("*.html")
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")
    (heading,) = soup.select("section[aria-labelledby=practices] h3")
    assert heading.get_text() == "All content lies in a landmark"
    assert MESSAGE in soup.get_text()
    assert not soup.select("section[aria-labelledby=barriers] article")
