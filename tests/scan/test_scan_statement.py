"""Statements of a scan: kept when their page is judged, compared with what the scan found, and told in the reports."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml import html
from sqlalchemy import Engine, insert

from checks.documents.samples.pdf import paragraph, pdf
from checks.statement.check import infos
from checks.statement.evaluation.build import Facts, build
from crawler.context import DocumentFound
from reports import json_report
from reports.html import write
from scan import documents
from scan.statement import is_statement_page, judge_statements
from store.database import open_database
from store.ledger import Lease
from store.results import DocumentRow, save_document, start_scan
from store.schema import finding, page, url
from store.statements import CheckRow, read_checks, save_statement

TODAY = date(2026, 11, 26)
SITE = "https://www.velmar.uk"
STATEMENT = f"{SITE}/accessibility"
FULL = Facts("en", status="full", items=(), without=frozenset({"non_accessible"}), form=True)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path / "scan.sqlite")
    start_scan(engine, start_urls=[f"{SITE}/"], settings={}, versions={}, profile="en301549-v3.2.1", rules=())
    yield engine
    engine.dispose()


def add(
    engine: Engine,
    path: str,
    *,
    links: bool = True,
    n_failed: int = 0,
    state: str = "checked",
    lang: str = "en",
    also: str = "",
    **values: str,
) -> int:
    """Write one address, and its page if it was checked: with or without a link to the statement."""
    with engine.begin() as connection:
        source = "start" if path == "/" else "link"
        row = {
            "scan_id": 1,
            "url": SITE + path,
            "kind": "page",
            "state": state,
            "source": source,
            "depth": int(path != "/"),
        }
        key = connection.execute(insert(url).values(row | values)).inserted_primary_key
        assert key is not None
        if state == "checked":
            frame = [["Accessibility", STATEMENT]] if links else [["Contact", f"{SITE}/contact"]]
            frame += [["Barrierefreiheit", also]] if also else []
            connection.execute(
                insert(page).values(
                    url_id=key[0],
                    scan_id=1,
                    final_url=SITE + path,
                    title="x",
                    lang=lang,
                    rule_outcomes={},
                    not_run={},
                    cut_short=[],
                    n_failed=n_failed,
                    facts={"frame": frame},
                )
            )
        for number in range(n_failed):
            connection.execute(
                insert(finding).values(
                    scan_id=1,
                    url_id=key[0],
                    rule="axe/image-alt",
                    engine="axe",
                    outcome="failed",
                    wcag=["1.1.1", "4.1.2"],
                    message="m",
                    arguments={},
                    target=[],
                    fingerprint=f"{path}{number}",
                    component="c",
                )
            )
        return int(key[0])


def checks(engine: Engine, address: str = STATEMENT) -> dict[str, CheckRow]:
    judge_statements(engine, 1, today=TODAY)
    with engine.connect() as connection:
        return {row.check_id: row for row in read_checks(connection, 1)[address]}


def keep_statement(engine: Engine, facts: Facts = FULL) -> None:
    key = add(engine, "/accessibility")
    with engine.begin() as connection:
        save_statement(connection, 1, key, build(facts))


def test_a_full_claim_is_compared_with_the_pages_that_fail(database: Engine) -> None:
    add(database, "/", n_failed=2)
    add(database, "/contact", n_failed=1)
    add(database, "/bins", links=False)
    keep_statement(database)
    found = checks(database)
    assert found["S-15"].outcome == "failed"
    assert "the scan of 4 pages found that 2 success criteria fail on 2 pages" in found["S-15"].message
    assert found["S-08"].outcome == "passed"
    assert found["S-09"].outcome == "cantTell"  # the home page has the link
    assert "1 of 4 pages" in found["S-09"].message
    assert f"{SITE}/bins" in found["S-09"].quote
    assert found["S-12"].outcome == "passed"
    assert found["S-17"].message.endswith("1.1.1 (2 pages), 4.1.2 (2 pages).")


def test_readers_are_not_sent_to_a_statement_in_another_language(database: Engine) -> None:
    add(database, "/")
    add(database, "/fr/", lang="fr-BE")
    add(database, "/odd", lang="english")
    keep_statement(database)
    found = checks(database)["S-38"]
    assert found.outcome == "cantTell"
    assert "in English, and to none in theirs: 1 in French." in found.message

    german = f"{SITE}/barrierefreiheit"
    key = add(database, "/barrierefreiheit", links=False, lang="de")
    with database.begin() as connection:
        save_statement(connection, 1, key, build(Facts("de")))
    add(database, "/de/", lang="de", also=german)  # it links to both
    assert checks(database, german)["S-38"].outcome == "passed"
    assert "in theirs: 1 in French." in checks(database)["S-38"].message
    add(database, "/de/bad", lang="de")
    found = checks(database)["S-38"]
    assert found.outcome == "failed"
    assert "There is a statement in German." in found.message


def test_links_are_known_where_the_scan_went(database: Engine) -> None:
    add(database, "/")
    add(database, "/kontakt", state="failed", detail="HTTP 404 Not Found")
    keep_statement(database)
    found = checks(database)
    assert found["S-32"].outcome == "failed"
    assert "HTTP 404 Not Found" in found["S-32"].message
    assert found["S-35"].outcome == "untested"  # another host: the scan does not go there


def test_judging_again_replaces_what_was_said(database: Engine) -> None:
    add(database, "/")
    keep_statement(database)
    assert len(checks(database)) == len(checks(database)) == len(infos())


def test_no_statement_is_told_with_how_to_mend(database: Engine) -> None:
    add(database, "/", links=False)
    found = checks(database, "")
    assert (found["S-01"].outcome, found["S-08"].outcome) == ("failed", "untested")
    assert "curbcut statement draft" in found["S-01"].how


@pytest.mark.parametrize(
    ("state", "outcome", "whole_page"), [("not_a_page", "passed", "failed"), ("over_limit", "cantTell", "inapplicable")]
)
def test_a_file_or_a_page_that_was_not_opened_is_no_missing_statement(
    database: Engine, state: str, outcome: str, whole_page: str
) -> None:
    home = add(database, "/", links=False)
    with database.begin() as connection:
        facts = {"frame": [["Accessibility statement", f"{SITE}/statement.pdf"]]}
        connection.execute(page.update().where(page.c.url_id == home).values(facts=facts))
    add(database, "/statement.pdf", state=state)
    found = checks(database, "")
    assert (found["S-01"].outcome, found["S-07"].outcome) == (outcome, whole_page)


def test_the_reports_tell(database: Engine, tmp_path: Path) -> None:
    add(database, "/", n_failed=1)
    keep_statement(database)
    checks(database)
    folder = write(database, 1, tmp_path / "report").parent
    text = " ".join(html.parse(folder / "statement.html").getroot().text_content().split())
    assert "It says fully compliant; the scan of 2 pages found" in text
    assert "Mend the barriers, or change the status" in text
    assert "complies with" not in text.split("It cannot tell whether")[1].split("Other checks")[0]
    assert '<bdi lang="en">This website is fully compliant' in (folder / "statement.html").read_text()
    stream = io.StringIO()
    json_report.write(database, 1, stream)
    (statement,) = json.loads(stream.getvalue())["statements"]
    assert statement["url"] == STATEMENT
    assert {row["check_id"]: row["outcome"] for row in statement["checks"]}["S-15"] == "failed"


def test_a_scan_that_did_not_look_says_so(database: Engine, tmp_path: Path) -> None:
    add(database, "/")
    folder = write(database, 1, tmp_path / "report").parent
    assert "did not look for a statement" in (folder / "statement.html").read_text()


@pytest.mark.parametrize(("facts", "expected"), [(FULL, True), (Facts("et", title="Linn", page_title="Linn"), True)])
def test_statements_are_told_from_other_pages(facts: Facts, expected: bool) -> None:
    soup = BeautifulSoup(build(facts), "lxml")
    assert is_statement_page(soup, "Velmar") is expected
    assert not is_statement_page(BeautifulSoup("<h1>Bins</h1><h2>Feedback</h2>", "lxml"), "Bins – Velmar")


def test_a_pdf_that_was_read_is_judged_where_no_page_is_a_statement(database: Engine) -> None:
    add(database, "/", links=True)
    key = add(database, "/accessibility", state="not_a_page")
    with database.begin() as connection:
        save_document(connection, 1, key, DocumentRow("pdf", title="Accessibility statement", lang="en"))
        save_statement(connection, 1, key, build(Facts("en")))
    found = checks(database)
    assert (found["S-01"].outcome, found["S-07"].outcome, found["S-13"].outcome) == ("passed", "failed", "passed")
    page_too = add(database, "/statement")
    with database.begin() as connection:
        save_statement(connection, 1, page_too, build(Facts("en")))
    assert checks(database, f"{SITE}/statement")["S-07"].outcome == "passed"
    with database.connect() as connection:
        assert set(read_checks(connection, 1)) == {f"{SITE}/statement"}


@pytest.mark.parametrize(
    ("reason", "says"), [("encrypted", "password"), ("", "without tags"), (None, "a kind that is not read")]
)
def test_a_file_that_was_not_read_says_why(database: Engine, reason: str | None, says: str) -> None:
    home = add(database, "/", links=False)
    with database.begin() as connection:
        facts = {"frame": [["Accessibility statement", STATEMENT]]}
        connection.execute(page.update().where(page.c.url_id == home).values(facts=facts))
    key = add(database, "/accessibility", state="not_a_page")
    if reason is not None:
        with database.begin() as connection:
            save_document(connection, 1, key, DocumentRow("pdf", reason=reason))
    found = checks(database, "")["S-13"]
    assert found.outcome == "cantTell"
    assert says in found.message


def test_a_document_that_is_a_statement_is_kept_as_a_page() -> None:
    lease = Lease(1, f"{SITE}/a.pdf", f"{SITE}/a.pdf", "page", 1, "link", 1)
    data = pdf(paragraph("Accessibility statement", "H1"), title="Velmar")().data
    row, judgement, kept = documents.judge(DocumentFound(lease, "pdf", len(data), data), ("1.1.1",), asked=True)
    assert (row.reason, judgement.rule_outcomes != {}) == ("", True)
    assert "<h1>Accessibility statement</h1>" in kept
