"""The report's tables and charts: views of its figures, each number with its denominator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checks import standards
from checks.standards import left_to_people
from monitoring.member_state.compute import EUROPEAN, VERDICT_FIGURES, needs, serves
from monitoring.member_state.figures import ALL, DEFINITIONS, LEVEL, SERVICE, TERRITORY, Figure, Figures
from monitoring.member_state.rounds import Round, Rule
from monitoring.writing.blocks import Bar, Chart, Table
from reports.analysis.criteria import VERDICT_LABELS
from reports.analysis.words import count
from reports.wording import decimal

TOP = 10
NONE = "–"
GROUP_WORDS = {LEVEL: "category", SERVICE: "public service", TERRITORY: "territory (NUTS 1)"}
_KINDS = {
    "engine": "axe-core, in the browser",
    "page": "Curbcut, the page’s code",
    "rendered": "Curbcut, the page in use",
    "site": "Curbcut, pages compared",
    "document": "Curbcut, documents",
}


@dataclass(frozen=True, slots=True)
class Views:
    """Makes tables and charts of the figures of some rounds."""

    figures: Figures
    rounds: Sequence[Round]

    def label(self, each: Round) -> str:
        """Return how a round is named in a column: its year, and the method where there are two."""
        return str(each.year) if len({r.method for r in self.rounds}) == 1 else f"{each.year} {each.method}"

    def get(self, name: str, each: Round, *, by: str = ALL, group: str = "", subject: str = "") -> Figure | None:
        """Return a figure of a round, or None."""
        return self.figures.get(name, each.year, each.method, by=by, group=group, subject=subject)

    def by_round(self, caption: str, names: Iterable[str]) -> Table:
        """Return a table with a row for each figure and a column for each round."""
        rows = [[DEFINITIONS[name].title, *(cell(self.get(name, each)) for each in self.rounds)] for name in names]
        return self._table(caption, "What is counted", rows)

    def groups(self, caption: str, by: str) -> Table:
        """Return the sample by group: sites in the sample and of the register, for each round."""
        columns = [GROUP_WORDS[by].capitalize()]
        for each in self.rounds:
            columns += [
                f"{self.label(each)}: register",
                f"{self.label(each)}: sample",
                f"{self.label(each)}: with a result",
            ]
        rows = []
        for group in self._groups(by):
            row = [group]
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
            "Success criterion", "Level", "Clause in V3.2.1", "Clause in V4.1.1", "Sites with a result",
            *(VERDICT_LABELS[verdict] for verdict in VERDICT_FIGURES),
            "Share with barriers, 95 % interval", "Estimate for the register", "Pages and documents with barriers",
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
                    str(failed.of), *(str(f.count) if f else NONE for f in found.values()), share(failed),
                    share(self.get("criterion_failed_register", each, subject=num)),
                    cell(self.get("criterion_pages", each, subject=num)),
                ]
            )  # fmt: skip
        return Table(
            f"Outcome of each success criterion, {self.label(each)}: number of sites", columns, rows,
            frozenset(range(4, len(columns))), is_long=True,
        )  # fmt: skip

    def failing_chart(self, each: Round) -> Chart:
        """Return the criteria that most sites fail, with intervals."""
        found = self._most("criterion_failed", each)
        title = f"Criteria that most sites fail, {self.label(each)}: share of sites with a result"
        rows = [[criterion_title(f.subject), clause(EUROPEAN[0], f.subject), *_parts(f)] for f in found]
        table = Table(
            title, ["Success criterion", "Clause", "Sites", "Share", "95 % interval"], rows, frozenset({2, 3, 4})
        )
        return Chart(title, [_bar(criterion_title(f.subject), f) for f in found], 1.0, table)

    def needs_chart(self, each: Round) -> Chart:
        """Return the share of sites with a barrier to each of the nine user needs."""
        title = f"Sites with a barrier to each user need, {self.label(each)}: share of sites with a result"
        found = [
            (need, words, f) for need, words in needs().items() if (f := self.get("need_failed", each, subject=need))
        ]
        rows = [[f"{need}) {words}", *_parts(f)] for need, words, f in found]
        table = Table(title, ["User need", "Sites", "Share", "95 % interval"], rows, frozenset({1, 2, 3}))
        return Chart(title, [_bar(f"{need}) {words}", f) for need, words, f in found], 1.0, table)

    def distribution(self, each: Round) -> Chart:
        """Return how many sites have how many failing criteria."""
        found = [
            f for subject in self.figures.subjects("sites_by_failing", each.method)
            if (f := self.get("sites_by_failing", each, subject=subject))
        ]  # fmt: skip
        title = f"Sites by their number of failing criteria, {self.label(each)}"
        rows = [[f.subject, cell(f)] for f in found]
        table = Table(title, ["Failing criteria", "Sites"], rows, frozenset({1}))
        top = max((f.count or 0 for f in found), default=0)
        return Chart(title, [Bar(_failing(f.subject), f.count or 0, cell(f)) for f in found], float(top or 1), table)

    def rules(self, each: Round) -> Table:
        """Return the rules that most sites fail."""
        rows = [
            [each.rules[f.subject].title, f.subject, ", ".join(each.rules[f.subject].wcag) or NONE, cell(f), share(f)]
            for f in self._most("rule_failed", each)
        ]
        columns = ["What must hold", "Rule", "Criteria", "Sites that fail it", "Share, 95 % interval"]
        return Table(f"Rules that most sites fail, {self.label(each)}", columns, rows, frozenset({3, 4}))

    def by_group(self, by: str) -> Table:
        """Return, for each group, how many sites fail a criterion and how many criteria a site fails."""
        columns = [GROUP_WORDS[by].capitalize()]
        for each in self.rounds:
            columns += [
                f"{self.label(each)}: sites that fail a criterion",
                f"{self.label(each)}: failing criteria a site",
            ]
        rows = []
        for group in self._groups(by):
            row = [group]
            for each in self.rounds:
                found = self.get("any_failed", each, by=by, group=group, subject=_standard_of(each))
                mean, middle = (self.get(n, each, by=by, group=group) for n in ("failing_mean", "failing_median"))
                row.append(f"{cell(found)}: {share(found)}" if found else "no site with a result")
                row.append(f"mean {decimal(mean.value)}, median {decimal(middle.value)}" if mean and middle else NONE)
            rows.append(row)
        return Table(f"Sites that fail a criterion, by {GROUP_WORDS[by]}", columns, rows, _all_but_first(columns))

    def criteria_by_group(self, by: str, each: Round) -> Table:
        """Return, for each criterion that a site fails, the share of sites in each group that do."""
        groups = [g for g in self._groups(by) if self.get("failing_mean", each, by=by, group=g)]
        rows = []
        for num in self.figures.subjects("criterion_failed", each.method):
            whole = self.get("criterion_failed", each, subject=num)
            if whole is None or not whole.count:
                continue
            cells = (self.get("criterion_failed", each, by=by, group=group, subject=num) for group in groups)
            rows.append([criterion_title(num), *(f"{cell(f)}: {share(f)}" if f else NONE for f in (whole, *cells))])
        columns = ["Success criterion", "All sites", *groups]
        caption = f"Sites that fail each criterion, by {GROUP_WORDS[by]}, {self.label(each)}"
        return Table(caption, columns, rows, _all_but_first(columns), is_long=True)

    def standards(self) -> Table:
        """Return how many sites fail a criterion of each standard that the scans can speak for."""
        rows = [
            [standards.profile(name).title, *(self._both(each, name) for each in self.rounds)]
            for name in self.figures.subjects("any_failed")
        ]
        return self._table("Sites that fail at least one criterion of the standard", "Standard", rows)

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
            rows.append([title, *(f"{cell(f)}: {percent(f.value if f else None)}" for f in pair), change(found)])
        names = [self.label(before), self.label(now)]
        again = [
            [DEFINITIONS[name].title, cell(f), share(f)]
            for name in (
                "again_tested", "again_fewer", "again_same", "again_more", "again_gone", "again_still", "again_new",
            )
            if (f := self.get(name, now)) is not None
        ]  # fmt: skip
        return [
            Table(
                f"Share of sites that fail, {names[0]} and {names[1]}",
                ["What fails", *names, "Change in percentage points, 95 % interval"], rows, frozenset({1, 2, 3}),
                is_long=True,
            ),
            Table(
                f"Sites tested in both {names[0]} and {names[1]}", ["What is counted", "Number", "Share"], again,
                frozenset({1, 2}),
            ),
        ]  # fmt: skip

    def statements(self) -> Table:
        """Return how many sites have a statement, and what is wrong with those."""
        titles = {check: title for each in self.rounds for check, title in each.check_titles.items()}
        rows = [["A statement was found", *(self._found(each, "statement_found") for each in self.rounds)]]
        for check in self.figures.subjects("statement_failed"):
            cells = [self._found(each, "statement_failed", check) for each in self.rounds]
            rows.append([f"Fails {check}: {titles[check]}", *cells])
        return self._table("Accessibility statements: sites", "What was found", rows)

    def correlation(self) -> Table:
        """Return which rules look at each clause, which user needs it serves, and what is left to people."""
        rules: dict[str, Rule] = {}
        for each in self.rounds:
            rules |= each.rules
        rows = []
        for num in self.figures.subjects("criterion_failed"):
            of_num = sorted(rule.id for rule in rules.values() if num in rule.wcag)
            kinds = dict.fromkeys(_KINDS.get(rules[rule].kind, rules[rule].kind) for rule in of_num)
            first = [need for need in needs() if num in serves(need)]
            rows.append(
                [
                    criterion_title(num), clause(EUROPEAN[0], num), clause(EUROPEAN[1], num),
                    "; ".join(kinds) or "No automated check", ", ".join(of_num) or NONE,
                    ", ".join(first) or "not in Table B.2", left_to_people().get(num, NONE),
                ]
            )  # fmt: skip
        columns = [
            "Success criterion", "Clause in V3.2.1", "Clause in V4.1.1", "How it is checked", "Rules",
            "User needs that it serves first", "What a person must judge",
        ]  # fmt: skip
        return Table("How the checks correspond to the requirements", columns, rows, is_long=True)

    def need_correlation(self) -> Table:
        """Return, for each user need, how many criteria serve it first and how many of those have a rule."""
        ruled = {num for each in self.rounds for rule in each.rules.values() for num in rule.wcag}
        asked = set(self.figures.subjects("criterion_failed"))
        rows = []
        for need, words in needs().items():
            of_need = {num for num in serves(need) & asked if not standards.criteria()[num].satisfied_by_definition}
            none = sorted(of_need - ruled, key=list(standards.criteria()).index)
            rows.append(
                [
                    f"{need}) {words}",
                    str(len(of_need)),
                    f"{len(of_need & ruled)} of {len(of_need)}",
                    ", ".join(none) or "none",
                ]
            )
        columns = [
            "User need and functional performance statement",
            "Criteria",
            "With a rule",
            "Criteria without a rule",
        ]
        return Table("User needs that the checks relate to (Annex I, point 1.3.2)", columns, rows, frozenset({1, 2}))

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
            return "not measured"
        estimate = self.get("any_failed_register", each, subject=name)
        more = f"; all of the register: {share(estimate)}" if estimate else ""
        return f"{cell(found)}: {share(found)}{more}"

    def _found(self, each: Round, name: str, subject: str = "") -> str:
        found = self.get(name, each, subject=subject)
        return f"{cell(found)}: {share(found)}" if found is not None and found.of else "not looked for"

    def _table(self, caption: str, first: str, rows: list[list[str]]) -> Table:
        columns = [first, *map(self.label, self.rounds)]
        return Table(caption, columns, rows, _all_but_first(columns))


def percent(value: float | None) -> str:
    """Return a share in per cent with one decimal."""
    return NONE if value is None else f"{100 * value:.1f}%"


def cell(figure: Figure | None) -> str:
    """Return a figure with its denominator: "42 of 60", or "3 (48 on 16 sites)" for a mean."""
    if figure is None:
        return NONE
    if figure.count is None:
        return f"{decimal(figure.value)} (of {count(figure.of, 'site')})"
    if DEFINITIONS[figure.name].is_mean:
        return f"{decimal(figure.value)} ({figure.count:,} on {count(figure.of, 'site')})"
    return f"{figure.count:,} of {figure.of:,}"


def share(figure: Figure | None) -> str:
    """Return a share with its interval: "70.0% (57.5% to 80.1%)"."""
    if figure is None or figure.value is None:
        return NONE
    if figure.low is None:
        return percent(figure.value)
    return f"{percent(figure.value)} ({percent(figure.low)} to {percent(figure.high)})"


def change(figure: Figure) -> str:
    """Return a difference in percentage points with its interval and its sign."""
    if figure.value is None or figure.low is None or figure.high is None:
        return NONE
    return f"{100 * figure.value:+.1f} ({100 * figure.low:+.1f} to {100 * figure.high:+.1f})"


def criterion_title(num: str) -> str:
    """Return number and name of a criterion."""
    return f"{num} {standards.criteria()[num].handle}"


def clause(standard: str, num: str) -> str:
    """Return a standard's clause for a criterion, or a dash."""
    return standards.profile(standard).clauses.get(num, NONE)


def _standard_of(each: Round) -> str:
    profiles: dict[str, int] = defaultdict(int)
    for _, tested in each.tested:
        profiles[tested.profile] += 1
    return max(profiles, key=lambda name: profiles[name], default="")


def _parts(figure: Figure) -> list[str]:
    return [cell(figure), percent(figure.value), f"{percent(figure.low)} to {percent(figure.high)}"]


def _bar(label: str, figure: Figure) -> Bar:
    return Bar(label, figure.value or 0.0, f"{cell(figure)}: {share(figure)}", figure.low, figure.high)


def _failing(count: str) -> str:
    return f"{count} criterion" if count == "1" else f"{count} criteria"


def _any(standard: str) -> str:
    return f"At least one criterion of {standards.profile(standard).title}"


def _all_but_first(columns: Sequence[str]) -> frozenset[int]:
    return frozenset(range(1, len(columns)))
