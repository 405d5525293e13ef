"""Compares the scan of a site with the one before: what is mended, still there, new, and what cannot be told.

A barrier is known again by its rule and fingerprint. It counts as mended only if a page where it stood was checked
again, with the rule, and it was not found; as new only if a page where it stands was checked then, with the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Connection, select

from checks.model import Outcome
from reports.analysis.scans import STYLE_ENGINE
from store.schema import document, finding, page, url

Barrier = tuple[str, str]
"""Rule and fingerprint."""


class Fate(StrEnum):
    """What became of a barrier."""

    STILL = "still there"
    NEW = "new"
    FIRST_SEEN = "first seen, on pages that were not checked last time"
    MENDED = "mended"
    NOT_LOOKED_AT = "not looked at again"


@dataclass(frozen=True, slots=True)
class Seen:
    """The barriers of a scan, each with an example and its addresses; and the rules that ran, by address."""

    barriers: Mapping[Barrier, Example]
    ran: Mapping[str, frozenset[str]]


@dataclass(slots=True)
class Example:
    """Where a barrier is, and what was said of it there."""

    message: str
    wcag: tuple[str, ...]
    urls: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Compared:
    """All barriers of two scans, by what became of them."""

    fates: Mapping[Barrier, Fate]
    examples: Mapping[Barrier, Example]

    def of(self, fate: Fate) -> list[tuple[Barrier, Example]]:
        """Return the barriers of one fate, by rule."""
        return sorted((b, self.examples[b]) for b, own in self.fates.items() if own is fate)

    def of_issue(self, barriers: Iterable[Barrier]) -> list[Fate]:
        """Return the different fates of some barriers, in the order of their names' list."""
        own = {self.fates[barrier] for barrier in barriers if barrier in self.fates}
        return [fate for fate in Fate if fate in own]


def read_seen(connection: Connection, scan_id: int) -> Seen:
    """Return the barriers of a scan and which rules ran where."""
    query = (
        select(finding.c.rule, finding.c.fingerprint, finding.c.message, finding.c.wcag, url.c.url)
        .join(url, url.c.id == finding.c.url_id)
        .where(finding.c.scan_id == scan_id, finding.c.outcome == str(Outcome.FAILED), finding.c.engine != STYLE_ENGINE)
        .order_by(finding.c.id)
    )
    barriers: dict[Barrier, Example] = {}
    for row in connection.execute(query):
        known = barriers.setdefault((row.rule, row.fingerprint), Example(row.message, tuple(row.wcag or ())))
        known.urls.add(row.url)
    ran: dict[str, frozenset[str]] = {}
    for table in (page, document):
        rows = select(url.c.url, table.c.rule_outcomes).join(url, url.c.id == table.c.url_id)
        for address, outcomes in connection.execute(rows.where(table.c.scan_id == scan_id)):
            ran[address] = frozenset(outcomes or ())
    return Seen(barriers, ran)


def compare(before: Seen, now: Seen) -> Compared:
    """Return what became of each barrier of either scan."""
    fates: dict[Barrier, Fate] = {}
    for barrier, example in now.barriers.items():
        if barrier in before.barriers:
            fates[barrier] = Fate.STILL
        else:
            fates[barrier] = Fate.NEW if _looked(before, barrier, example) else Fate.FIRST_SEEN
    for barrier, example in before.barriers.items():
        if barrier not in now.barriers:
            fates[barrier] = Fate.MENDED if _looked(now, barrier, example) else Fate.NOT_LOOKED_AT
    return Compared(fates, {**before.barriers, **now.barriers})


def _looked(scan: Seen, barrier: Barrier, example: Example) -> bool:
    return any(barrier[0] in scan.ran.get(address, ()) for address in example.urls)
