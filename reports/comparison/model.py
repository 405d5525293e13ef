"""What every format of a comparison tells, read from the two databases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from checks import standards
from checks.model import Impact
from reports import analysis
from reports.analysis import Scan
from reports.analysis.fates import Compared, Example, Fate, Mark, compare, read_seen
from reports.analysis.issues import IMPACT_RANKS
from reports.analysis.words import count
from store.schema import State, page, rule, url

ORDER = tuple(Fate)
WITHOUT_EFFECT = frozenset(
    {"baseline", "concurrency", "contact", "delay", "fail_on", "format", "max_findings", "profile", "tabs"}
)
"""Settings that change nothing of what a scan finds on a page, or are told apart."""

KINDS = {"barriers": "Barriers", "language": "Language"}
NOUNS = {"barriers": "barrier", "language": "passage"}
UNLIKE = "These scans are of different sites: none of the pages was checked in both."
LOOK = "Look at one of each: it is mended, or the new version judges it in another way."
CAUTION = (
    "A finding counts as mended only if all its pages that are still there were checked again, with the same version "
    "of the rule, and it was found on none. It counts as new only if a page where it stands was checked then, too."
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in which the two scans were not the same. `effect` says what follows, "" where nothing is sure to."""

    what: str
    before: str
    now: str
    effect: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """The addresses of the pages checked in both scans, and in one of them only."""

    both: tuple[str, ...]
    only_before: tuple[str, ...]
    only_now: tuple[str, ...]

    @property
    def n_all(self) -> int:
        """How many pages were checked in at least one of the scans."""
        return len(self.both) + len(self.only_before) + len(self.only_now)

    @property
    def sentence(self) -> str:
        """The counts in words."""
        return (
            f"{len(self.both):,} of {count(self.n_all, 'page')} were checked in both scans, "
            f"{len(self.only_before):,} only in the old one, {len(self.only_now):,} only in the new one."
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One finding as the newer of the scans that have it says it; `url` is one of its pages there."""

    rule: str
    title: str
    fingerprint: str
    message: str
    wcag: tuple[str, ...]
    impact: str
    snippet: str
    url: str
    n_pages_before: int
    n_pages_now: int

    @property
    def pages(self) -> str:
        """On how many pages it was and is: "2 → 0 pages"."""
        if self.n_pages_before == self.n_pages_now:
            return count(self.n_pages_now, "page")
        return f"{self.n_pages_before:,} → {count(self.n_pages_now, 'page')}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two scans, compared. `kinds` has what became of the findings, by a key of KINDS."""

    before: Scan
    now: Scan
    pages: Pages
    differences: tuple[Difference, ...]
    kinds: Mapping[str, Compared]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know before the numbers."""
        said = [] if self.pages.both or not self.pages.n_all else [UNLIKE]
        if self.before.started_at > self.now.started_at:
            said.append("The scan that is given as the old one began later than the other.")
        for name, scan in (("old", self.before), ("new", self.now)):
            if scan.state != "complete":
                said.append(f"The {name} scan is not complete. It is {scan.state}, so pages are missing in it.")
        return tuple(said)

    def counts(self, kind: str) -> list[tuple[Fate, int]]:
        """Return how many findings of a kind there are of each fate, those of no finding left out."""
        counted = [(fate, len(self.kinds[kind].of(fate))) for fate in ORDER]
        return [(fate, n) for fate, n in counted if n]

    def spread(self, kind: str) -> str:
        """Return how many that are still there are so on fewer or more of the pages checked in both, "" if none."""
        both, own = set(self.pages.both), self.kinds[kind]
        moves = [
            (own.before.found[mark].urls & both, own.now.found[mark].urls & both) for mark, _ in own.of(Fate.STILL)
        ]
        fewer, more = sum(bool(then - since) for then, since in moves), sum(bool(since - then) for then, since in moves)
        if not fewer and not more:
            return ""
        return (
            f"Of those still there, {fewer:,} went from some of the pages checked both times; {more:,} came to others."
        )

    def rows(self, kind: str, fate: Fate) -> list[Row]:
        """Return the findings of a kind and fate, the gravest first."""
        compared = self.kinds[kind]
        titles = {**compared.before.titles, **compared.now.titles}
        rows = [_row(compared, titles, mark, example) for mark, example in compared.of(fate)]
        return sorted(rows, key=lambda row: -IMPACT_RANKS.get(Impact(row.impact), 0) if row.impact else 0)


def read(before: Connection, before_id: int, now: Connection, now_id: int) -> Comparison:
    """Compare two scans, each in its own database or both in one. NoScanError where there is none of that number."""
    sides = (analysis.load_scan(before, before_id), analysis.load_scan(now, now_id))
    then_pages, now_pages = _pages(before, before_id), _pages(now, now_id)
    pages = Pages(
        tuple(sorted(then_pages & now_pages)), tuple(sorted(then_pages - now_pages)),
        tuple(sorted(now_pages - then_pages)),
    )  # fmt: skip
    rules = (_rules(before, before_id), _rules(now, now_id))
    kinds = {
        kind: compare(
            read_seen(before, before_id, language=kind == "language"),
            read_seen(now, now_id, language=kind == "language"),
        )
        for kind in KINDS
    }
    return Comparison(*sides, pages, (*_differences(*sides), *_rule_differences(*rules)), kinds)


def _row(compared: Compared, titles: Mapping[str, str], mark: Mark, example: Example) -> Row:
    then, since = compared.before.found.get(mark), compared.now.found.get(mark)
    return Row(
        *(mark[0], titles.get(mark[0], mark[0]), mark[1], example.message, example.wcag, example.impact),
        *(example.snippet, min(example.urls), len(then.urls) if then else 0, len(since.urls) if since else 0),
    )


def _pages(connection: Connection, scan_id: int) -> set[str]:
    query = select(url.c.url).join(page, page.c.url_id == url.c.id)
    return set(connection.execute(query.where(page.c.scan_id == scan_id, url.c.state == str(State.CHECKED))).scalars())


def _rules(connection: Connection, scan_id: int) -> set[str]:
    return set(connection.execute(select(rule.c.id).where(rule.c.scan_id == scan_id)).scalars())


def _differences(before: Scan, now: Scan) -> Iterator[Difference]:
    if before.profile != now.profile:
        then, since = (standards.profile(scan.profile).title for scan in (before, now))
        yield Difference("Standard", then, since, "Only what rules of both scans looked at can be compared.")
    for name in dict.fromkeys((*before.versions, *now.versions)):
        then, since = before.versions.get(name, "–"), now.versions.get(name, "–")
        if then != since:
            yield Difference(f"Version of {name}", then, since, _effect(name))
    for name in sorted({*before.settings, *now.settings} - WITHOUT_EFFECT):
        then, since = _spelled(before.settings.get(name)), _spelled(now.settings.get(name))
        if then != since:
            yield Difference(f"Setting {name}", then, since)


def _effect(name: str) -> str:
    if name == "axe-core":
        return f"What rules of axe-core no longer find does not count as mended. {LOOK}"
    if name == "curbcut":
        return f"What Curbcut's own rules no longer find does not count as mended. {LOOK}"
    return "Pages may have been shown in another way." if name == "browser" else ""


def _spelled(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "–"
    return {None: "–", "": "–", True: "yes", False: "no"}.get(value, str(value))


def _rule_differences(before: set[str], now: set[str]) -> Iterator[Difference]:
    for here, there, scan in ((before, now, "old"), (now, before, "new")):
        only = sorted(here - there)
        if only:
            names = f"{count(len(only), 'rule')}: {', '.join(only)}"
            then, since = (names, "–") if scan == "old" else ("–", names)
            effect = "What they find in one scan says nothing about the other."
            yield Difference(f"Rules of the {scan} scan only", then, since, effect)
