"""What a person reads in the terminal: a summary after a scan, and findings page by page like a linter's.

Blocks of `rich.text.Text`, so that a site's text is never taken for markup; every such text goes through
`terminal_text`. Colour only repeats what the words say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text
from sqlalchemy import Connection, Engine

from checks.model import Impact, Outcome
from reports import analysis
from reports.analysis import Verdict
from reports.analysis.criteria import VERDICT_LABELS
from reports.analysis.scans import STYLE_ENGINE
from reports.analysis.words import count
from reports.escape import terminal_text
from reports.record import records
from reports.wording import number

TOP_ISSUES = 5
SNIPPET_CHARS = 160
"""About two lines of a terminal: enough to know the element again."""

TITLE_CHARS = 100

BARRIERS, QUESTIONS, WORDS, PRACTICES = "Barriers", "A person must look", "Words", "Best practices, no failures"
_STYLES = {
    BARRIERS: "bold red",
    QUESTIONS: "bold yellow",
    WORDS: "bold cyan",
    PRACTICES: "bold",
    Impact.CRITICAL: "bold red",
    Impact.SERIOUS: "red",
}


def write_summary(engine: Engine, scan_id: int, stream: TextIO, *, report: str = "") -> None:
    """Print the summary of one scan to `stream`; `report` is the path of the report to open."""
    _print([summary(engine, scan_id, report=report)], stream)


def write_findings(engine: Engine, scan_id: int, stream: TextIO) -> None:
    """Print every page's findings to `stream`, then the totals, in bounded memory."""
    _print(findings_text(engine, scan_id), stream)


def summary(engine: Engine, scan_id: int, *, report: str = "") -> Text:
    """Return what a person wants to know after a scan: where every address went, what helps most, what was tested."""
    with engine.connect() as connection:
        scan = analysis.load_scan(connection, scan_id)
        sections = [
            _addresses(analysis.totals(connection, scan_id)),
            _found(analysis.finding_totals(connection, scan_id)),
            _top_issues(connection, scan_id),
            _criteria(analysis.criteria_results(connection, scan_id)),
            _notes(scan.notes),
        ]
    if report:
        sections.append(Text(f"Report: {terminal_text(report)}\n"))
    shown = Text("\n").join(section for section in sections if section)
    shown.rstrip()
    return shown


