"""A summary in Markdown, for a comment on a pull request: what is new, where, and what has gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

from reports.analysis.words import count
from reports.ci.model import CiFinding, CiPage, CiReport, Kind, Standing
from reports.comment import write_lines
from reports.escape import markdown_code, markdown_text

MAX_RULES = 25
MAX_PLACES = 3
MAX_LISTED = 20


_HEADINGS = {Kind.BARRIER: "Barriers", Kind.WORDS: "Words", Kind.PRACTICE: "Best practices, no failures"}


@dataclass(slots=True)
class _Group:
    n_places: int = 0
    places: list[tuple[CiPage, CiFinding]] = field(default_factory=list)

    def add(self, page: CiPage, found: CiFinding) -> None:
        self.n_places += 1
        if len(self.places) < MAX_PLACES:
            self.places.append((page, found))


def write(report: CiReport, stream: TextIO) -> None:
    """Write the summary, at most as long as a comment may be."""
    write_lines(_lines(report), stream)


def _lines(report: CiReport) -> Iterator[str]:
    groups: defaultdict[tuple[Kind, str], _Group] = defaultdict(_Group)
    unchecked: list[CiPage] = []
    for page in report.pages():
        if not page.is_checked:
            unchecked.append(page)
        for found in page.findings:
            if found.counts or found.kind is Kind.PRACTICE:
                groups[found.kind, found.rule].add(page, found)
    yield from _head(report)
    for kind, heading in _HEADINGS.items():
        of_kind = sorted(((g, rule) for (k, rule), g in groups.items() if k is kind), key=_gravest)
        if of_kind:
            yield from ("", f"### {'New: ' if report.has_baseline and kind is not Kind.PRACTICE else ''}{heading}", "")
            for group, rule in of_kind[:MAX_RULES]:
                yield from _rule(report, group, rule)
            if len(of_kind) > MAX_RULES:
                yield f"- and {count(len(of_kind) - MAX_RULES, 'rule')} more"
    if unchecked:
        yield from ("", "### Not checked", "")
        yield from _listed([f"{markdown_code(page.name)}: {markdown_text(page.detail)}" for page in unchecked])
    if report.tally.gone:
        yield from ("", "### In the baseline, but no longer found", "")
        yield from _listed(
            [f"{markdown_code(g.rule)} {markdown_code(g.element)} on {_pages(g.pages)}" for g in report.tally.gone]
        )
        yield from ("", "Take them out with `curbcut baseline update`.")
    if report.disagreements:
        yield from ("", "### Not the same in every run", "")
        yield from _listed([markdown_text(line) for line in report.disagreements])


def _head(report: CiReport) -> Iterator[str]:
    tally = report.tally
    pages = f"{count(tally.pages, 'page')} checked" + (f", {tally.not_checked} not" if tally.not_checked else "")
    yield from ("## Curbcut", "", f"{pages}.", "", "| | new | expired | accepted |", "| --- | ---: | ---: | ---: |")
    for kind, label in ((Kind.BARRIER, "Barriers"), (Kind.WORDS, "Passages to reword")):
        numbers = (tally.of(kind, standing=stands) for stands in (Standing.NEW, Standing.EXPIRED, Standing.ACCEPTED))
        yield f"| {label} | {' | '.join(f'{n:,}' for n in numbers)} |"
    yield ""
    asked = f"{count(tally.questions, 'question')} {'is' if tally.questions == 1 else 'are'} left to people. "
    yield f"{asked if tally.questions else ''}A check can find barriers; it cannot show that there are none."


def _gravest(item: tuple[_Group, str]) -> tuple[int, int, str]:
    group, rule = item
    steps = {"critical": 0, "serious": 1, "moderate": 2, "minor": 3}
    return min(steps.get(found.impact or "", 4) for _, found in group.places), -group.n_places, rule


def _rule(report: CiReport, group: _Group, rule: str) -> Iterator[str]:
    known = report.rules.get(rule)
    title = markdown_text(known.title if known else rule)
    wcag = f", WCAG {', '.join(known.wcag)}" if known and known.wcag else ""
    yield f"- **{title}**: {count(group.n_places, 'place')} ({markdown_code(rule)}{wcag})"
    for page, found in group.places:
        line = f":{found.place.line}" if found.place else ""
        expired = " (accepted before, expired)" if found.standing is Standing.EXPIRED else ""
        yield f"  - {markdown_code(page.name + line)}: {markdown_text(found.message)}{expired}"
        if found.snippet:
            yield f"    {markdown_code(found.snippet)}"
    if group.n_places > len(group.places):
        yield f"  - and {group.n_places - len(group.places)} more"


def _listed(lines: list[str]) -> Iterator[str]:
    for line in lines[:MAX_LISTED]:
        yield f"- {line}"
    if len(lines) > MAX_LISTED:
        yield f"- and {len(lines) - MAX_LISTED} more"


def _pages(pages: tuple[str, ...]) -> str:
    shown = ", ".join(markdown_code(page) for page in pages[:MAX_PLACES])
    return shown + (f" and {len(pages) - MAX_PLACES} more" if len(pages) > MAX_PLACES else "")
