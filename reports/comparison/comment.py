"""A comparison in Markdown, for a ticket or a comment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from reports.analysis import Scan
from reports.analysis.fates import Fate
from reports.comment import write_lines
from reports.comparison.model import CAUTION, KINDS, NONE, Comparison, Row
from reports.escape import markdown_code, markdown_text
from reports.wording import moment

MAX_ROWS = 20


def write(comparison: Comparison, stream: TextIO) -> None:
    """Write the comparison, at most as long as a comment may be."""
    write_lines(_lines(comparison), stream)


def _lines(comparison: Comparison) -> Iterator[str]:
    yield from ("## Curbcut: two scans compared", "")
    yield f"- Old: {_scan(comparison.before)}"
    yield f"- New: {_scan(comparison.now)}"
    yield f"- {comparison.pages.sentence}"
    yield from (f"- **{markdown_text(warning)}**" for warning in comparison.warnings)
    for kind, label in KINDS.items():
        yield from ("", f"### {label}", "")
        n_all = len(comparison.kinds[kind].fates)
        if not n_all:
            yield NONE[kind]
            continue
        yield from ("| what became of them | count |", "| --- | ---: |")
        yield from (f"| {str(fate).capitalize()} | {n:,} of {n_all:,} |" for fate, n in comparison.counts(kind))
        if comparison.spread(kind):
            yield from ("", comparison.spread(kind))
        for fate, _ in comparison.counts(kind):
            if fate is not Fate.STILL:
                yield from ("", f"#### {label}: {fate}", "")
                yield from _rows(comparison.rows(kind, fate))
    if comparison.differences:
        yield from ("", "### What differs between the scans", "", "| what | old | new | |", "| --- | --- | --- | --- |")
        for each in comparison.differences:
            yield f"| {' | '.join(map(markdown_text, (each.what, each.before, each.now, each.effect)))} |"
    yield from ("", markdown_text(CAUTION))


def _scan(scan: Scan) -> str:
    return f"{markdown_code(', '.join(scan.start_urls))}, {moment(scan.started_at)}, {scan.state}"


def _rows(rows: list[Row]) -> Iterator[str]:
    for row in rows[:MAX_ROWS]:
        where = f"{markdown_code(row.rule)}, {row.pages}, such as {markdown_code(row.url)}"
        yield f"- {markdown_text(row.message)} ({where})"
    if len(rows) > MAX_ROWS:
        yield f"- and {len(rows) - MAX_ROWS:,} more"