def findings_text(engine: Engine, scan_id: int) -> Findings:
    """Return one block a page, in the order the pages were given, and the totals as the last block.

    Iterate over it to print in bounded memory, as `write_findings` does.
    """
    return Findings(engine, scan_id)


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings of a scan as blocks of text: to iterate over, or to hand to a rich console as a whole."""

    engine: Engine
    scan_id: int

    def __iter__(self) -> Iterator[Text]:
        tally = _Tally()
        with self.engine.connect() as connection:
            analysis.load_scan(connection, self.scan_id)
            rules = _rules(connection, self.scan_id)
            for record in records(connection, self.scan_id):
                tally.add(record)
                yield _page_block(record, rules)
        yield tally.line()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self


def _print(blocks: Iterable[Text], stream: TextIO) -> None:
    # Soft wrap: the terminal breaks long lines, so that what is copied, piped or searched stays whole.
    console = Console(file=stream, soft_wrap=True, highlight=False, emoji=False, markup=False)
    for block in blocks:
        console.print(block)


@dataclass(slots=True)
class _Tally:
    """Counts of what was printed."""

    checked: int = 0
    documents: int = 0
    not_checked: int = 0
    barriers: int = 0
    questions: int = 0
    words: int = 0
    practices: int = 0

    def add(self, record: Mapping[str, Any]) -> None:
        is_checked = record["status"] == "checked"
        is_document = record["kind"] == "document"
        self.checked += is_checked and not is_document
        self.documents += is_checked and is_document
        self.not_checked += not is_checked
        for finding in record["findings"]:
            kind = _kind(finding)
            self.barriers += kind == BARRIERS
            self.questions += kind == QUESTIONS
            self.words += kind == WORDS
            self.practices += kind == PRACTICES

    def line(self) -> Text:
        pages = f"{count(self.checked, 'page')} checked"
        if self.documents:
            pages = (
                f"{count(self.checked, 'page')} and " * bool(self.checked)
                + f"{count(self.documents, 'document')} checked"
            )
        if self.not_checked:
            pages += f", {number(self.not_checked)} not checked"
        if not (self.checked or self.documents):
            return Text(f"{pages}. Nothing can be said about pages that were not checked.")
        found = [
            count(self.barriers, "barrier"),
            f"{count(self.questions, 'question')} for a person",
            f"{count(self.words, 'passage')} to reword",
        ]
        if self.practices:
            found.append(f"{count(self.practices, 'place')} against best practice, which are no failures")
        if not (self.barriers or self.questions or self.words or self.practices):
            return Text(f"{pages}. The rules found nothing; they cannot find every barrier.")
        return Text(f"{pages}: {', '.join(found)}.")


@dataclass(frozen=True, slots=True)
class _Rule:
    title: str
    how: str
    wcag: tuple[str, ...]


def _rules(connection: Connection, scan_id: int) -> dict[str, _Rule]:
    found = analysis.rule_summaries(connection, scan_id, outcome=None, style=None)
    return {rule.rule: _Rule(rule.title, rule.how, rule.wcag) for rule in found}


def _page_block(record: Mapping[str, Any], rules: Mapping[str, _Rule]) -> Text:
    block = Text()
    block.append(terminal_text(record["url"]), "bold underline")
    title = _short(record["title"] or "", TITLE_CHARS)
    block.append(f"  {title}\n" if title else "\n")
    if record["status"] != "checked":
        block.append("  Not checked: ", "bold yellow").append(f"{terminal_text(record['detail'])}\n")
        return block
    for heading in (BARRIERS, QUESTIONS, WORDS, PRACTICES):
        of_kind = [finding for finding in record["findings"] if _kind(finding) == heading]
        if of_kind:
            block.append(f"\n  {heading} ({len(of_kind)})\n", _STYLES[heading])
            for finding in of_kind:
                _append_finding(block, finding, rules)
    for rule, why in record["not_run"].items():
        block.append(f"\n  Could not run {terminal_text(rule)}: {terminal_text(why)}\n")
    if not record["findings"]:
        block.append("  Nothing found.\n")
    return block


def _append_finding(block: Text, finding: Mapping[str, Any], rules: Mapping[str, _Rule]) -> None:
    impact = finding["impact"] or ""
    block.append("    ")
    if impact and _kind(finding) == BARRIERS:
        block.append(terminal_text(impact), _STYLES.get(impact, "")).append("  ")
    block.append(terminal_text(finding["message"])).append("\n")
    if finding["target"]:
        state = f" ({finding['state']})" if finding["state"] else ""
        block.append(f"      at    {terminal_text(finding['target'])}{state}\n", "dim")
    if finding["snippet"]:
        block.append(f"      {_label(finding)}  {_short(finding['snippet'], SNIPPET_CHARS)}\n", "dim")
    how = finding["suggestion"] or (rules[finding["rule"]].how if finding["rule"] in rules else "")
    if how:
        block.append(f"      mend  {terminal_text(how)}\n")
    known = rules.get(finding["rule"])
    wcag = known.wcag if known and known.wcag else finding["wcag"]
    criteria = f"  WCAG {', '.join(wcag)}" if wcag else ""
    block.append(f"      rule  {terminal_text(finding['rule'] + criteria)}\n", "dim")


def _label(finding: Mapping[str, Any]) -> str:
    return "text" if finding["engine"] == STYLE_ENGINE else "code"


def _kind(finding: Mapping[str, Any]) -> str:
    if finding["outcome"] == Outcome.CANT_TELL:
        return QUESTIONS
    if finding["outcome"] == Outcome.BEST_PRACTICE:
        return PRACTICES
    return WORDS if finding["engine"] == STYLE_ENGINE else BARRIERS


def _short(text: str, limit: int) -> str:
    safe = terminal_text(text).strip()
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


def _addresses(totals: analysis.Totals) -> Text:
    """Lay out the addresses by state and reason; the last line is the sum of those above."""
    lines = [(row.label, row.n_urls, row.explanation) for row in totals.rows]
    width = max((len(label) for label, _, _ in lines), default=0)
    digits = len(number(totals.n_urls))
    block = Text("Addresses\n", "bold")
    for label, n_urls, explanation in lines:
        block.append(f"  {label:<{width}}  {number(n_urls):>{digits}}  {terminal_text(explanation)}\n")
    block.append(f"  {'Together':<{width}}  {number(totals.n_urls):>{digits}}\n", "bold")
    if not totals.adds_up:
        block.append("  These numbers do not add up, which is a fault in Curbcut: please report it.\n", "bold red")
    return block


def _found(found: analysis.FindingTotals) -> Text:
    rows = [
        (BARRIERS, found.n_failed_issues, "issue", found.n_failed, found.n_failed_pages),
        (QUESTIONS, found.n_cant_tell_issues, "question", found.n_cant_tell, found.n_cant_tell_pages),
        (WORDS, found.n_style_issues, "issue", found.n_style, found.n_style_pages),
    ]
    if found.n_practice:
        rows.append((PRACTICES, found.n_practice_issues, "issue", found.n_practice, found.n_practice_pages))
    width = max(len(label) for label, *_ in rows)
    block = Text("Found\n", "bold")
    for label, n_issues, noun, n_places, n_pages in rows:
        line = f"{count(n_issues, noun)}, {count(n_places, 'place')}, on {count(n_pages, 'page')}"
        block.append(f"  {label:<{width}}", _STYLES[label]).append(f"  {line if n_places else 'none'}\n")
    return block


def _top_issues(connection: Connection, scan_id: int) -> Text:
    found = list(analysis.issues(connection, scan_id, limit=TOP_ISSUES))
    if not found:
        return Text()
    block = Text("Mend these first: they help most pages\n", "bold")
    for place, issue in enumerate(found, 1):
        block.append(f"  {place}. {terminal_text(issue.title)}\n")
        block.append(f"     {terminal_text(issue.sentence)}\n")
        if issue.how:
            block.append(f"     {terminal_text(issue.how)}\n")
        block.append(f"     Example: {terminal_text(issue.example.url)}\n")
        criteria = f"  WCAG {', '.join(issue.wcag)}" if issue.wcag else ""
        block.append(f"     {terminal_text(issue.rule + criteria)}\n", "dim")
    return block


def _criteria(found: analysis.CriteriaResults) -> Text:
    counts = [(VERDICT_LABELS[verdict].lower(), found.count(verdict)) for verdict in Verdict]
    listed = ", ".join(f"{label} {n}" for label, n in counts if n)
    block = Text(f"{found.profile.title}\n", "bold")
    block.append(f"  {count(len(found.results), 'success criterion', 'success criteria')}: {listed}.\n")
    failed = [result.num for result in found.results if result.verdict is Verdict.FAILED]
    if failed:
        block.append(f"  Barriers in {', '.join(failed)}.\n")
    block.append("  A scan can find barriers. It cannot show that there are none: people must test, too.\n")
    return block


def _notes(notes: tuple[str, ...]) -> Text:
    if not notes:
        return Text()
    block = Text("Notes\n", "bold")
    for note in notes:
        block.append(f"  {terminal_text(note)}\n")
    return block
