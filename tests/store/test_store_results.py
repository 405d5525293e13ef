"""Scans, pages, findings, documents and pictures are written whole, once, and inside the ledger's transaction."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Table, select
from sqlalchemy.exc import IntegrityError

from checks.model import Finding, Impact, Judgement, Outcome, Page, Readability, RuleInfo
from store.database import open_database
from store.errors import NoScanError
from store.ledger import Found, Lease, Ledger, Verdict
from store.results import (
    DocumentRow,
    Picture,
    count_checked_documents,
    end_scan,
    note_versions,
    pictured,
    read_scan,
    rename_urls,
    resume_scan,
    save_document,
    save_page,
    start_scan,
)
from store.schema import ScanState, State, document, evidence, finding, page, rule, url

ADDRESS = "https://town.example/"
RULE = RuleInfo("axe/image-alt", "axe", "engine", "Images", wcag=("1.1.1",), impact=Impact.CRITICAL, sources=("s",))
CAPTURED = Page(ADDRESS, ADDRESS, "<p>", http_status=200, title="Town", lang="en", cut_short=("load",))


def _finding(**values: Any) -> Finding:
    usual: dict[str, Any] = {
        "rule": "axe/image-alt", "engine": "axe", "outcome": Outcome.FAILED, "url": ADDRESS, "message": "No alt",
        "fingerprint": "f1", "component": "c1",
    }  # fmt: skip
    return Finding(**(usual | values))


JUDGEMENT = Judgement(
    findings=(
        _finding(target=("#frame", "img"), wcag=("1.1.1",), impact=Impact.CRITICAL, arguments={"n": 1}),
        _finding(outcome=Outcome.CANT_TELL, fingerprint="f2"),
        _finding(outcome=Outcome.PASSED, fingerprint="f3"),
        _finding(rule="plain/words", engine="style", fingerprint="f4", span=(3, 9), suggestion="use"),
    ),
    rule_outcomes={"axe/image-alt": Outcome.FAILED},
    readability=Readability("en", 100, 9, scores={"flesch": 60.0}),
    not_run={"axe/frame-tested": "no frame"},
)
PICTURE = Picture(JUDGEMENT.findings[0], "image/png", 10, 20, b"png")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path / "results.sqlite")
    yield engine
    engine.dispose()


@pytest.fixture
def scan_id(engine: Engine) -> int:
    return start_scan(
        engine,
        start_urls=[ADDRESS],
        settings={"tabs": 3},
        versions={"browser": "not started"},
        profile="p",
        rules=[RULE],
    )


@pytest.fixture
def ledger(engine: Engine, scan_id: int) -> Ledger:
    ledger = Ledger(engine, scan_id)
    ledger.add([Found(ADDRESS, "page", "start")])
    return ledger


def _rows(engine: Engine, table: Table) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(select(table)).all())


def _finish(ledger: Ledger, lease: Lease, scan_id: int, *, pictures: tuple[Picture, ...] = ()) -> None:
    def write(connection: Connection, url_id: int) -> None:
        save_page(connection, scan_id, url_id, CAPTURED, JUDGEMENT, content_hash="h", elapsed_ms=7, pictures=pictures)

    ledger.finish(lease, Verdict(State.CHECKED, http_status=200), evidence=write)


def test_a_new_scan_is_read_back_with_its_rules(engine: Engine, scan_id: int) -> None:
    row = read_scan(engine)
    assert (row.id, row.state, row.start_urls, row.settings) == (scan_id, "running", [ADDRESS], {"tabs": 3})
    assert [(r.id, r.wcag, r.sources, r.impact) for r in _rows(engine, rule)] == [
        ("axe/image-alt", ["1.1.1"], ["s"], "critical")
    ]


def test_the_newest_scan_is_read_unless_one_is_named(engine: Engine, scan_id: int) -> None:
    newer = start_scan(engine, start_urls=["b"], settings={}, versions={}, profile="p", rules=[])
    assert read_scan(engine).id == newer
    assert read_scan(engine, scan_id).id == scan_id


def test_no_scan_says_what_to_do(engine: Engine) -> None:
    with pytest.raises(NoScanError, match="curbcut scan URL"):
        read_scan(engine)


def test_time_and_notes_add_up_over_resumes(engine: Engine, scan_id: int) -> None:
    end_scan(engine, scan_id, ScanState.INTERRUPTED, elapsed_s=2.0, notes=["cut"])
    resume_scan(engine, scan_id, settings={"tabs": 1}, notes=["resumed"])
    assert (read_scan(engine).state, read_scan(engine).settings) == ("running", {"tabs": 1})
    end_scan(engine, scan_id, ScanState.COMPLETE, elapsed_s=3.5, notes=["cut", "late"])
    row = read_scan(engine)
    assert (row.state, row.elapsed_s, row.notes) == ("complete", 5.5, ["cut", "resumed", "late"])


def test_a_browser_that_changed_during_the_scan_is_noted(engine: Engine, scan_id: int) -> None:
    note_versions(engine, scan_id, {"browser": "Chromium 1"})
    assert read_scan(engine).notes == []
    note_versions(engine, scan_id, {"browser": "Chromium 2"})
    assert read_scan(engine).notes == ["browser changed from Chromium 1 to Chromium 2 during the scan."]


def test_a_page_is_written_with_what_was_found(engine: Engine, ledger: Ledger, scan_id: int) -> None:
    _finish(ledger, ledger.lease(1)[0], scan_id)
    (row,) = _rows(engine, page)
    assert (row.n_failed, row.n_cant_tell, row.n_style, row.title, row.lang) == (1, 1, 1, "Town", "en")
    assert (row.rule_outcomes, row.not_run, row.cut_short) == (
        {"axe/image-alt": "failed"},
        {"axe/frame-tested": "no frame"},
        ["load"],
    )
    assert row.readability["scores"] == {"flesch": 60.0}
    found = {f.fingerprint: f for f in _rows(engine, finding)}
    assert sorted(found) == ["f1", "f2", "f4"], "what passed is in the page's outcomes, not a finding"
    assert (found["f1"].target, found["f1"].wcag, found["f1"].impact) == (["#frame", "img"], ["1.1.1"], "critical")
    assert (found["f4"].span_start, found["f4"].span_end, found["f4"].suggestion) == (3, 9, "use")


def test_a_page_cannot_be_written_twice(engine: Engine, ledger: Ledger, scan_id: int) -> None:
    lease = ledger.lease(1)[0]
    _finish(ledger, lease, scan_id)
    with pytest.raises(IntegrityError):
        _finish(ledger, lease, scan_id)
    assert len(_rows(engine, finding)) == 3


def test_a_page_that_cannot_be_written_whole_is_not_written(engine: Engine, ledger: Ledger, scan_id: int) -> None:
    broken = Picture(JUDGEMENT.findings[0], "image/png", 1, 1, None)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError):
        _finish(ledger, ledger.lease(1)[0], scan_id, pictures=(broken,))
    assert [r.state for r in _rows(engine, url)] == ["leased"]
    assert [_rows(engine, table) for table in (page, finding, evidence)] == [[], [], []]


def test_the_first_picture_of_a_group_stays(engine: Engine, ledger: Ledger, scan_id: int) -> None:
    ledger.add([Found(ADDRESS + "b", "page", "link")])
    first, second = ledger.lease(2)
    _finish(ledger, first, scan_id, pictures=(PICTURE,))
    _finish(ledger, second, scan_id, pictures=(Picture(JUDGEMENT.findings[0], "image/png", 9, 9, b"later"),))
    assert [row.data for row in _rows(engine, evidence)] == [b"png"]
    assert pictured(engine, scan_id) == {("axe/image-alt", "c1", Outcome.FAILED)}


def test_a_question_and_a_barrier_have_a_picture_each(engine: Engine, ledger: Ledger, scan_id: int) -> None:
    question = Picture(JUDGEMENT.findings[1], "image/png", 9, 9, b"question")
    _finish(ledger, ledger.lease(1)[0], scan_id, pictures=(PICTURE, question))
    shown = {row.fingerprint: row.id for row in _rows(engine, finding)}
    assert {row.finding_id: row.data for row in _rows(engine, evidence)} == {
        shown["f1"]: b"png",
        shown["f2"]: b"question",
    }


def test_a_picture_of_what_was_not_written_is_not_written(engine: Engine, ledger: Ledger, scan_id: int) -> None:
    passed = Picture(JUDGEMENT.findings[2], "image/png", 9, 9, b"passed")
    _finish(ledger, ledger.lease(1)[0], scan_id, pictures=(passed,))
    assert _rows(engine, evidence) == []


def test_a_document_knows_where_it_was_found(engine: Engine, ledger: Ledger, scan_id: int) -> None:
    ledger.finish(ledger.lease(1)[0], Verdict(State.CHECKED))
    ledger.add([Found(ADDRESS + "a.pdf", "document", "link", found_on=ADDRESS)])
    ledger.finish(
        ledger.lease(1)[0],
        Verdict(State.NOT_A_PAGE, "document"),
        evidence=lambda c, url_id: save_document(c, scan_id, url_id, DocumentRow("pdf", reason="encrypted")),
    )
    assert [(d.format, d.size_bytes, d.found_on) for d in _rows(engine, document)] == [("pdf", None, ADDRESS)]
    assert count_checked_documents(engine, scan_id) == 0


def test_a_document_is_written_with_what_was_found_in_it(engine: Engine, ledger: Ledger, scan_id: int) -> None:
    row = DocumentRow("pdf", 9, title="Budget", lang="en", pages=2, words=90, tagged=True, producer="P")
    ledger.finish(
        ledger.lease(1)[0],
        Verdict(State.NOT_A_PAGE, "document"),
        evidence=lambda c, url_id: save_document(c, scan_id, url_id, row, JUDGEMENT),
    )
    saved = _rows(engine, document)[0]
    assert (saved.format, saved.reason, saved.title, saved.pages, saved.tagged) == ("pdf", "", "Budget", 2, True)
    assert (saved.n_failed, saved.n_cant_tell) == (2, 1)
    assert saved.rule_outcomes == {"axe/image-alt": "failed"}
    assert [f.fingerprint for f in _rows(engine, finding)] == ["f1", "f2", "f4"]
    assert count_checked_documents(engine, scan_id) == 1


def test_addresses_are_shown_by_their_other_name(engine: Engine, ledger: Ledger, scan_id: int) -> None:
    rename_urls(engine, scan_id, {ADDRESS: "index.html", "https://other.example/": "no.html"})
    rename_urls(engine, scan_id, {})
    assert [(row.url, row.address) for row in _rows(engine, url)] == [(ADDRESS, "index.html")]
