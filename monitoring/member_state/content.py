"""The report's text: every item of the Decision's checklist, filled from the figures or left to a person with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from checks import standards
from monitoring.errors import MonitoringError
from monitoring.facts import caveat, decision
from monitoring.member_state.amounts import part
from monitoring.member_state.figures import DEFINITIONS, GROUPINGS, LEVEL, SERVICE, Figures
from monitoring.member_state.rounds import Round, spoken_why
from monitoring.member_state.tables import Views
from monitoring.member_state.texts import GROUPED_SITES, LIMITS, METHODS, NONE_OF_METHOD, OF_METHOD, PROMPTS, methods
from monitoring.sample.notes import spoken_note
from monitoring.writing.blocks import (
    Blank,
    Block,
    Heading,
    Listing,
    Paragraph,
    Report,
    Section,
    Status,
    Table,
)
from reports.wording import ENGLISH, holding, labelled, lang, moment, number, say, say_n, to_say

TRANSLATED = (
    to_say(
        "The words of the checklist, of success criteria and of user needs are our own translation, not that of the "
        "Official Journal."
    ),
    to_say("Why the scan of a site failed is told in English."),
)
"""What a report in another language than English says of its words."""


@dataclass(frozen=True, slots=True)
class About:
    """What only the caller knows: the Member State, the monitoring body, and texts of people by the checklist's ids."""

    country: str = ""
    body: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


def build(rounds: Sequence[Round], figures: Figures, about: About) -> Report:
    """Return the report in the language that is spoken.

    Raises MonitoringError for texts whose item the checklist does not have.
    """
    checklist = {row["id"]: row for row in decision()["annex_II_report_checklist"]}
    unknown = sorted(set(about.texts) - set(checklist))
    if unknown:
        raise MonitoringError(f"The checklist has no item {unknown[0]}. It has: {', '.join(checklist)}.")
    views = Views(figures, rounds)
    writers = _Items(views, about)
    items = [_section(row, writers, about) for row in checklist.values()]
    years = sorted({each.year for each in rounds})
    span = say("%(low)s to %(high)s", low=years[0], high=years[-1]) if len(years) > 1 else str(years[0])
    directive = say("Monitoring under Directive (EU) 2016/2102")
    return Report(
        ", ".join(filter(None, (directive, about.country, span))), _lead(items), [*items, *_appendices(views)]
    )


def _section(row: Mapping[str, object], writers: _Items, about: About) -> Section:
    key = str(row["id"])
    blocks = [*writers.blocks(key)]
    blanks = [block for block in blocks if isinstance(block, Blank)]
    if key in about.texts:
        own: list[Block] = [
            Paragraph(" ".join(part.split())) for part in about.texts[key].split("\n\n") if part.strip()
        ]
        blocks, status = [*own, *(block for block in blocks if not isinstance(block, Blank))], Status.WRITTEN
    elif not blanks:
        status = Status.FILLED
    elif any(block.optional for block in blanks):
        status = Status.OPTIONAL
    else:
        status = Status.PARTLY if key in PARTLY else Status.PERSON
    level = 2 if key.isdigit() else 3
    return Section(f"item-{key.replace('.', '-')}", f"{key} {say(str(row['item']))}", blocks, key, level, status)


PARTLY = ("2", "2.1.b", "2.1.c", "2.2.a", "2.2.c", "2.2.g", "2.3.a", "2.3.b", "3.1.a")
"""Items whose figures are there, and to which a person adds what Curbcut cannot know: apps, checks by people."""


OPTIONAL = frozenset(row["id"] for row in decision()["annex_II_report_checklist"] if row["mandatory"] is False)


def _lead(items: Sequence[Section]) -> list[Block]:
    rows = [(each.title, say(each.status or "")) for each in items]
    done = Counter(each.status for each in items)
    tally = "; ".join(labelled(say(status), number(done[status])) for status in Status if done[status])
    follows = (
        say("It follows the checklist of Decision (EU) 2018/1524, Annex II, in our own words (unverified).")
        if caveat(decision()["annex_II_v"])
        else say("It follows the checklist of Decision (EU) 2018/1524, Annex II, in our own words.")
    )
    draft = say("This is a draft, made from the register, the samples and the scans of Curbcut.")
    marked = say("Places for a person are marked; the data that the person needs stand beside them.")
    return [
        Paragraph(f"{draft} {follows} {marked}"),
        *(Paragraph(say(each)) for each in TRANSLATED if lang() != ENGLISH),
        Paragraph(say_n("%(n)s item. %(tally)s.", "%(n)s items. %(tally)s.", len(items), tally=tally)),
        Table(say("The checklist of Annex II and who fills it"), [say("Item"), say("State")], rows),
        Heading(say("What automated checks can say, and what they cannot")),
        Listing([say(each) for each in LIMITS]),
    ]


