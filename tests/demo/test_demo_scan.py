"""`curbcut demo`, whole: every planted barrier is found, by either driver, the totals add up, README.md shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from checks.model import Outcome
from checks.run import all_rules
from demo.barriers import Kind, load_register
from demo.server import serve
from docs import readme
from reports import analysis, html
from scan.folder_server import serve_folder
from scan.run import DATABASE, run_scan
from scan.settings import load
from store.database import open_database
from store.results import pictured, read_scan
from store.schema import FINAL_STATES, ScanState, State, finding, page, rule, url
from store.statements import read_checks

pytestmark = [pytest.mark.browser, pytest.mark.slow]
REGISTER = load_register()
NOT_REACHED = {"/404.html", "/internal/budget-draft.html"}
"""The error page is no page of the site, and robots.txt keeps the draft to itself."""


@dataclass(frozen=True)
class Demo:
    """What the command printed, as README.md shows it, and what it left."""

    summary: str
    engine: Engine
    scan_id: int

    def ran(self) -> set[str]:
        """The rules of this scan: WCAG 2.2's own are not in the profile that it has by default."""
        with self.engine.connect() as connection:
            return set(connection.execute(select(rule.c.id)).scalars())


@pytest.fixture(scope="module")
def end(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    summary = readme.block(folder)
    engine = open_database(folder / "demo" / DATABASE)
    yield Demo(summary, engine, read_scan(engine).id)
    engine.dispose()


def rows(engine: Engine) -> set[tuple[str, str, str, str, str]]:
    """Every finding as what must not depend on the driver or the run."""
    query = select(url.c.url, finding.c.rule, finding.c.outcome, finding.c.fingerprint, finding.c.component).join(
        url, url.c.id == finding.c.url_id
    )
    with engine.connect() as connection:
        return {(path_of(r.url), r.rule, r.outcome, r.fingerprint, r.component) for r in connection.execute(query)}


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def test_the_readme_shows_what_the_demo_prints(end: Demo) -> None:
    assert readme.shown() == end.summary, "Run: python -m docs.readme"


def test_scan_is_complete_and_every_url_is_final(end: Demo) -> None:
    assert read_scan(end.engine).state == ScanState.COMPLETE
    with end.engine.connect() as connection:
        states = connection.execute(select(url.c.state)).scalars().all()
        assert analysis.totals(connection, end.scan_id).adds_up
    assert set(states) <= set(FINAL_STATES)


def test_every_planted_barrier_is_found(end: Demo) -> None:
    live = {rule.id for rule in all_rules() if rule.kind == "rendered"}  # these run on a sample of pages
    ran = end.ran()
    assert len({barrier.expected_rule for barrier in REGISTER.barriers} & ran) > 20
    with end.engine.connect() as connection:
        looked = {path_of(row.url) for row in analysis.looks(connection, end.scan_id)}
    assert looked
    found = {(path, rule, outcome) for path, rule, outcome, _, _ in rows(end.engine)}
    missing = [
        (barrier.id, where)
        for barrier in REGISTER.barriers
        if barrier.expected_rule in ran
        for where in barrier.pages
        if where not in NOT_REACHED
        and (barrier.expected_rule not in live or where.removesuffix("index.html") in looked)
        and (where.removesuffix("index.html"), barrier.expected_rule, barrier.expected_outcome) not in found
    ]
    assert missing == []


def test_every_planted_fault_of_a_statement_is_found(end: Demo) -> None:
    with end.engine.connect() as connection:
        found = {
            (path_of(address), f"statement/{row.check_id}", row.outcome)
            for address, checks in read_checks(connection, end.scan_id).items()
            for row in checks
        }
    planted = [b for b in REGISTER.barriers if b.kind is Kind.STATEMENT]
    expected = {(where, b.expected_rule, b.expected_outcome) for b in planted for where in b.pages}
    assert len(planted) > 10
    assert expected <= found


def test_clean_pages_have_no_failure_of_a_criterion(end: Demo) -> None:
    clean = set(REGISTER.clean) - NOT_REACHED
    with end.engine.connect() as connection:
        checked = {path_of(a) for a in connection.execute(select(page.c.final_url)).scalars()}
    assert clean <= checked
    failed = {
        (path, rule)
        for path, rule, outcome, _, _ in rows(end.engine)
        if path in clean and outcome == Outcome.FAILED and rule.startswith(("axe/", "curbcut/"))
    }
    assert failed == set()


def test_every_failure_that_our_own_rules_find_is_in_the_register(end: Demo) -> None:
    planted = {(where.removesuffix("index.html"), b.expected_rule) for b in REGISTER.barriers for where in b.pages}
    found = {
        (path.partition("?")[0], rule)
        for path, rule, outcome, _, _ in rows(end.engine)
        if outcome == Outcome.FAILED and rule.startswith("curbcut/")
    }
    assert found - planted == set()


def test_language_is_judged_in_each_language(end: Demo) -> None:
    with end.engine.connect() as connection:
        found = connection.execute(select(page.c.lang, page.c.n_style).where(page.c.n_style > 0)).all()
    assert {row.lang[:2] for row in found} >= {"en", "de"}


def test_selenium_finds_the_same(end: Demo, tmp_path: Path) -> None:
    with serve() as origin:
        other = run_scan(load({"driver": "selenium"}), [origin + "/"], tmp_path)
    try:
        live = {rule.id for rule in all_rules() if rule.kind == "rendered"}  # these need Playwright, and say so
        expected = {row for row in rows(end.engine) if row[1] not in live}
        assert expected
        assert rows(other.engine) == expected
        shown = {issue for issue in pictured(end.engine, end.scan_id) if issue[0] not in live}
        assert len(shown) > 10
        assert pictured(other.engine, other.scan_id) == shown
        with other.engine.connect() as connection:
            assert any("--driver playwright" in note for note in analysis.load_scan(connection, other.scan_id).notes)
    finally:
        other.engine.dispose()


def test_the_report_passes_our_own_checks(end: Demo, tmp_path: Path) -> None:
    report = html.write(end.engine, end.scan_id, tmp_path / "report").parent
    files = (
        sorted(report.glob("*.html"))
        + sorted(report.glob("pages/*.html"))[:1]
        + sorted(report.glob("issues/*.html"))[:1]
    )
    closely = [report / name for name in ("index.html", "not-checked.html", files[-1].relative_to(report))]
    for chosen, templates, folder in ((files, 0, "all"), (closely, 1, "closely")):
        with serve_folder(report) as origin:
            checked = run_scan(
                load({"profile": "wcag22-aa", "only": ["wcag"], "robots": False, "pages_per_template": templates}),
                [f"{origin}/{file.relative_to(report).as_posix()}" for file in chosen],
                tmp_path / folder,
                follow=False,
            )
        try:
            assert checked.counts[State.CHECKED] == len(chosen)
            assert {row for row in rows(checked.engine) if row[2] == Outcome.FAILED} == set()
            with checked.engine.connect() as connection:
                assert bool(list(analysis.looks(connection, checked.scan_id))) == bool(templates)
        finally:
            checked.engine.dispose()
