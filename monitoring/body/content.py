"""The report to a body: what was tested, results per clause, issues with how to mend them, the statement, documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from checks.model import Outcome
from checks.standards import profile
from monitoring.writing.blocks import Block, Heading, Listing, Paragraph, Report, Section, Table, Terms
from reports import analysis
from reports.analysis import Issue
from reports.analysis.fates import Compared, Fate
from reports.wording import ENGLISH, Foreign, holding, labelled, lang, moment, number, of_rule, say, say_n, to_say
from store.schema import finding
from store.statements import CheckRow, read_checks

IMPACTS = {
    "critical": to_say("Critical: people are shut out"),
    "serious": to_say("Serious: people are hindered much"),
    "moderate": to_say("Moderate: people are hindered"),
    "minor": to_say("Minor: people are slowed down"),
    "": to_say("Effect not rated"),
}
LIMITS = (
    to_say("The checks were made by machine. They find failures; they cannot show that there are none."),
    to_say("Where a person must look, a rule met something that a machine cannot judge. Please look at it."),
    to_say("Pages that were not checked are not judged. The same barrier may stand on them."),
)
IN_ENGLISH = to_say("What was found is told in English, and so are texts of rules that are not translated yet.")
MAX_LISTED = 500
"""Rows of one table: more help nobody, and all are in the scan's own report."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """The site and to whom the report goes. `last` is the sample whose scan it is compared with."""

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
        Section("tested", say("What was tested"), list(_tested(connection, scan_id, about))),
        Section("clauses", say("Results per clause"), [_clauses(connection, scan_id)]),
        Section("issues", say("Issues by their effect, and how to mend them"), advice),
        Section("questions", say("What a person must look at"), [_questions(questions)]),
        Section("statement", say("Accessibility statement"), list(_statement(checks))),
        Section("documents", say("Documents"), list(_documents(connection, scan_id))),
        Section("last", say("Compared with last time"), list(_compared(compared, about.last))),
    ]
    to_whom = about.body or about.url
    lead: list[Block] = [
        Paragraph(
            say(
                "%(monitored_by)s monitored %(site)s of %(body)s on %(date)s.",
                monitored_by=about.monitored_by or say("The monitoring body"),
                site=about.url,
                body=to_whom,
                date=moment(scan.started_at),
            )
        ),
        Paragraph(" ".join(_in_short(analysis.totals(connection, scan_id).n_checked, len(issues), len(questions)))),
        *_summary(compared),
        Listing([say(each) for each in (*LIMITS, *([IN_ENGLISH] if lang() != ENGLISH else []))]),
    ]
    return Report(say("Accessibility of %(site)s: report to %(body)s", site=about.url, body=to_whom), lead, sections)


def _in_short(n_checked: int, n_issues: int, n_questions: int) -> Iterator[str]:
    yield say_n("Curbcut checked %(n)s page.", "Curbcut checked %(n)s pages.", n_checked)
    yield say_n("It found %(n)s issue.", "It found %(n)s issues.", n_issues)
    yield say_n("It has %(n)s question for a person.", "It has %(n)s questions for a person.", n_questions)
    yield say(
        "Article 7 of Decision (EU) 2018/1524 asks for this report: it says what is deficient so that it can be mended."
    )


def _summary(compared: Compared | None) -> Iterator[Block]:
    if compared is None:
        return
    said = [labelled(say(fate), number(len(compared.of(fate)))) for fate in Fate if compared.of(fate)]
    what = "; ".join(said) or say("no barriers then or now")
    yield Paragraph(say("Barriers, compared with last time: %(what)s.", what=what))


def _tested(connection: Connection, scan_id: int, about: Addressed) -> Iterator[Block]:
    scan = analysis.load_scan(connection, scan_id)
    totals = analysis.totals(connection, scan_id)
    checked = say("%(n)s of %(of)s addresses met", n=number(totals.n_checked), of=number(totals.n_urls))
    rows = [
        (say("Site"), about.url),
        (say("Public sector body"), about.body or say("not stated")),
        (say("Standard"), profile(scan.profile).title),
        (say("Began"), moment(scan.started_at)),
        (say("Ended"), moment(scan.finished_at) or say("not yet")),
        (say("Pages checked"), checked),
        *((name, str(version)) for name, version in scan.versions.items()),
    ]
    yield Table(say("The scan"), [say("What"), say("Value")], [list(row) for row in rows])
    yield Table(
        say("Where all addresses ended up"), [say("State"), say("Reason"), say("Addresses")],
        [[row.label, row.explanation, _of(row.n_urls, totals.n_urls)] for row in totals.rows], frozenset({2}),
    )  # fmt: skip
    pages = [
        [page.url, page.title, number(page.n_failed), number(page.n_cant_tell)]
        for page in analysis.pages(connection, scan_id)
    ]
    columns = [say("Page"), say("Title"), say("Barriers"), say("Questions")]
    yield _cut(say("Pages checked"), columns, pages, frozenset({2, 3}))


def _clauses(connection: Connection, scan_id: int) -> Table:
    judged = analysis.criteria_results(connection, scan_id)
    rows = [
        [
            _named(each.num, each.handle), each.level,
            ", ".join(filter(None, (each.clause, each.document_clause))) or "–", each.label, each.sentence,
        ]
        for each in judged.results
    ]  # fmt: skip
    columns = [say("Success criterion"), say("Level"), say("Clause"), say("Result"), say("What was seen")]
    return Table(say("Success criteria of %(standard)s", standard=judged.profile.title), columns, rows)


def _named(num: str, handle: str) -> str:
    return holding(f"{num} {handle}", handle)