@dataclass(frozen=True, slots=True)
class _Items:
    """Writes each item of the checklist."""

    views: Views
    about: About

    @property
    def rounds(self) -> Sequence[Round]:
        return self.views.rounds

    def blocks(self, key: str) -> Iterable[Block]:
        """Return what stands under an item."""
        writer: Callable[[], Iterable[Block]] | None = getattr(self, f"_item_{key.replace('.', '_')}", None)
        if writer is not None:
            return writer()
        return [self._blank(key)]

    def _item_1(self) -> Iterable[Block]:
        yield self._blank("1")
        yield self._numbers(
            say("Key figures for the summary"),
            ("sample_sites", "tested_sites", "pages", "failing_mean", "failing_median"),
        )
        yield self.views.standards()

    def _item_2(self) -> Iterable[Block]:
        rows = [
            [
                self.views.label(each), say(METHODS[each.method]), str(each.period), number(each.population),
                each.sample, moment(each.kept.row["drawn_at"]), str(each.kept.row["seed"]),
            ]
            for each in self.rounds
        ]  # fmt: skip
        columns = [
            say("Year"), say("Method"), say("Monitoring period"), say("Inhabitants"), say("Sample"), say("Drawn"),
            say("Seed"),
        ]  # fmt: skip
        yield Table(say("Rounds of monitoring in this report: websites"), columns, rows)
        yield self._blank("2")

    def _item_2_1_a(self) -> Iterable[Block]:
        rows = []
        for each in self.rounds:
            starts = [tested.started_at for _, tested in each.tested]
            ends = [tested.finished_at for _, tested in each.tested]
            rows.append(
                [
                    self.views.label(each),
                    str(each.period),
                    moment(min(starts, default="")),
                    moment(max(ends, default="")),
                ]
            )
        columns = [say("Year"), say("Monitoring period"), say("First scan began"), say("Last scan ended")]
        yield Table(say("Dates of monitoring: websites"), columns, rows)

    def _item_2_1_b(self) -> Iterable[Block]:
        if self.about.body:
            yield Paragraph(self.about.body)
        else:
            yield self._blank("2.1.b")

    def _item_2_1_c(self) -> Iterable[Block]:
        yield Paragraph(
            say(
                "Sites were drawn by chance within strata of level, service and territory, in proportion to the "
                "register; sites nominated by stakeholders came first. How each site was chosen is in the sample’s own "
                "table (curbcut sample show). A site of several services counts in each of them, so that the numbers "
                "of services add up to more than all sites."
            )
        )
        for by in GROUPINGS:
            yield self.views.groups(say(GROUPED_SITES[by]), by)
        notes = [
            _noted(self.views.label(each), spoken_note(note)) for each in self.rounds for note in each.kept.row["notes"]
        ]
        if notes:
            yield Heading(say("What could not be met, and why"))
            yield Listing(notes)
        changes = [self._replaced(each, change) for each in self.rounds for change in each.kept.changes]
        if changes:
            yield Heading(say("Sites that a person replaced"))
            yield Listing(changes)
        yield self._blank("2.1.c")

    def _replaced(self, each: Round, change: Mapping[str, Any]) -> str:
        return say(
            "%(round)s: %(reason)s (replaced by %(who)s, %(when)s)",
            round=self.views.label(each),
            reason=change["reason"],
            who=change["who"],
            when=moment(change["at"]),
        )

    def _item_2_2_a(self) -> Iterable[Block]:
        yield self._numbers(
            say("Websites in the samples"), ("sample_sites", "sample_size", "nominated_sites", "replaced_sites")
        )
        yield self._blank("2.2.a")

    def _item_2_2_b(self) -> Iterable[Block]:
        yield from self._of_method("simplified")

    def _item_2_2_c(self) -> Iterable[Block]:
        yield from self._of_method("in-depth")
        yield self._blank("2.2.c")

    def _item_2_2_d(self) -> Iterable[Block]:
        yield self.views.groups(say("Websites by category (Annex I, point 2.2.2)"), LEVEL)

    def _item_2_2_e(self) -> Iterable[Block]:
        yield self.views.groups(say("Websites by public service (Annex I, point 2.2.3)"), SERVICE)

    def _item_2_2_g(self) -> Iterable[Block]:
        yield self._numbers(say("Websites of the sample that were in that of the period before"), ("recurring_sites",))
        yield self._blank("2.2.g")

    def _item_2_3_a(self) -> Iterable[Block]:
        yield Paragraph(
            say(
                "The table has a row for each success criterion of the standards that the scans were measured against, "
                "with all rules that ran. What no rule can judge is left to people, and is said in the last column."
            )
        )
        yield self.views.correlation()
        yield self.views.need_correlation()
        yield from self._changed_rules()
        yield self._blank("2.3.a")

    def _changed_rules(self) -> Iterable[Block]:
        for before, now in self._pairs():
            new, gone = sorted(set(now.rules) - set(before.rules)), sorted(set(before.rules) - set(now.rules))
            names = {"before": self.views.label(before), "now": self.views.label(now)}
            if not new and not gone:
                yield Paragraph(say("The rules did not change from %(before)s to %(now)s.", **names))
                continue
            said = [
                say(
                    "The rules changed from %(before)s to %(now)s: figures of the two rounds are not fully comparable.",
                    **names,
                )
            ]
            said += [say("New: %(rules)s.", rules=", ".join(new))] * bool(new)
            said += [say("Gone: %(rules)s.", rules=", ".join(gone))] * bool(gone)
            yield Paragraph(" ".join(said))

    def _item_2_3_b(self) -> Iterable[Block]:
        found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for each in self.rounds:
            for _, tested in each.tested:
                for name, version in tested.versions.items():
                    found[name, str(version)][each.sample] += 1
                found[say("standard"), standards.profile(tested.profile).title][each.sample] += 1
        rows = [
            [name, version, *(part(sites[each.sample], len(each.tested)) for each in self.rounds)]
            for (name, version), sites in found.items()
        ]
        sites_of = (say("%(round)s: sites", round=self.views.label(each)) for each in self.rounds)
        columns = [say("Part"), say("Version"), *sites_of]
        yield Table(say("Tools, and on how many sites each ran"), columns, rows, frozenset(range(2, len(columns))))
        yield self._numbers(say("What was checked"), ("tested_sites", "pages", "documents"))
        yield self._blank("2.3.b")

    def _item_3_1_a(self) -> Iterable[Block]:
        yield Paragraph(
            say(
                "“Estimate for the register” weights the sites of each category by how many the register holds. How "
                "the intervals are made is in appendix B."
            )
        )
        yield self.views.standards()
        for each in self.rounds:
            yield Heading(say("Outcome of %(round)s", round=self.views.label(each)))
            yield self.views.failing_chart(each)
            yield self.views.needs_chart(each)
            yield self.views.distribution(each)
            yield self.views.outcomes(each)
        yield self._numbers(
            say("Failing criteria a site"),
            ("failing_mean", "failing_lower", "failing_median", "failing_upper", "failing_most"),
        )
        for by in GROUPINGS:
            yield self.views.by_group(by)
        yield self.views.statements()
        missing = [
            [site.url, self.views.label(each), spoken_why(site.why)]
            for each in self.rounds
            for site in each.sites
            if not site.tested
        ]
        if missing:
            yield Table(say("Sites without a result"), [say("Site"), say("Year"), say("Why")], missing)
        yield self._blank("3.1.a")

    def _item_3_1_b_i(self) -> Iterable[Block]:
        yield self._blank("3.1.b.i")
        for each in self.rounds:
            yield self.views.failing_chart(each).table
            yield self.views.rules(each)

    def _item_3_1_b_ii(self) -> Iterable[Block]:
        yield self._blank("3.1.b.ii")
        pairs = list(self._pairs())
        if not pairs:
            yield Paragraph(say("This report has one round of each method, so that nothing can be compared."))
        for before, now in pairs:
            yield from self.views.development(before, now)
        if pairs:
            yield Paragraph(
                say(
                    "A failure that was not found again may have been mended, or may stand on a page that was not "
                    "among those checked this time."
                )
            )
            yield from self._changed_rules()

    def _item_3_2_f(self) -> Iterable[Block]:
        yield self._blank("3.2.f")
        asked = [
            [site.url, self.views.label(each), site.nominated_by]
            for each in self.rounds
            for site in each.sites
            if site.nominated_by
        ]
        if asked:
            columns = [say("Site"), say("Year"), say("Nominated by")]
            yield Table(say("Sites that stakeholders asked for"), columns, asked)

    def _item_4_b(self) -> Iterable[Block]:
        yield self._blank("4.b")
        yield self.views.statements()

    def _of_method(self, method: str) -> Iterable[Block]:
        own = [each for each in self.rounds if each.method == method]
        if not own:
            yield Paragraph(say(NONE_OF_METHOD[method]))
            return
        yield replace(self.views, rounds=own).by_round(
            say(OF_METHOD[method]), ("sample_sites", "tested_sites", "pages", "documents")
        )

    def _numbers(self, caption: str, names: Iterable[str]) -> Table:
        return self.views.by_round(caption, names)

    def _blank(self, key: str) -> Blank:
        return Blank(say(PROMPTS[key]), optional=key in OPTIONAL)

    def _pairs(self) -> Iterable[tuple[Round, Round]]:
        for method in dict.fromkeys(each.method for each in self.rounds):
            yield from pairwise([each for each in self.rounds if each.method == method])


def _noted(label: str, note: str) -> str:
    return holding(labelled(label, note), note)


def _appendices(views: Views) -> list[Section]:
    blocks: list[Block] = []
    for each in views.rounds:
        blocks += [views.criteria_by_group(by, each) for by in GROUPINGS]
    return [
        Section("appendix-a", say("Appendix A: shares by category, public service and territory"), blocks),
        Section("appendix-b", say("Appendix B: how sure the figures are"), [Listing(methods())]),
        Section("appendix-c", say("Appendix C: what each figure is"), [_dictionary()]),
    ]


def _dictionary() -> Table:
    columns = [
        say("Figure"), say("Title"), say("Count"), say("Denominator (of)"), say("Subject"), say("Value"),
        say("Interval"),
    ]  # fmt: skip
    rows = [
        [name, *(say(text) if text else "–" for text in (d.title, d.count, d.of, d.subject, d.value, d.interval))]
        for name, d in DEFINITIONS.items()
    ]
    return Table(say("The figures in figures.csv and figures.json"), columns, rows, is_long=True)
