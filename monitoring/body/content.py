"""The report to a body: what was tested, results per clause, issues with how to mend them, the statement, documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from checks.model import Outcome
from checks.standards import profile
from monitoring.writing.blocks import Block, Heading, Listing, Paragraph, Report, Section, Table
from reports import analysis
from reports.analysis import Issue
from reports.analysis.criteria import VERDICT_LABELS
from reports.analysis.fates import Compared, Fate
from reports.analysis.words import count
from reports.html.render import moment
from store.schema import finding
from store.statements import CheckRow, read_checks

IMPACTS = ("critical", "serious", "moderate", "minor", "")
IMPACT_WORDS = {
    "critical": "Critical: people are shut out",
    "serious": "Serious: people are hindered much",
    "moderate": "Moderate: people are hindered",
    "minor": "Minor: people are slowed down",
    "": "Effect not rated",
}
LIMITS = (
    "The checks were made by machine. They find failures; they cannot show that there are none.",
    "Where a person must look, a rule met something that a machine cannot judge. Please look at it.",
    "Pages that were not checked are not judged. The same barrier may stand on them.",
)
MAX_LISTED = 500
"""Rows of one table: more help nobody, and all are in the scan's own report."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """The site and to whom the report goes. `last` says which scan it is compared with, "" if there is none."""

    url: str
    body: str
    monitored_by: str = ""
    last: str = ""


def build(connection: Connection, scan_id: int, about: Addressed, compared: Compared | None) -> Report:
    """Return the report of one site."""
    scan = analysis.load_scan(connection, scan_id)
    issues = list(analysis.issues(connection, scan_id))
    questions = list(analysis.issues(connection, scan_id, outcome=Outcome.CANT_TELL))
    checks = read_checks(connection, scan_id)
    advice = list(_issues(connection, scan_id, issues, compared))
    sections = [
        Section("tested", "What was tested", list(_tested(connection, scan_id, about))),
        Section("clauses", "Results per clause", [_clauses(connection, scan_id)]),
        Section("issues", "Issues by their effect, and how to mend them", advice),
        Section("questions", "What a person must look at", [_questions(questions)]),
        Section("statement", "Accessibility statement", list(_statement(checks))),
        Section("documents", "Documents", list(_documents(connection, scan_id))),
        Section("last", "Compared with last time", list(_compared(compared, about.last))),
    ]
    totals = analysis.totals(connection, scan_id)
    to_whom = about.body or about.url
    lead: list[Block] = [
        Paragraph(
            f"{about.monitored_by or 'The monitoring body'} monitored {about.url} of {to_whom} on "
            f"{moment(scan.started_at)}. Curbcut checked {count(totals.n_checked, 'page')} and found "
            f"{count(len(issues), 'issue')}, and {count(len(questions), 'question')} for a person. Article 7 of "
            "Decision (EU) 2018/1524 asks for this report: it says what is deficient so that it can be mended."
        ),
        *_summary(compared),
        Listing(LIMITS),
    ]
    return Report(f"Accessibility of {about.url}: report to {to_whom}", lead, sections)


def _summary(compared: Compared | None) -> Iterator[Block]:
    if compared is None:
        return
    said = [f"{len(compared.of(fate)):,} {fate}" for fate in Fate if compared.of(fate)]
    yield Paragraph(f"Compared with last time: {', '.join(said) or 'no barriers then or now'}.")


def _tested(connection: Connection, scan_id: int, about: Addressed) -> Iterator[Block]:
    scan = analysis.load_scan(connection, scan_id)
    totals = analysis.totals(connection, scan_id)
    rows = [
        ("Site", about.url),
        ("Public sector body", about.body or "not stated"),
        ("Standard", profile(scan.profile).title),
        ("Began", moment(scan.started_at)),
        ("Ended", moment(scan.finished_at) or "not yet"),
        ("Pages checked", f"{totals.n_checked:,} of {totals.n_urls:,} addresses met"),
        *((name, str(version)) for name, version in scan.versions.items()),
    ]
    yield Table("The scan", ["What", "Value"], [list(row) for row in rows])
    yield Table(
        "Where all addresses ended up", ["State", "Reason", "Addresses"],
        [[row.label, row.explanation, f"{row.n_urls:,} of {totals.n_urls:,}"] for row in totals.rows], frozenset({2}),
    )  # fmt: skip
    pages = [
        [page.url, page.title, f"{page.n_failed:,}", f"{page.n_cant_tell:,}"]
        for page in analysis.pages(connection, scan_id)
    ]
    yield _cut("Pages checked", ["Page", "Title", "Barriers", "Questions"], pages, frozenset({2, 3}))


def _clauses(connection: Connection, scan_id: int) -> Table:
    judged = analysis.criteria_results(connection, scan_id)
    rows = [
        [
            f"{each.num} {each.handle}", each.level,
            ", ".join(filter(None, (each.clause, each.document_clause))) or "–",
            VERDICT_LABELS[each.verdict], each.sentence,
        ]
        for each in judged.results
    ]  # fmt: skip
    columns = ["Success criterion", "Level", "Clause", "Result", "What was seen"]
    return Table(f"Success criteria of {judged.profile.title}", columns, rows)


