"""Computes the report's figures from its rounds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles

from checks import standards
from monitoring.member_state.figures import ALL, LEVEL, SERVICE, TERRITORY, Figure, Figures
from monitoring.member_state.intervals import Estimate, Stratum, difference, weighted, wilson
from monitoring.member_state.rounds import MonitoredSite, Round, Tested
from monitoring.register.model import LEVELS, SERVICES
from monitoring.sample.draw import spoken
from reports.analysis import Verdict

Pair = tuple[MonitoredSite, Tested]
EUROPEAN = ("en301549-v3.2.1", "en301549-v4.1.1")
VERDICT_FIGURES = {
    Verdict.FAILED: "criterion_failed",
    Verdict.PERSON_MUST_LOOK: "criterion_person",
    Verdict.NOTHING_FOUND: "criterion_nothing",
    Verdict.NO_RULE: "criterion_untested",
    Verdict.SATISFIED: "criterion_satisfied",
}
GROUPS_OF: Mapping[str, Callable[[MonitoredSite], Sequence[str]]] = {
    LEVEL: lambda site: (LEVELS[site.level],),
    SERVICE: lambda site: list(map(spoken, site.services)),
    TERRITORY: lambda site: (site.territory,),
}
"""The groups of a site, by grouping: a site of several services counts in each."""


def compute(rounds: Sequence[Round]) -> Figures:
    """Return all figures of these rounds, which are in the order of their years."""
    figures = Figures()
    for each in rounds:
        _Sums(figures, each).run()
    by_method: dict[str, list[Round]] = defaultdict(list)
    for each in rounds:
        by_method[each.method].append(each)
    for of_method in by_method.values():
        for before, now in pairwise(of_method):
            _Development(figures, now, before.year).run(before)
    return figures


def groups_in(round_: Round) -> dict[str, list[str]]:
    """Return the groups of each grouping: the Decision's levels and services, and all of register and sample."""
    known = {
        LEVEL: list(LEVELS.values()),
        SERVICE: list(map(spoken, SERVICES)),
        TERRITORY: [],
    }
    return {
        by: list(
            dict.fromkeys(
                [
                    *known[by],
                    *sorted(
                        {group for way, group in round_.register if way == by}
                        | {group for site in round_.sites for group in GROUPS_OF[by](site)}
                    ),
                ]
            )
        )
        for by in GROUPS_OF
    }


def measured_by(tested: Tested) -> list[str]:
    """Return the standards that a scan can speak for: its own, and a European one all of whose criteria it judged.

    Criteria that are met by definition need no judgement: V3.2.1 has 4.1.1, V4.1.1 has dropped it.
    """
    others = [
        each.id
        for each in map(standards.profile, EUROPEAN)
        if each.id != tested.profile and set(each.criteria) - set(each.satisfied) <= set(tested.verdicts)
    ]
    return [tested.profile, *others]


def serves(need: str) -> frozenset[str]:
    """Return the criteria that serve a need of the Decision first: the relationship P of EN 301 549's Table B.2.

    No criterion serves usage without vocal capability first: for such a need those that serve it second (S) count.
    """
    statements = {key for key, each in standards.functional_statements().items() if each.need == need}
    mappings = standards.functional_mappings()
    first = frozenset(num for num, mapping in mappings.items() if statements & set(mapping.primary))
    return first or frozenset(num for num, mapping in mappings.items() if statements & set(mapping.secondary))


def needs() -> dict[str, str]:
    """Return the letters of the nine user needs with the functional performance statement of each."""
    return {each.need: f"{key} {each.title}" for key, each in standards.functional_statements().items() if each.need}


