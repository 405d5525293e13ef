"""Recomputes every figure of the report from what was planted, without the report's code.

Which sites are in a sample is read from the monitoring database by plain SQL. What is wrong with a site is what was
planted there. Which rules ran on a crawled site is read from its scan by plain SQL, for that is the engine's affair;
what fails and what is asked must be what was planted. Intervals are found by halving, not by formula.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from math import sqrt
from pathlib import Path
from typing import Any

from checks.model import RuleInfo
from checks.standards import Profile, functional_mappings
from monitoring.facts import decision
from monitoring.rehearsal.country import Country, PlannedSite
from monitoring.rehearsal.papers import PAPER_DEFECTS, PaperDefect
from monitoring.rehearsal.statements import failing_checks
from monitoring.rehearsal.templates import BY_ID, PATHS

Key = tuple[str, int, str, str, str, str]
Z = 1.959963984540054
PAPERS_BY_ID = {defect.id: defect for defect in PAPER_DEFECTS}
HALVINGS = 60
"""As many as a number of double precision has binary digits, and some more."""


@dataclass(frozen=True)
class Expected:
    """A figure as it must be."""

    count: int | None
    of: int
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Member:
    """A site of a sample: what was planned, the row of the sample, and what is true of it.

    `statement` holds the checks that must fail on its statement, None where it has none; `said` those that said
    something, None where the scan did not look for a statement, as in a scan that was filled.
    """

    site: PlannedSite
    is_recurring: bool
    failed: frozenset[str]
    rules_failed: frozenset[str]
    rules: frozenset[str]
    ran: frozenset[str]
    asked: frozenset[str]
    n_pages: int
    n_documents: int
    pages_failed: Mapping[str, int]
    statement: frozenset[str] | None
    said: frozenset[str] | None


Look = Callable[[str, int, str], Path | None]
"""Gives the scan database of a crawled site by year, method and address; None for one that was filled."""


class Truth:
    """All expected figures, by key."""

    def __init__(
        self, country: Country, monitoring: Path, profile: Profile, rules: Sequence[RuleInfo], crawled: Look
    ) -> None:
        self.figures: dict[Key, Expected] = {}
        self._profile, self._rules, self._crawled = profile, {rule.id: rule for rule in rules}, crawled
        self._sites = {site.url: site for site in country.sites}
        self._criteria = [num for num in profile.criteria if num not in profile.satisfied]
        with sqlite3.connect(f"file:{monitoring}?mode=ro", uri=True) as database:
            database.row_factory = sqlite3.Row
            self._database = database
            last: dict[str, tuple[int, list[Member]]] = {}
            for row in database.execute("SELECT * FROM sample ORDER BY year, method DESC").fetchall():
                members = self._members(row)
                self._round(row, members)
                if row["method"] in last:
                    self._development(row, last[row["method"]][1], members)
                last[row["method"]] = (row["year"], members)
        database.close()

    def _members(self, sample: sqlite3.Row) -> list[Member]:
        query = "SELECT site, is_recurring FROM sample_site WHERE sample_id = ? AND is_in ORDER BY position"
        return [
            self._member(sample, json.loads(row["site"])["url"], bool(row["is_recurring"]))
            for row in self._database.execute(query, (sample["id"],)).fetchall()
        ]

    def _member(self, sample: sqlite3.Row, url: str, is_recurring: bool) -> Member:
        site, year = self._sites[url], sample["year"]
        planted = [BY_ID[name] for name in site.planted[year]]
        scan = self._crawled(url, year, sample["method"])
        if scan is None or not site.answers:
            ran = frozenset(rule.id for rule in self._rules.values() if rule.kind in ("engine", "page"))
            seen = _Seen(ran, frozenset(self._rules), None)
            papers: list[list[PaperDefect]] = []
        else:
            seen = _observed(scan)
            papers = [[PAPERS_BY_ID[name] for name in wrong] for wrong in site.papers[year].values()]
        failing = [defect for defect in planted if not defect.asks]
        in_papers = [defect for each in papers for defect in each]
        n_pages = len(PATHS) if scan is None else site.n_pages(year)
        pages_failed = Counter({num: n_pages for defect in failing for num in defect.wcag})
        pages_failed.update(num for defect in in_papers for num in defect.wcag)
        wrong = site.statements[year] if scan is not None else None
        return Member(
            site,
            is_recurring,
            failed=frozenset(pages_failed),
            rules_failed=frozenset([*(each.rule for each in failing), *(each.rule for each in in_papers)]),
            rules=seen.rules,
            ran=seen.ran,
            asked=frozenset(num for defect in planted if defect.asks for num in defect.wcag),
            n_pages=n_pages,
            n_documents=len(papers),
            pages_failed=pages_failed,
            statement=None
            if wrong is None
            else failing_checks(wrong, site.planted[year], has_markup=bool(failing), has_failures=bool(pages_failed)),
            said=seen.said,
        )

    def _round(self, sample: sqlite3.Row, members: list[Member]) -> None:
        put = _Putter(self.figures, sample["year"], sample["method"])
        register = self._register()
        tested = [member for member in members if member.site.answers]
        put("sample_size", len(members), json.loads(sample["facts"])["size_by_formula"])
        put("register_sites", len(self._sites), len(self._sites))
        put("sample_sites", len(members), len(members))
        put("recurring_sites", sum(m.is_recurring for m in members), len(members))
        put("nominated_sites", sum(bool(m.site.nominated_by) for m in members), len(members))
        changes = self._database.execute("SELECT count(*) FROM sample_change WHERE sample_id = ?", (sample["id"],))
        put("replaced_sites", changes.fetchone()[0], len(members))
        put("tested_sites", len(tested), len(members))
        put("pages", sum(m.n_pages for m in tested), len(tested))
        put("documents", sum(m.n_documents for m in tested), len(tested))
        self._outcome(put, tested, register)
        for num in self._profile.criteria:
            self._criterion(put, num, tested, register)
        self._needs(put, tested)
        for rule in sorted({rule for m in tested for rule in m.rules}):
            having = [m for m in tested if rule in m.rules]
            put("rule_failed", sum(rule in m.rules_failed for m in having), len(having), subject=rule, sure=True)
        self._statements(put, [m for m in tested if m.said is not None])
        for by, groups in register.items():
            for group, in_register in groups.items():
                own = [m for m in members if group in _groups(m.site)[by]]
                done = [m for m in own if m.site.answers]
                put("register_sites", in_register, len(self._sites), by=by, group=group)
                put("sample_sites", len(own), len(members), by=by, group=group)
                put("tested_sites", len(done), len(own), by=by, group=group)
                if done:
                    self._group(put, done, by, group)

    def _group(self, put: _Putter, done: list[Member], by: str, group: str) -> None:
        bad = sum(bool(m.failed) for m in done)
        put("any_failed", bad, len(done), subject=self._profile.id, sure=True, by=by, group=group)
        put("failing_mean", sum(len(m.failed) for m in done), len(done), by=by, group=group)
        put.number("failing_median", _middle([len(m.failed) for m in done], 0.5), len(done), by=by, group=group)
        for num in self._profile.criteria:
            put(
                "criterion_failed",
                sum(num in m.failed for m in done),
                len(done),
                subject=num,
                sure=True,
                by=by,
                group=group,
            )

    @staticmethod
    def _statements(put: _Putter, looked: list[Member]) -> None:
        having = [m for m in looked if m.statement is not None]
        put("statement_found", len(having), len(looked), sure=True)
        for check in sorted(frozenset[str]().union(*(m.said or () for m in having))):
            said = [m for m in having if check in (m.said or ())]
            failing = sum(check in (m.statement or ()) for m in having)
            put("statement_failed", failing, len(said), subject=check, sure=True)

    def _register(self) -> dict[str, dict[str, int]]:
        names = decision()["site_sample_selection"]
        found: dict[str, dict[str, int]] = {
            "level": dict.fromkeys((level["name"] for level in names["levels"]), 0),
            "service": dict.fromkeys(names["services"], 0),
            "territory": {},
        }
        for site in self._sites.values():
            for by, groups in _groups(site).items():
                for group in groups:
                    found[by][group] = found[by].get(group, 0) + 1
        return found

    def _outcome(self, put: _Putter, tested: list[Member], register: Mapping[str, Mapping[str, int]]) -> None:
        put("failing_mean", sum(len(m.failed) for m in tested), len(tested))
        if not tested:
            return
        bad = [m for m in tested if m.failed]
        put("any_failed", len(bad), len(tested), subject=self._profile.id, sure=True)
        self._estimate(put, "any_failed_register", self._profile.id, tested, bad, register)
        counts = [len(m.failed) for m in tested]
        for name, share in (
            ("failing_lower", 0.25),
            ("failing_median", 0.5),
            ("failing_upper", 0.75),
            ("failing_most", 1),
        ):
            put.number(name, _middle(counts, share), len(tested))
        for number in range(max(counts) + 1):
            put("sites_by_failing", counts.count(number), len(tested), subject=str(number))

    def _criterion(
        self, put: _Putter, num: str, tested: list[Member], register: Mapping[str, Mapping[str, int]]
    ) -> None:
        if not tested:
            return
        parts: dict[str, list[Member]] = defaultdict(list)
        for member in tested:
            parts[self._verdict(num, member)].append(member)
        for name in ("failed", "person", "nothing", "untested", "satisfied"):
            put(f"criterion_{name}", len(parts[name]), len(tested), subject=num, sure=name == "failed")
        self._estimate(put, "criterion_failed_register", num, tested, parts["failed"], register)
        failing = sum(m.pages_failed[num] for m in parts["failed"])
        put("criterion_pages", failing, sum(m.n_pages + m.n_documents for m in tested), subject=num)

    def _verdict(self, num: str, member: Member) -> str:
        if num in self._profile.satisfied:
            return "satisfied"
        if num in member.failed:
            return "failed"
        if num in member.asked:
            return "person"
        return "nothing" if any(num in self._rules[rule].wcag for rule in member.ran & member.rules) else "untested"

    def _needs(self, put: _Putter, tested: list[Member]) -> None:
        for need in decision()["simplified_method"]["user_accessibility_needs"]:
            first = {num for num, each in functional_mappings().items() if need["fps"] in each.primary}
            second = {num for num, each in functional_mappings().items() if need["fps"] in each.secondary}
            hit = sum(bool(m.failed & (first or second)) for m in tested)
            put("need_failed", hit, len(tested), subject=need["key"], sure=True)

    def _estimate(  # noqa: PLR0917 - one shape for all criteria
        self,
        put: _Putter,
        name: str,
        subject: str,
        tested: list[Member],
        bad: list[Member],
        register: Mapping[str, Mapping[str, int]],
    ) -> None:
        share = variance = 0.0
        for level, size in register["level"].items():
            own = [m for m in tested if level in _groups(m.site)["level"]]
            if size and not own:
                return
            if not size:
                continue
            part = sum(m in bad for m in own) / len(own)
            weight = size / len(self._sites)
            share += weight * part
            spread = part * (1 - part) / (len(own) - 1) if len(own) > 1 else 0.25
            variance += weight**2 * (1 - len(own) / size) * spread
        effective = share * (1 - share) / variance if variance > 0 and 0 < share < 1 else len(tested)
        low, high = halved(share, effective)
        put.figures[put.key(name, subject=subject)] = Expected(len(bad), len(tested), share, low, high)

    def _development(self, sample: sqlite3.Row, before: list[Member], now: list[Member]) -> None:
        put = _Putter(self.figures, sample["year"], sample["method"])
        old, new = ([m for m in members if m.site.answers] for members in (before, now))
        if old and new:
            self._change(put, "any_failed_change", self._profile.id, old, new, bool)
            for num in self._profile.criteria:
                self._change(put, "criterion_failed_change", num, old, new, partial(_has, num))
        then = {m.site.url: m.failed for m in old}
        both = [(then[m.site.url], m.failed) for m in new if m.site.url in then]
        put("again_tested", len(both), len(new))
        steps = [len(b) - len(a) for a, b in both]
        put("again_fewer", sum(step < 0 for step in steps), len(both), sure=True)
        put("again_same", sum(step == 0 for step in steps), len(both), sure=True)
        put("again_more", sum(step > 0 for step in steps), len(both), sure=True)
        all_pairs = sum(len(a | b) for a, b in both)
        put("again_gone", sum(len(a - b) for a, b in both), all_pairs)
        put("again_still", sum(len(a & b) for a, b in both), all_pairs)
        put("again_new", sum(len(b - a) for a, b in both), all_pairs)

    @staticmethod
    def _change(  # noqa: PLR0917 - one shape for all criteria
        put: _Putter,
        name: str,
        subject: str,
        old: list[Member],
        new: list[Member],
        fails: Callable[[frozenset[str]], bool],
    ) -> None:
        a, b = (sum(fails(m.failed) for m in members) / len(members) for members in (old, new))
        (low_a, high_a), (low_b, high_b) = halved(a, len(old)), halved(b, len(new))
        low = (b - a) - sqrt((b - low_b) ** 2 + (high_a - a) ** 2)
        high = (b - a) + sqrt((high_b - b) ** 2 + (a - low_a) ** 2)
        put.figures[put.key(name, subject=subject)] = Expected(None, len(new), b - a, low, high)


@dataclass(frozen=True)
class _Putter:
    figures: dict[Key, Expected]
    year: int
    method: str

    def key(self, name: str, *, by: str = "all", group: str = "", subject: str = "") -> Key:
        return name, self.year, self.method, by, group, subject

    def __call__(self, name: str, count: int, of: int, *, sure: bool = False, **at: str) -> None:
        low, high = halved(count / of, of) if sure and of else (None, None)
        self.figures[self.key(name, **at)] = Expected(count, of, count / of if of else None, low, high)

    def number(self, name: str, value: float, of: int, **at: str) -> None:
        self.figures[self.key(name, **at)] = Expected(None, of, value)


@cache
def halved(share: float, of: float) -> tuple[float, float]:
    """Return Wilson's interval: the shares that lie just Z standard errors, their own, from the one that was seen."""

    def is_far(guess: float) -> bool:
        return abs(guess - share) > Z * sqrt(guess * (1 - guess) / of)

    bounds = []
    for end in (0.0, 1.0):
        inside, outside = share, end
        if not is_far(end) and share == end:
            bounds.append(end)
            continue
        for _ in range(HALVINGS):
            middle = (inside + outside) / 2
            inside, outside = (inside, middle) if is_far(middle) else (middle, outside)
        bounds.append(inside)
    return bounds[0], bounds[1]