def _issues(
    connection: Connection, scan_id: int, issues: Sequence[Issue], compared: Compared | None
) -> Iterator[Block]:
    if not issues:
        yield Paragraph(say("The rules that ran found no barrier. That does not mean that there is none."))
        return
    fingerprints = _fingerprints(connection, scan_id)
    for impact, effect in IMPACTS.items():
        own = [issue for issue in issues if issue.impact == impact]
        if not own:
            continue
        yield Heading(f"{say(effect)} ({say_n('%(n)s issue', '%(n)s issues', len(own))})")
        for issue in own:
            yield Heading(issue.title, 1)
            yield Paragraph(issue.sentence)
            yield Terms(list(_advice(issue, compared, fingerprints.get((issue.rule, issue.component), []))))


def _advice(issue: Issue, compared: Compared | None, fingerprints: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield say("Found"), Foreign(issue.example.message)
    if issue.who:
        yield say("Whom it hinders"), issue.who
    if issue.example.suggestion:
        yield say("How to mend it"), Foreign(issue.example.suggestion)
    elif issue.how:
        yield say("How to mend it"), issue.how
    yield say("For example on"), issue.example.url
    if issue.example.target:
        yield say("Where on the page"), " › ".join(issue.example.target)
    if issue.example.snippet:
        yield say("Code"), issue.example.snippet
    if issue.wcag:
        yield say("Success criteria"), f"WCAG {', '.join(issue.wcag)}"
    yield say("Rule"), f"{issue.rule}{'; ' + issue.help_url if issue.help_url else ''}"
    if compared is not None:
        fates = compared.of_issue((issue.rule, own) for own in fingerprints)
        if fates:
            yield say("Since last time"), "; ".join(say(fate) for fate in fates)


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
        [each.title, Foreign(each.example.message), each.example.url, ", ".join(each.wcag) or "–", number(each.n_pages)]
        for each in questions
    ]
    columns = [say("What to look at"), say("Question"), say("For example on"), say("Success criteria"), say("Pages")]
    return _cut(say("Questions for a person"), columns, rows, frozenset({4}))


def _statement(checks: Mapping[str, list[CheckRow]]) -> Iterator[Block]:
    if not checks:
        yield Paragraph(say("The scan did not look for accessibility statements."))
    captions = (("failed", say("Defects of the statement")), ("cantTell", say("What a person must look at in it")))
    for address, rows in checks.items():
        yield Heading(address or say("No accessibility statement was found"))
        for outcome, caption in captions:
            own = [row for row in rows if row.outcome == outcome]
            lines = [
                [
                    of_rule(row.title), Foreign(row.message), of_rule(row.how),
                    say("unverified") if row.unverified else "",
                ]
                for row in own
            ]  # fmt: skip
            columns = [say("What must hold"), say("What was found"), say("How to mend it"), say("Mark")]
            yield Table(caption, columns, lines)


def _documents(connection: Connection, scan_id: int) -> Iterator[Block]:
    rows, advice = [], []
    for each in analysis.documents(connection, scan_id):
        barriers = say_n("%(n)s barrier", "%(n)s barriers", each.n_failed)
        questions = say_n("%(n)s question", "%(n)s questions", each.n_cant_tell)
        result = f"{barriers}, {questions}" if each.is_checked else each.explanation
        rows.append([each.title or each.url, each.url, each.format, result])
        if each.n_failed:
            advice += [
                [each.url, issue.title, Foreign(issue.example.message), issue.how]
                for issue in analysis.page_issues(connection, scan_id, each.id)
                if issue.outcome == Outcome.FAILED
            ]
    columns = [say("Document"), say("Address"), say("Format"), say("Result")]
    yield _cut(say("Documents met"), columns, rows)
    if advice:
        columns = [say("Document"), say("What must hold"), say("What was found"), say("How to mend it")]
        yield _cut(say("Barriers in documents"), columns, advice)


def _compared(compared: Compared | None, last: str) -> Iterator[Block]:
    if compared is None:
        yield Paragraph(say("There is no earlier scan of this site to compare with."))
        return
    yield Paragraph(say("Compared with the sample %(sample)s.", sample=last))
    yield Paragraph(
        say(
            "A barrier is known again by its fingerprint. It counts as mended only if all its pages that are still "
            "there were checked again, with the same version of the rule, and it was found on none."
        )
    )
    counts = [[_capital(say(fate)), _of(len(compared.of(fate)), len(compared.fates))] for fate in Fate]
    yield Table(
        say("Barriers by what became of them"), [say("What became of it"), say("Barriers")], counts, frozenset({1})
    )
    columns = [say("Rule"), say("What was found"), say("For example on"), say("Pages")]
    for fate in Fate:
        rows = [
            [rule, Foreign(example.message), sorted(example.urls)[0], number(len(example.urls))]
            for (rule, _), example in compared.of(fate)
        ]
        if rows:
            yield _cut(say("Barriers: %(fate)s", fate=say(fate)), columns, rows, frozenset({3}))


def _cut(caption: str, columns: Sequence[str], rows: list[list[str]], numbers: frozenset[int] = frozenset()) -> Table:
    if len(rows) > MAX_LISTED:
        caption = say(
            "%(caption)s: the first %(n)s of %(of)s; all are in the scan's own report",
            caption=caption, n=number(MAX_LISTED), of=number(len(rows)),
        )  # fmt: skip
    return Table(caption, columns, rows[:MAX_LISTED], numbers)


def _of(part: int, whole: int) -> str:
    return say("%(n)s of %(of)s", n=number(part), of=number(whole))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