@dataclass(frozen=True, slots=True)
class _Figures:
    """Adds the figures of one round; `since` is the year that it is compared with."""

    figures: Figures
    round: Round
    since: int | None = None

    def add(  # noqa: PLR0917 - the shape of a figure
        self,
        name: str,
        count: int | None,
        of: int,
        subject: str = "",
        by: str = ALL,
        group: str = "",
        *,
        sure: bool = False,
        value: float | None = None,
        found: Estimate | None = None,
        of_before: int | None = None,
    ) -> None:
        """Add a figure. Its share is `value`, that of `found`, or count by denominator; `sure` gives it an interval."""
        low, high = wilson(count, of) if sure and of and count is not None else (None, None)
        if found is not None:
            value, low, high = found.share, found.low, found.high
        elif value is None and count is not None and of:
            value = count / of
        self.figures.add(
            Figure(
                name, self.round.year, self.round.period, self.round.method, by, group, subject, count, of, value, low,
                high, self.since, of_before,
            )
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sums(_Figures):
    """The figures of one round."""

    def run(self) -> None:
        self._sample()
        tested = self.round.tested
        self._outcome(tested)
        self._criteria(tested)
        self._needs_and_rules(tested)
        self._statements(tested)
        for by, groups in groups_in(self.round).items():
            for group in groups:
                members = [pair for pair in tested if group in GROUPS_OF[by](pair[0])]
                if members:
                    self._outcome(members, by, group)
                    self._failed_by_criterion(members, by, group)

    def _sample(self) -> None:
        each, size = self.round, len(self.round.sites)
        self.add("sample_size", size, int(each.kept.row["facts"]["size_by_formula"]))
        self.add("register_sites", each.register_size, each.register_size)
        self.add("sample_sites", size, size)
        self.add("recurring_sites", sum(site.is_recurring for site in each.sites), size)
        self.add("nominated_sites", sum(bool(site.nominated_by) for site in each.sites), size)
        self.add("replaced_sites", len(each.kept.changes), size)
        self.add("tested_sites", len(each.tested), size)
        self.add("pages", sum(tested.n_pages for _, tested in each.tested), len(each.tested))
        self.add("documents", sum(tested.n_documents for _, tested in each.tested), len(each.tested))
        for by, groups in groups_in(each).items():
            for group in groups:
                members = [site for site in each.sites if group in GROUPS_OF[by](site)]
                self.add("register_sites", each.register.get((by, group), 0), each.register_size, by=by, group=group)
                self.add("sample_sites", len(members), size, by=by, group=group)
                done = sum(site.tested is not None for site in members)
                self.add("tested_sites", done, len(members), by=by, group=group)

    def _outcome(self, pairs: list[Pair], by: str = ALL, group: str = "") -> None:
        for name, members in _by_standard(pairs).items():
            asked = set(standards.profile(name).criteria)
            bad = [pair for pair in members if pair[1].failed & asked]
            self.add("any_failed", len(bad), len(members), name, by, group, sure=True)
            if by == ALL:
                self._estimate("any_failed_register", members, bad, name)
        counts = sorted(len(tested.failed) for _, tested in pairs)
        self.add("failing_mean", sum(counts), len(counts), by=by, group=group)
        if not counts:
            return
        self.add("failing_median", None, len(counts), by=by, group=group, value=float(median(counts)))
        if by == ALL:
            lower, _, upper = quantiles(counts, n=4, method="inclusive") if len(counts) > 1 else counts * 3
            self.add("failing_lower", None, len(counts), value=float(lower))
            self.add("failing_upper", None, len(counts), value=float(upper))
            self.add("failing_most", None, len(counts), value=float(counts[-1]))
            sites = Counter(counts)
            for number in range(counts[-1] + 1):
                self.add("sites_by_failing", sites[number], len(counts), str(number))

    def _estimate(self, name: str, members: list[Pair], bad: list[Pair], subject: str) -> None:
        found = weighted(
            Stratum(
                self.round.register.get((LEVEL, title), 0),
                sum(site.level == level for site, _ in members),
                sum(site.level == level for site, _ in bad),
            )
            for level, title in LEVELS.items()
        )
        if found is not None:
            self.add(name, len(bad), len(members), subject, found=found)

    def _criteria(self, pairs: list[Pair]) -> None:
        for num in _criteria_of(pairs):
            having = [pair for pair in pairs if num in pair[1].verdicts]
            verdicts = Counter(tested.verdicts[num] for _, tested in having)
            for verdict, name in VERDICT_FIGURES.items():
                self.add(name, verdicts[verdict], len(having), num, sure=verdict is Verdict.FAILED)
            bad = [pair for pair in having if pair[1].verdicts[num] is Verdict.FAILED]
            self._estimate("criterion_failed_register", having, bad, num)
            self.add(
                "criterion_pages",
                sum(tested.pages_failed.get(num, 0) for _, tested in having),
                sum(tested.n_pages + tested.n_documents for _, tested in having),
                num,
            )

    def _failed_by_criterion(self, pairs: list[Pair], by: str, group: str) -> None:
        for num in _criteria_of(pairs):
            having = [tested for _, tested in pairs if num in tested.verdicts]
            failed = sum(tested.verdicts[num] is Verdict.FAILED for tested in having)
            self.add("criterion_failed", failed, len(having), num, by, group, sure=True)

    def _needs_and_rules(self, pairs: list[Pair]) -> None:
        for need in needs():
            criteria = serves(need)
            self.add("need_failed", sum(bool(t.failed & criteria) for _, t in pairs), len(pairs), need, sure=True)
        for rule in sorted(self.round.rules):
            having = [tested for _, tested in pairs if rule in tested.rules]
            self.add("rule_failed", sum(rule in t.rules_failed for t in having), len(having), rule, sure=True)

    def _statements(self, pairs: list[Pair]) -> None:
        looked = [tested.statement for _, tested in pairs if tested.statement is not None]
        found = [statement for statement in looked if statement]
        self.add("statement_found", len(found), len(looked), sure=True)
        for check in self.round.check_titles:
            said = [s[check] for s in found if s.get(check) in ("failed", "cantTell", "passed")]
            if said:
                self.add("statement_failed", said.count("failed"), len(said), check, sure=True)


@dataclass(frozen=True, slots=True)
class _Development(_Figures):
    """The figures that compare a round with the one before, by the same method."""

    def run(self, before: Round) -> None:
        then, today = _by_standard(before.tested), _by_standard(self.round.tested)
        for name in today:
            if name in then:
                asked = set(standards.profile(name).criteria)
                bad = [[pair for pair in pairs if pair[1].failed & asked] for pairs in (then[name], today[name])]
                self._change("any_failed_change", name, (len(bad[0]), len(then[name])), (len(bad[1]), len(today[name])))
        both = (before.tested, self.round.tested)
        for num in _criteria_of(both[1]):
            pairs = [[t for _, t in part if num in t.verdicts] for part in both]
            if pairs[0] and pairs[1]:
                old, new = ((sum(t.verdicts[num] is Verdict.FAILED for t in part), len(part)) for part in pairs)
                self._change("criterion_failed_change", num, old, new)
        self._again(before)

    def _change(self, name: str, subject: str, old: tuple[int, int], new: tuple[int, int]) -> None:
        self.add(name, None, new[1], subject, found=difference(*old, *new), of_before=old[1])

    def _again(self, before: Round) -> None:
        then = {site.key: tested for site, tested in before.tested}
        both = [(then[site.key], tested) for site, tested in self.round.tested if site.key in then]
        self.add("again_tested", len(both), len(self.round.tested))
        moves: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for old, new in both:
            asked = set(old.verdicts) & set(new.verdicts)
            failed_then, failed_now = old.failed & asked, new.failed & asked
            step = len(failed_now) - len(failed_then)
            moves["again_fewer" if step < 0 else "again_more" if step > 0 else "again_same"] += 1
            pairs["again_gone"] += len(failed_then - failed_now)
            pairs["again_still"] += len(failed_then & failed_now)
            pairs["again_new"] += len(failed_now - failed_then)
        for name in ("again_fewer", "again_same", "again_more"):
            self.add(name, moves[name], len(both), sure=True)
        for name in ("again_gone", "again_still", "again_new"):
            self.add(name, pairs[name], sum(pairs.values()))


def _by_standard(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        for name in measured_by(pair[1]):
            found[name].append(pair)
    return dict(found)


def _criteria_of(pairs: Iterable[Pair]) -> list[str]:
    having = {num for _, tested in pairs for num in tested.verdicts}
    return [num for num in standards.criteria() if num in having]