def differences(written: Iterable[Mapping[str, Any]], expected: Mapping[Key, Expected]) -> list[str]:
    """Return in words how the figures of a report differ from the expected ones; none if they are equal."""
    found = {(row["name"], row["year"], row["method"], row["by"], row["group"], row["subject"]): row for row in written}
    said = [f"{key}: not expected" for key in found.keys() - expected.keys()]
    said += [f"{key}: missing" for key in expected.keys() - found.keys()]
    for key in found.keys() & expected.keys():
        row, want = found[key], expected[key]
        for name in ("count", "of", "value", "low", "high"):
            if not _equal(row[name], getattr(want, name)):
                said.append(f"{key}: {name} is {row[name]}, not {getattr(want, name)}")
    return sorted(said)


def _equal(found: float | None, wanted: float | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return abs(found - wanted) < 1e-9


def _has(num: str, failed: frozenset[str]) -> bool:
    return num in failed


def _middle(counts: list[int], share: float) -> float:
    """Return the number below which a share of the counts lies, between two counts in proportion."""
    ordered = sorted(counts)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _groups(site: PlannedSite) -> dict[str, list[str]]:
    names = {level["key"]: level["name"] for level in decision()["site_sample_selection"]["levels"]}
    return {
        "level": [names[site.level]],
        "service": [service.replace("-", " ") for service in site.services],
        "territory": [site.territory[:3]],
    }


@dataclass(frozen=True)
class _Seen:
    """What the engine did on a site: rules that ran, its rules, and the checks that said something of a statement."""

    ran: frozenset[str]
    rules: frozenset[str]
    said: frozenset[str] | None


def _observed(scan: Path) -> _Seen:
    """Return what the engine did on a crawled site."""
    with sqlite3.connect(f"file:{scan}?mode=ro", uri=True) as database:
        query = "SELECT rule_outcomes FROM page UNION ALL SELECT rule_outcomes FROM document WHERE reason = ''"
        ran = {rule for (text,) in database.execute(query) for rule in json.loads(text)}
        checks = database.execute("SELECT url, check_id, outcome FROM statement_check").fetchall()
        rules = {name for (name,) in database.execute("SELECT id FROM rule WHERE engine != 'style'")}
    database.close()
    said = frozenset(check for url, check, outcome in checks if url and outcome in ("failed", "cantTell", "passed"))
    return _Seen(frozenset(ran), frozenset(rules), said if checks else None)
