"""A comparison for a terminal: plain lines, the numbers first, then what is new, mended and cannot be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from reports.analysis import Scan
from reports.analysis.fates import Fate
from reports.comparison.model import CAUTION, KINDS, NONE, Comparison, Row
from reports.escape import terminal_text
from reports.wording import moment

MAX_ROWS = 20
SNIPPET_CHARS = 110


def write(comparison: Comparison, stream: TextIO) -> None:
    """Write the comparison to `stream`."""
    for line in _lines(comparison):
        stream.write(terminal_text(line) + "\n")


def _lines(comparison: Comparison) -> Iterator[str]:
    yield f"Old: {_scan(comparison.before)}"
    yield f"New: {_scan(comparison.now)}"
    yield comparison.pages.sentence
    yield from comparison.warnings
    for kind, label in KINDS.items():
        yield from ("", label)
        counts = comparison.counts(kind)
        n_all = len(comparison.kinds[kind].fates)
        width = len(f"{n_all:,}")
        yield from (f"  {n:{width},} of {n_all:,}  {fate}" for fate, n in counts)
        if comparison.spread(kind):
            yield f"  {comparison.spread(kind)}"
        if not counts:
            yield f"  {NONE[kind]}"
    if comparison.differences:
        yield from ("", "What differs between the scans")
        for each in comparison.differences:
            yield f"  {each.what}: {each.before} → {each.now}. {each.effect}".rstrip()
    for kind, label in KINDS.items():
        for fate, n in comparison.counts(kind):
            if fate is not Fate.STILL:
                yield from ("", f"{label}: {fate} ({n:,})")
                yield from _rows(comparison.rows(kind, fate))
    yield from ("", CAUTION)


def _scan(scan: Scan) -> str:
    return f"{', '.join(scan.start_urls)}, {moment(scan.started_at)}, {scan.state}"


def _rows(rows: list[Row]) -> Iterator[str]:
    for row in rows[:MAX_ROWS]:
        yield f"  {row.message}"
        yield f"     {row.rule}, {row.pages}: {row.url}"
        if row.snippet:
            yield f"     {' '.join(row.snippet.split())[:SNIPPET_CHARS]}"
    if len(rows) > MAX_ROWS:
        yield f"  ... and {len(rows) - MAX_ROWS:,} more; --format json and html have all."
