"""What every format of a comparison tells, read from the two databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from checks import standards
from checks.model import Impact
from reports import analysis
from reports.analysis import Scan
from reports.analysis.fates import Compared, Example, Fate, Mark, Seen, compare, read_kinds
from reports.analysis.issues import IMPACT_RANKS
from reports.wording import number, say, say_n, to_say
from store.schema import State, page, url

ORDER = tuple(Fate)
WITHOUT_EFFECT = frozenset(
    {"baseline", "concurrency", "contact", "delay", "fail_on", "format", "max_findings", "profile", "tabs"}
)
"""Settings that change nothing of what a scan finds on a page, or are told apart."""

KINDS = {"barriers": to_say("Barriers"), "language": to_say("Language")}
NONE = {"barriers": to_say("No barrier then or now."), "language": to_say("No passage then or now.")}
UNLIKE = to_say("These scans are of different sites: none of the pages was checked in both.")
LOOK = to_say("Look at one of each: it is mended, or the new version judges it in another way.")
OWN_RULES = to_say("What Curbcut's own rules no longer find does not count as mended.")
MISSING_OLD = to_say("The old scan is not complete. It is %(state)s, so pages are missing in it.")
MISSING_NEW = to_say("The new scan is not complete. It is %(state)s, so pages are missing in it.")
CAUTION = to_say(
    "A finding counts as mended only if all its pages that are still there were checked again, with the same version "
    "of the rule, and it was found on none. It counts as new only if a page where it stands was checked then, too."
)


def counted(kind: str, n: int) -> str:
    """Return how many findings of a kind, in words: "3 barriers"."""
    if kind == "barriers":
        return say_n("%(n)s barrier", "%(n)s barriers", n)
    return say_n("%(n)s passage", "%(n)s passages", n)


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
        both = say_n(
            "%(both)s of %(n)s page were checked in both scans",
            "%(both)s of %(n)s pages were checked in both scans",
            self.n_all,
            both=number(len(self.both)),
        )
        old, new = number(len(self.only_before)), number(len(self.only_now))
        return say("%(both)s, %(old)s only in the old one, %(new)s only in the new one.", both=both, old=old, new=new)


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
            return say_n("%(n)s page", "%(n)s pages", self.n_pages_now)
        then = number(self.n_pages_before)
        return say_n("%(then)s → %(n)s page", "%(then)s → %(n)s pages", self.n_pages_now, then=then)


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
        said = [] if self.pages.both or not self.pages.n_all else [say(UNLIKE)]
        if self.before.started_at > self.now.started_at:
            said.append(say("The scan that is given as the old one began later than the other."))
        for missing, scan in ((MISSING_OLD, self.before), (MISSING_NEW, self.now)):
            if scan.state != "complete":
                said.append(say(missing, state=say(scan.state)))
        return tuple(said)

    def counts(self, kind: str) -> list[tuple[Fate, int]]:
        """Return how many findings of a kind there are of each fate, those of no finding left out."""
        counted = Counter(self.kinds[kind].fates.values())
        return [(fate, counted[fate]) for fate in ORDER if counted[fate]]

    def spread(self, kind: str) -> str:
        """Return how many that are still there are so on fewer or more of the pages checked in both, "" if none."""
        both, own = set(self.pages.both), self.kinds[kind]
        moves = [
            (own.before.found[mark].urls & both, own.now.found[mark].urls & both) for mark, _ in own.of(Fate.STILL)
        ]
        fewer, more = sum(bool(then - since) for then, since in moves), sum(bool(since - then) for then, since in moves)
        if not fewer and not more:
            return ""
        return say(
            "Of those still there, %(fewer)s went from some of the pages checked both times; %(more)s came to others.",
            fewer=number(fewer),
            more=number(more),
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
    then, since = read_kinds(before, before_id), read_kinds(now, now_id)
    kinds = {kind: compare(then[kind], since[kind]) for kind in KINDS}
    differences = (*_differences(*sides), *_rule_differences(_rules(then), _rules(since)))
    return Comparison(*sides, pages, differences, kinds)


def _row(compared: Compared, titles: Mapping[str, str], mark: Mark, example: Example) -> Row:
    then, since = compared.before.found.get(mark), compared.now.found.get(mark)
    return Row(
        *(mark[0], titles.get(mark[0], mark[0]), mark[1], example.message, example.wcag, example.impact),
        *(example.snippet, min(example.urls), len(then.urls) if then else 0, len(since.urls) if since else 0),
    )


def _pages(connection: Connection, scan_id: int) -> set[str]:
    query = select(url.c.url).join(page, page.c.url_id == url.c.id)
    return set(connection.execute(query.where(page.c.scan_id == scan_id, url.c.state == str(State.CHECKED))).scalars())


def _rules(seen: Mapping[str, Seen]) -> set[str]:
    return {rule for kind in seen.values() for rule in kind.titles}


def _differences(before: Scan, now: Scan) -> Iterator[Difference]:
    if before.profile != now.profile:
        then, since = (standards.profile(scan.profile).title for scan in (before, now))
        yield Difference(say("Standard"), then, since, say("Only what rules of both scans looked at can be compared."))
    for name in dict.fromkeys((*before.versions, *now.versions)):
        then, since = before.versions.get(name, "–"), now.versions.get(name, "–")
        if then != since:
            yield Difference(say("Version of %(name)s", name=name), then, since, _effect(name))
    for name in sorted({*before.settings, *now.settings} - WITHOUT_EFFECT):
        then, since = _spelled(before.settings.get(name)), _spelled(now.settings.get(name))
        if then != since:
            yield Difference(say("Setting %(name)s", name=name), then, since)


def _effect(name: str) -> str:
    if name == "axe-core":
        return f"{say('What rules of axe-core no longer find does not count as mended.')} {say(LOOK)}"
    if name == "curbcut":
        return f"{say(OWN_RULES)} {say(LOOK)}"
    return say("Pages may have been shown in another way.") if name == "browser" else ""


def _spelled(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "–"
    return {None: "–", "": "–", True: say("yes"), False: say("no")}.get(value, str(value))


def _rule_differences(before: set[str], now: set[str]) -> Iterator[Difference]:
    effect = say("What they find in one scan says nothing about the other.")
    if before - now:
        yield Difference(say("Rules of the old scan only"), _listed(before - now), "–", effect)
    if now - before:
        yield Difference(say("Rules of the new scan only"), "–", _listed(now - before), effect)


def _listed(rules: set[str]) -> str:
    return say_n("%(n)s rule: %(names)s", "%(n)s rules: %(names)s", len(rules), names=", ".join(sorted(rules)))