def _issues(
    connection: Connection, scan_id: int, issues: Sequence[Issue], compared: Compared | None
) -> Iterator[Block]:
    if not issues:
        yield Paragraph("The rules that ran found no barrier. That does not mean that there is none.")
        return
    fingerprints = _fingerprints(connection, scan_id)
    for impact in IMPACTS:
        own = [issue for issue in issues if issue.impact == impact]
        if not own:
            continue
        yield Heading(f"{IMPACT_WORDS[impact]} ({count(len(own), 'issue')})")
        for issue in own:
            yield Heading(issue.title, 1)
            yield Paragraph(issue.sentence)
            yield Listing(list(_advice(issue, compared, fingerprints.get((issue.rule, issue.component), []))))


def _advice(issue: Issue, compared: Compared | None, fingerprints: Sequence[str]) -> Iterator[str]:
    yield f"Found: {issue.example.message}"
    if issue.who:
        yield f"Whom it hinders: {issue.who}"
    if issue.how or issue.example.suggestion:
        yield f"How to mend it: {issue.example.suggestion or issue.how}"
    yield f"For example: {issue.example.url}{' at ' + ' › '.join(issue.example.target) if issue.example.target else ''}"
    if issue.example.snippet:
        yield f"Code: {issue.example.snippet}"
    criteria = f"WCAG {', '.join(issue.wcag)}; " if issue.wcag else ""
    yield f"{criteria}rule {issue.rule}{'; ' + issue.help_url if issue.help_url else ''}"
    if compared is not None:
        fates = compared.of_issue((issue.rule, mark) for mark in fingerprints)
        if fates:
            yield f"Since last time: {' and '.join(fates)}."


def _fingerprints(connection: Connection, scan_id: int) -> Mapping[tuple[str, str], list[str]]:
    query = (
        select(finding.c.rule, finding.c.component, finding.c.fingerprint)
        .where(finding.c.scan_id == scan_id, finding.c.outcome == str(Outcome.FAILED))
        .distinct()
    )
    found: dict[tuple[str, str], list[str]] = {}
    for row in connection.execute(query):
        found.setdefault((row.rule, row.component), []).append(row.fingerprint)
    return found


def _questions(questions: Sequence[Issue]) -> Table:
    rows = [
        [each.title, each.example.message, each.example.url, ", ".join(each.wcag) or "–", f"{each.n_pages:,}"]
        for each in questions
    ]
    columns = ["What to look at", "Question", "For example on", "Criteria", "Pages"]
    return _cut("Questions for a person", columns, rows, frozenset({4}))


def _statement(checks: Mapping[str, list[CheckRow]]) -> Iterator[Block]:
    if not checks:
        yield Paragraph("The scan did not look for accessibility statements.")
    for address, rows in checks.items():
        yield Heading(address or "No accessibility statement was found")
        for outcome, caption in (("failed", "Defects"), ("cantTell", "A person must look")):
            own = [row for row in rows if row.outcome == outcome]
            lines = [[row.title, row.message, row.how, "unverified" if row.unverified else ""] for row in own]
            columns = ["What must hold", "What was found", "How to mend it", "Mark"]
            yield Table(f"{caption} of the statement", columns, lines)


def _documents(connection: Connection, scan_id: int) -> Iterator[Block]:
    rows, advice = [], []
    for each in analysis.documents(connection, scan_id):
        result = f"{each.n_failed:,} barriers, {each.n_cant_tell:,} questions" if each.is_checked else each.explanation
        rows.append([each.title or each.url, each.url, each.format, result])
        if each.n_failed:
            advice += [
                [each.url, issue.title, issue.example.message, issue.how]
                for issue in analysis.page_issues(connection, scan_id, each.id)
                if issue.outcome == Outcome.FAILED
            ]
    yield _cut("Documents met", ["Document", "Address", "Format", "Result"], rows)
    if advice:
        yield _cut("Barriers in documents", ["Document", "What must hold", "What was found", "How to mend it"], advice)


def _compared(compared: Compared | None, last: str) -> Iterator[Block]:
    if compared is None:
        yield Paragraph("There is no earlier scan of this site to compare with.")
        return
    yield Paragraph(
        f"Compared with {last}. A barrier is known again by its fingerprint. It counts as mended only if all its pages "
        "that are still there were checked again, with the same version of the rule, and it was found on none."
    )
    counts = [[str(fate).capitalize(), f"{len(compared.of(fate)):,} of {len(compared.fates):,}"] for fate in Fate]
    yield Table("Barriers by what became of them", ["What became of it", "Barriers"], counts, frozenset({1}))
    for fate in Fate:
        rows = [
            [rule, example.message, sorted(example.urls)[0], f"{len(example.urls):,}"]
            for (rule, _), example in compared.of(fate)
        ]
        if rows:
            yield _cut(f"Barriers: {fate}", ["Rule", "What was found", "For example on", "Pages"], rows, frozenset({3}))


def _cut(caption: str, columns: Sequence[str], rows: list[list[str]], numbers: frozenset[int] = frozenset()) -> Table:
    if len(rows) > MAX_LISTED:
        caption = f"{caption}: the first {MAX_LISTED:,} of {len(rows):,}; all are in the scan's own report"
    return Table(caption, columns, rows[:MAX_LISTED], numbers)
