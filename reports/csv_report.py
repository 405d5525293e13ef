"""Writes tables that a spreadsheet program opens: findings, issues, pages, URLs and documents.

UTF-8 with a byte order mark, by which Excel knows UTF-8. Every cell goes through `csv_cell`. Success criteria are
written "WCAG 1.4.3", because spreadsheet programs in many languages turn a bare 1.4.3 into a date.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Connection, Engine, select

from checks import standards
from reports import analysis
from reports.analysis.issues import STREAM_ROWS
from reports.analysis.scans import NOT_REACHED, explain_state
from reports.analysis.words import STATES
from reports.escape import csv_cell
from reports.output import replacing
from reports.record import address, join_target, records
from store.schema import FINAL_STATES, url

BYTE_ORDER_MARK = "\ufeff"

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, what it holds in plain words (for the documentation), and how to read it off a row."""

    name: str
    meaning: str
    read: Callable[[Any], Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """One file: its name, what one line is, its columns, and where its rows come from."""

    file: str
    one_line: str
    columns: tuple[Column, ...]
    rows: Callable[[Connection, int], Iterator[Any]]


def write(engine: Engine, scan_id: int, folder: Path) -> list[Path]:
    """Write all tables of one scan into `folder` (made if need be) and return their paths.

    A file appears only when it is whole. Raises NoScanError, OSError.
    """
    written = []
    with engine.connect() as connection:
        analysis.load_scan(connection, scan_id)
        folder.mkdir(parents=True, exist_ok=True)
        for table in TABLES:
            path = folder / table.file
            with replacing(path) as stream:
                stream.write(BYTE_ORDER_MARK)
                _write_table(stream, table.columns, table.rows(connection, scan_id))
            written.append(path)
    return written


def write_findings(engine: Engine, scan_id: int, stream: TextIO) -> None:
    """Write the findings table alone to `stream`, without a byte order mark: a stream is for other programs."""
    with engine.connect() as connection:
        analysis.load_scan(connection, scan_id)
        _write_table(stream, FINDINGS.columns, FINDINGS.rows(connection, scan_id))


def _write_table(stream: TextIO, columns: tuple[Column, ...], rows: Iterable[Any]) -> None:
    writer = csv.writer(stream)
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([csv_cell(column.read(row)) for column in columns])


@dataclass(frozen=True, slots=True)
class _FindingRow:
    page: Mapping[str, Any]
    finding: Mapping[str, Any]
    clauses: Mapping[str, str]


def _finding_rows(connection: Connection, scan_id: int) -> Iterator[_FindingRow]:
    clauses, of_documents = _clauses(connection, scan_id)
    for record in records(connection, scan_id):
        for finding in record["findings"]:
            yield _FindingRow(record, finding, of_documents if record["kind"] == "document" else clauses)


def _issue_rows(connection: Connection, scan_id: int) -> Iterator[tuple[analysis.Issue, Mapping[str, str]]]:
    clauses, of_documents = _clauses(connection, scan_id)
    for issue in analysis.issues(connection, scan_id, outcome=None, style=None):
        yield issue, of_documents if issue.example.is_document else clauses


def _url_rows(connection: Connection, scan_id: int) -> Iterator[Mapping[str, Any]]:
    statement = select(url, address().label("shown")).where(url.c.scan_id == scan_id).order_by(url.c.id)
    for row in connection.execute(statement, execution_options={"yield_per": STREAM_ROWS}):
        state = row.state if row.state in FINAL_STATES else NOT_REACHED
        yield {**row._mapping, "state": state, "explanation": explain_state(row.state, row.reason)}


def _clauses(connection: Connection, scan_id: int) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the clauses for pages, and those for documents."""
    profile = standards.profile(analysis.load_scan(connection, scan_id).profile)
    return profile.clauses, profile.document_clauses


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _criteria(numbers: Iterable[str]) -> str:
    listed = ", ".join(numbers)
    return f"WCAG {listed}" if listed else ""


def _clause_list(numbers: Iterable[str], clauses: Mapping[str, str]) -> str:
    return ", ".join(clauses[number] for number in numbers if number in clauses)


def _of_text(name: str) -> Callable[[analysis.PageRow], Cell]:
    return lambda page: getattr(page.readability, name) if page.readability else None


FINDINGS = Table(
    "findings.csv",
    "a finding: one rule, one place, one page",
    (
        Column("url", "The page's address.", lambda r: r.page["url"]),
        Column("final_url", "Where the address led in the end.", lambda r: r.page["final_url"]),
        Column("page_title", "The page's title.", lambda r: r.page["title"]),
        Column("rule", "The rule's id.", lambda r: r.finding["rule"]),
        Column("engine", "`axe`, `curbcut` or `style`.", lambda r: r.finding["engine"]),
        Column(
            "outcome",
            "`failed`; `cantTell`: somebody must look; `bestPractice`.",
            lambda r: r.finding["outcome"],
        ),
        Column("impact", "`critical`, `serious`, `moderate` or `minor`.", lambda r: r.finding["impact"]),
        Column("wcag", "Success criteria, such as WCAG 1.4.3.", lambda r: _criteria(r.finding["wcag"])),
        Column("clause", "Their clauses in EN 301 549.", lambda r: _clause_list(r.finding["wcag"], r.clauses)),
        Column("kind", "Whether it is on a `page` or in a `document`.", lambda r: r.page["kind"]),
        Column("message", "What is wrong, or what to look at.", lambda r: r.finding["message"]),
        Column("suggestion", "What to put instead, where the rule knows.", lambda r: r.finding["suggestion"]),
        Column("target", "CSS selectors that lead to the place.", lambda r: r.finding["target"]),
        Column("snippet", "The code or words of the place.", lambda r: r.finding["snippet"]),
        Column("region", "The part of the page, such as header.", lambda r: r.finding["region"]),
        Column("state", "Empty, or the state of the page: `behind the banner`.", lambda r: r.finding["state"]),
        Column("issue", "The issue it belongs to: see issues.csv.", lambda r: r.finding["issue"]),
        Column("fingerprint", "Names this finding again in a later scan.", lambda r: r.finding["fingerprint"]),
        Column("help_url", "Where to read more.", lambda r: r.finding["help_url"]),
    ),
    _finding_rows,
)

ISSUES = Table(
    "issues.csv",
    "an issue: findings that one mend would end, most pages first",
    (
        Column("issue", "The issue's id.", lambda r: r[0].id),
        Column("rule", "The rule's id.", lambda r: r[0].rule),
        Column("engine", "`axe`, `curbcut` or `style`.", lambda r: r[0].engine),
        Column("outcome", "`failed`; `cantTell`: somebody must look; `bestPractice`.", lambda r: r[0].outcome),
        Column("title", "What the rule asks for.", lambda r: r[0].title),
        Column("impact", "The worst impact among its findings.", lambda r: r[0].impact),
        Column("wcag", "Success criteria, such as WCAG 1.4.3.", lambda r: _criteria(r[0].wcag)),
        Column("clause", "Their clauses in EN 301 549.", lambda r: _clause_list(r[0].wcag, r[1])),
        Column("pages", "How many pages have it.", lambda r: r[0].n_pages),
        Column("places", "How many findings it has.", lambda r: r[0].n_places),
        Column("elements", "How many different elements they are about.", lambda r: r[0].n_elements),
        Column("region", "The part of the page, if it is always the same.", lambda r: r[0].region),
        Column("summary", "What one mend would reach.", lambda r: r[0].sentence),
        Column("who", "Whom it hinders, and how.", lambda r: r[0].who),
        Column("how", "How to mend it.", lambda r: r[0].how),
        Column("example_url", "A page that has it.", lambda r: r[0].example.url),
        Column("example_message", "What is wrong there.", lambda r: r[0].example.message),
        Column("example_target", "CSS selectors of the place.", lambda r: join_target(r[0].example.target)),
        Column("example_snippet", "The code or words of the place.", lambda r: r[0].example.snippet),
        Column("help_url", "Where to read more.", lambda r: r[0].help_url),
    ),
    _issue_rows,
)

PAGES = Table(
    "pages.csv",
    "a page that was checked, those with most barriers first",
    (
        Column("url", "The page's address.", lambda p: p.url),
        Column("final_url", "Where the address led in the end.", lambda p: p.final_url),
        Column("title", "The page's title.", lambda p: p.title),
        Column("lang", "The language the page says it is in.", lambda p: p.lang),
        Column("http_status", "The server's answer.", lambda p: p.http_status),
        Column("depth", "Links away from the start.", lambda p: p.depth),
        Column("found_on", "The first page that links to it.", lambda p: p.found_on),
        Column("same_as", "The address the page names as its own, if another.", lambda p: p.same_as),
        Column("barriers", "Findings that failed.", lambda p: p.n_failed),
        Column("to_look_at", "Findings that a person must judge.", lambda p: p.n_cant_tell),
        Column("words_to_mend", "Findings about language.", lambda p: p.n_style),
        Column("words", "Words of text.", _of_text("words")),
        Column("sentences", "Sentences of text.", _of_text("sentences")),
        Column("words_per_sentence", "Words a sentence, on average.", _of_text("words_per_sentence")),
        Column("reading_ease", "Reading ease by `formula`.", _of_text("reading_ease")),
        Column("grade", "School grade by `formula`.", _of_text("grade")),
        Column("formula", "The readability formula used.", _of_text("formula")),
        Column("school_age", "Whom the text suits by it.", _of_text("school_age")),
        Column("no_score_reason", "Why there is no score.", _of_text("no_score_reason")),
        Column("not_run", "Rules that could not run.", lambda p: ", ".join(sorted(p.not_run))),
        Column("cut_short", "Limits that ended a wait or a list early.", lambda p: ", ".join(p.cut_short)),
    ),
    analysis.pages,
)

URLS = Table(
    "urls.csv",
    "an address that the scan met, whatever became of it",
    (
        Column("url", "The address.", lambda r: r["shown"]),
        Column("state", "Where it ended: `checked`, `failed` ...", lambda r: r["state"]),
        Column("label", "The same in words.", lambda r: STATES[r["state"]]),
        Column("reason", "A code for the reason.", lambda r: r["reason"]),
        Column("explanation", "The reason as a sentence.", lambda r: r["explanation"]),
        Column("detail", "The particulars.", lambda r: r["detail"]),
        Column("http_status", "The server's answer.", lambda r: r["http_status"]),
        Column("content_type", "The type the server gave.", lambda r: r["content_type"]),
        Column("redirect_to", "Where it redirects to.", lambda r: r["redirect_to"]),
        Column("kind", "Fetched as a `page`, `document` or `sitemap`.", lambda r: r["kind"]),
        Column("source", "Met as a `start`, `sitemap`, `link` or `redirect`.", lambda r: r["source"]),
        Column("found_on", "The page or sitemap that named it first.", lambda r: r["found_on"]),
        Column("depth", "Links away from the start.", lambda r: r["depth"]),
        Column("attempts", "How often it was asked for.", lambda r: r["attempts"]),
    ),
    _url_rows,
)

DOCUMENTS = Table(
    "documents.csv",
    "a document (PDF, office file) that the scan met",
    (
        Column("url", "The document's address.", lambda d: d.url),
        Column("format", "Its format, such as `pdf`.", lambda d: d.format),
        Column("size_bytes", "Its size, if known.", lambda d: d.size_bytes),
        Column("checked", "Whether it was checked: `yes` or `no`.", lambda d: "yes" if d.is_checked else "no"),
        Column("reason", "A code for why it was not checked.", lambda d: d.reason),
        Column("explanation", "The reason as a sentence.", lambda d: d.explanation),
        Column("title", "The title in its properties.", lambda d: d.title),
        Column("lang", "The language it says it is in.", lambda d: d.lang),
        Column("pages", "Pages, slides, sheets or chapters.", lambda d: d.pages),
        Column("words", "Words of text, about.", lambda d: d.words),
        Column("tagged", "Whether a PDF has tags: `yes` or `no`.", lambda d: _yes_or_no(d.tagged)),
        Column("barriers", "Findings that failed.", lambda d: d.n_failed),
        Column("to_look_at", "Findings that a person must judge.", lambda d: d.n_cant_tell),
        Column("producer", "The program that made it.", lambda d: d.producer),
        Column("not_run", "What could not be looked at.", lambda d: " ".join(d.not_run.values())),
        Column("found_on", "The first page that links to it.", lambda d: d.found_on),
    ),
    analysis.documents,
)

SECTIONS = Table(
    "sections.csv",
    "a section of the site (a folder of its addresses) in one language, those with most pages first",
    (
        Column("section", "The folder; `/` for pages in none.", lambda s: s.section),
        Column("lang", "The language of these texts.", lambda s: s.lang),
        Column("pages", "Pages with text.", lambda s: s.n_pages),
        Column("words", "Words of text in all.", lambda s: s.n_words),
        Column("words_per_sentence", "Words a sentence on the middle page.", lambda s: s.median_words_per_sentence),
        Column("school_age", "Whom the middle page suits.", lambda s: s.school_age),
        Column("formula", "The readability formula used.", lambda s: s.formula),
        Column("no_score", "Pages without a score.", lambda s: s.n_no_score),
    ),
    lambda connection, scan_id: iter(analysis.readability_summary(connection, scan_id).sections),
)

TABLES = (FINDINGS, ISSUES, PAGES, URLS, DOCUMENTS, SECTIONS)
