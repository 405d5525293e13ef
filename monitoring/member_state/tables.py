"""The report's tables and charts: views of its figures, each number with its denominator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checks import standards
from checks.standards import left_to_people
from monitoring.member_state.amounts import NONE, cell, change, counted, interval, part, percent, share
from monitoring.member_state.compute import EUROPEAN, VERDICT_FIGURES, needs, serves
from monitoring.member_state.figures import ALL, DEFINITIONS, Figure, Figures
from monitoring.member_state.rounds import Round, Rule
from monitoring.member_state.texts import CHECKED_BY, GROUP_NAMES, GROUPED_CRITERIA, GROUPED_FAILING, ROUNDS
from monitoring.writing.blocks import Bar, Chart, Table
from reports.analysis.criteria import VERDICT_LABELS
from reports.wording import decimal, holding, labelled, number, of_rule, say, say_n

TOP = 10


@dataclass(frozen=True, slots=True)
class Views:
    """Makes tables and charts of the figures of some rounds."""

    figures: Figures
    rounds: Sequence[Round]

    def label(self, each: Round) -> str:
        """Return how a round is named in a column: its year, and the method where there are two."""
        if len({r.method for r in self.rounds}) == 1:
            return str(each.year)
        return say(ROUNDS[each.method], year=each.year)

    def get(self, name: str, each: Round, *, by: str = ALL, group: str = "", subject: str = "") -> Figure | None:
        """Return a figure of a round, or None."""
        return self.figures.get(name, each.year, each.method, by=by, group=group, subject=subject)

    def by_round(self, caption: str, names: Iterable[str]) -> Table:
        """Return a table with a row for each figure and a column for each round."""
        rows = [[say(DEFINITIONS[name].title), *(cell(self.get(name, each)) for each in self.rounds)] for name in names]
        return self._table(caption, say("What is counted"), rows)

    def groups(self, caption: str, by: str) -> Table:
        """Return the sample by group: sites in the sample and of the register, for each round."""
        columns = [say(GROUP_NAMES[by])]
        for each in self.rounds:
            columns += [
                say("%(round)s: register", round=self.label(each)),
                say("%(round)s: sample", round=self.label(each)),
                say("%(round)s: with a result", round=self.label(each)),
            ]
        rows = []
        for group in self._groups(by):
            row = [say(group)]
            for each in self.rounds:
                row += [
                    cell(self.get(name, each, by=by, group=group))
                    for name in ("register_sites", "sample_sites", "tested_sites")
                ]
            rows.append(row)
        return Table(caption, columns, rows, _all_but_first(columns))

    def outcomes(self, each: Round) -> Table:
        """Return what the scans of a round say of each criterion."""
        names = list(VERDICT_FIGURES.values())
        columns = [
            say("Success criterion"), say("Level"), say("Clause in V3.2.1"), say("Clause in V4.1.1"),
            say("Sites with a result"), *(say(VERDICT_LABELS[verdict]) for verdict in VERDICT_FIGURES),
            say("Share with barriers, 95 % interval"), say("Estimate for the register"),
            say("Pages and documents with barriers"),
        ]  # fmt: skip
        rows = []
        for num in self.figures.subjects("criterion_failed", each.method):
            found = {name: self.get(name, each, subject=num) for name in names}
            failed = found["criterion_failed"]
            if failed is None:
                continue
            rows.append(
                [
                    criterion_title(num), standards.criteria()[num].level, *(clause(name, num) for name in EUROPEAN),
                    number(failed.of), *(number(f.count or 0) if f else NONE for f in found.values()), share(failed),
                    share(self.get("criterion_failed_register", each, subject=num)),
                    cell(self.get("criterion_pages", each, subject=num)),
                ]
            )  # fmt: skip
        return Table(
            say("Outcome of each success criterion, %(round)s: number of sites", round=self.label(each)), columns, rows,
            frozenset(range(4, len(columns))), is_long=True,
        )  # fmt: skip

    def failing_chart(self, each: Round) -> Chart:
        """Return the criteria that most sites fail, with intervals."""
        found = self._most("criterion_failed", each)
        title = say("Criteria that most sites fail, %(round)s: share of sites with a result", round=self.label(each))
        rows = [[criterion_title(f.subject), clause(EUROPEAN[0], f.subject), *_parts(f)] for f in found]
        columns = [say("Success criterion"), say("Clause"), say("Sites"), say("Share"), say("95 % interval")]
        table = Table(title, columns, rows, frozenset({2, 3, 4}))
        return Chart(title, [_bar(criterion_title(f.subject), f) for f in found], 1.0, table)

    def needs_chart(self, each: Round) -> Chart:
        """Return the share of sites with a barrier to each of the nine user needs."""
        title = say(
            "Sites with a barrier to each user need, %(round)s: share of sites with a result", round=self.label(each)
        )
        found = [(need_title(need), f) for need in needs() if (f := self.get("need_failed", each, subject=need))]
        rows = [[words, *_parts(f)] for words, f in found]
        columns = [say("User need"), say("Sites"), say("Share"), say("95 % interval")]
        table = Table(title, columns, rows, frozenset({1, 2, 3}))
        return Chart(title, [_bar(words, f) for words, f in found], 1.0, table)

    def distribution(self, each: Round) -> Chart:
        """Return how many sites have how many failing criteria."""
        found = [
            f for subject in self.figures.subjects("sites_by_failing", each.method)
            if (f := self.get("sites_by_failing", each, subject=subject))
        ]  # fmt: skip
        title = say("Sites by their number of failing criteria, %(round)s", round=self.label(each))
        rows = [[f.subject, cell(f)] for f in found]
        table = Table(title, [say("Failing criteria"), say("Sites")], rows, frozenset({1}))
        top = max((f.count or 0 for f in found), default=0)
        return Chart(title, [Bar(_failing(f.subject), f.count or 0, cell(f)) for f in found], float(top or 1), table)

    def rules(self, each: Round) -> Table:
        """Return the rules that most sites fail."""
        rows = [
            [
                of_rule(each.rules[f.subject].title),
                f.subject,
                ", ".join(each.rules[f.subject].wcag) or NONE,
                cell(f),
                share(f),
            ]
            for f in self._most("rule_failed", each)
        ]
        columns = [
            say("What must hold"), say("Rule"), say("Criteria"), say("Sites that fail it"), say("Share, 95 % interval"),
        ]  # fmt: skip
        return Table(
            say("Rules that most sites fail, %(round)s", round=self.label(each)), columns, rows, frozenset({3, 4})
        )

    def by_group(self, by: str) -> Table:
        """Return, for each group, how many sites fail a criterion and how many criteria a site fails."""
        columns = [say(GROUP_NAMES[by])]
        for each in self.rounds:
            columns += [
                say("%(round)s: sites that fail a criterion", round=self.label(each)),
                say("%(round)s: failing criteria a site", round=self.label(each)),
            ]
        rows = []
        for group in self._groups(by):
            row = [say(group)]
            for each in self.rounds:
                found = self.get("any_failed", each, by=by, group=group, subject=_standard_of(each))
                mean, middle = (self.get(n, each, by=by, group=group) for n in ("failing_mean", "failing_median"))
                row.append(counted(found) if found else say("no site with a result"))
                row.append(_middle(mean, middle))
            rows.append(row)
        return Table(say(GROUPED_FAILING[by]), columns, rows, _all_but_first(columns))

    def criteria_by_group(self, by: str, each: Round) -> Table:
        """Return, for each criterion that a site fails, the share of sites in each group that do."""
        groups = [g for g in self._groups(by) if self.get("failing_mean", each, by=by, group=g)]
        rows = []
        for num in self.figures.subjects("criterion_failed", each.method):
            whole = self.get("criterion_failed", each, subject=num)
            if whole is None or not whole.count:
                continue
            cells = (self.get("criterion_failed", each, by=by, group=group, subject=num) for group in groups)
            rows.append([criterion_title(num), *(counted(f) if f else NONE for f in (whole, *cells))])
        columns = [say("Success criterion"), say("All sites"), *map(say, groups)]
        caption = say(GROUPED_CRITERIA[by], round=self.label(each))
        return Table(caption, columns, rows, _all_but_first(columns), is_long=True)

    def standards(self) -> Table:
        """Return how many sites fail a criterion of each standard that the scans can speak for."""
        rows = [
            [standards.profile(name).title, *(self._both(each, name) for each in self.rounds)]
            for name in self.figures.subjects("any_failed")
        ]
        return self._table(say("Sites that fail at least one criterion of the standard"), say("Standard"), rows)

    def development(self, before: Round, now: Round) -> list[Table]:
        """Return how the shares changed between two rounds, and what became of the sites tested in both."""
        rows = []
        for name, subject in [
            *(("any_failed_change", s) for s in self.figures.subjects("any_failed_change", now.method)),
            *(("criterion_failed_change", s) for s in self.figures.subjects("criterion_failed_change", now.method)),
        ]:
            found = self.get(name, now, subject=subject)
            plain = name.removesuffix("_change")
            pair = [self.get(plain, each, subject=subject) for each in (before, now)]
            if found is None or not any(f and f.count for f in pair):
                continue
            title = criterion_title(subject) if plain == "criterion_failed" else _any(subject)
            rows.append([title, *(labelled(cell(f), percent(f.value if f else None)) for f in pair), change(found)])
        names = [self.label(before), self.label(now)]
        again = [
            [say(DEFINITIONS[name].title), cell(f), share(f)]
            for name in (
                "again_tested", "again_fewer", "again_same", "again_more", "again_gone", "again_still", "again_new",
            )
            if (f := self.get(name, now)) is not None
        ]  # fmt: skip
        return [
            Table(
                say("Share of sites that fail, %(before)s and %(now)s", before=names[0], now=names[1]),
                [say("What fails"), *names, say("Change in percentage points, 95 % interval")], rows,
                frozenset({1, 2, 3}), is_long=True,
            ),
            Table(
                say("Sites tested in both %(before)s and %(now)s", before=names[0], now=names[1]),
                [say("What is counted"), say("Number"), say("Share")], again, frozenset({1, 2}),
            ),
        ]  # fmt: skip

    def statements(self) -> Table:
        """Return how many sites have a statement, and what is wrong with those."""
        titles = {check: title for each in self.rounds for check, title in each.check_titles.items()}
        rows = [[say("A statement was found"), *(self._found(each, "statement_found") for each in self.rounds)]]
        for check in self.figures.subjects("statement_failed"):
            cells = [self._found(each, "statement_failed", check) for each in self.rounds]
            title = of_rule(titles[check])
            rows.append([holding(say("Fails %(check)s: %(title)s", check=check, title=title), title), *cells])
        return self._table(say("Accessibility statements: sites"), say("What was found"), rows)

    def correlation(self) -> Table:
        """Return which rules look at each clause, which user needs it serves, and what is left to people."""
        rules: dict[str, Rule] = {}
        for each in self.rounds:
            rules |= each.rules
        rows = []
        for num in self.figures.subjects("criterion_failed"):
            of_num = sorted(rule.id for rule in rules.values() if num in rule.wcag)
            kinds = dict.fromkeys(say(CHECKED_BY.get(rules[rule].kind, rules[rule].kind)) for rule in of_num)
            first = [need for need in needs() if num in serves(need)]
            rows.append(
                [
                    criterion_title(num), clause(EUROPEAN[0], num), clause(EUROPEAN[1], num),
                    "; ".join(kinds) or say("No automated check"), ", ".join(of_num) or NONE,
                    ", ".join(first) or say("not in Table B.2"), of_rule(left_to_people().get(num, "")) or NONE,
                ]
            )  # fmt: skip
        columns = [
            say("Success criterion"), say("Clause in V3.2.1"), say("Clause in V4.1.1"), say("How it is checked"),
            say("Rules"), say("User needs that it serves first"), say("What a person must judge"),
        ]  # fmt: skip
        return Table(say("How the checks correspond to the requirements"), columns, rows, is_long=True)

    def need_correlation(self) -> Table:
        """Return, for each user need, how many criteria serve it first and how many of those have a rule."""
        ruled = {num for each in self.rounds for rule in each.rules.values() for num in rule.wcag}
        asked = set(self.figures.subjects("criterion_failed"))
        rows = []
        for need in needs():
            of_need = {num for num in serves(need) & asked if not standards.criteria()[num].satisfied_by_definition}
            none = sorted(of_need - ruled, key=list(standards.criteria()).index)
            rows.append(
                [
                    need_title(need),
                    number(len(of_need)),
                    part(len(of_need & ruled), len(of_need)),
                    ", ".join(none) or say("none"),
                ]
            )
        columns = [
            say("User need and functional performance statement"),
            say("Criteria"),
            say("With a rule"),
            say("Criteria without a rule"),
        ]
        return Table(
            say("User needs that the checks relate to (Annex I, point 1.3.2)"), columns, rows, frozenset({1, 2})
        )

    def _most(self, name: str, each: Round) -> list[Figure]:
        found = [
            f for s in self.figures.subjects(name, each.method) if (f := self.get(name, each, subject=s)) and f.count
        ]
        return sorted(found, key=lambda f: (-(f.value or 0), -(f.count or 0), f.subject))[:TOP]

    def _groups(self, by: str) -> list[str]:
        return list(dict.fromkeys(g for each in self.rounds for g in self.figures.groups(by, each.method)))

    def _both(self, each: Round, name: str) -> str:
        found = self.get("any_failed", each, subject=name)
        if found is None:
            return say("not measured")
        estimate = self.get("any_failed_register", each, subject=name)
        own = counted(found)
        if not estimate:
            return own
        return f"{own}; {say('all of the register: %(share)s', share=share(estimate))}"

    def _found(self, each: Round, name: str, subject: str = "") -> str:
        found = self.get(name, each, subject=subject)
        return counted(found) if found is not None and found.of else say("not looked for")

    def _table(self, caption: str, first: str, rows: list[list[str]]) -> Table:
        columns = [first, *map(self.label, self.rounds)]
        return Table(caption, columns, rows, _all_but_first(columns))


def criterion_title(num: str) -> str:
    """Return number and name of a criterion."""
    handle = of_rule(standards.criteria()[num].handle)
    return holding(f"{num} {handle}", handle)


def need_title(need: str) -> str:
    """Return a user need by its letter, with the functional performance statement."""
    clause_, title = needs()[need].split(" ", 1)
    words = of_rule(title)
    return holding(f"{need}) {clause_} {words}", words)


def clause(standard: str, num: str) -> str:
    """Return a standard's clause for a criterion, or a dash."""
    return standards.profile(standard).clauses.get(num, NONE)


def _standard_of(each: Round) -> str:
    profiles: dict[str, int] = defaultdict(int)
    for _, tested in each.tested:
        profiles[tested.profile] += 1
    return max(profiles, key=lambda name: profiles[name], default="")


def _parts(figure: Figure) -> list[str]:
    return [cell(figure), percent(figure.value), interval(figure)]


def _bar(label: str, figure: Figure) -> Bar:
    return Bar(label, figure.value or 0.0, counted(figure), figure.low, figure.high)


def _failing(count: str) -> str:
    return say_n("%(n)s criterion", "%(n)s criteria", int(count))


def _any(standard: str) -> str:
    return say("At least one criterion of %(standard)s", standard=standards.profile(standard).title)


def _middle(mean: Figure | None, median: Figure | None) -> str:
    if mean is None or median is None:
        return NONE
    return say("mean %(mean)s, median %(median)s", mean=decimal(mean.value), median=decimal(median.value))


def _all_but_first(columns: Sequence[str]) -> frozenset[int]:
    return frozenset(range(1, len(columns)))
