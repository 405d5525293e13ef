"""The report's text: every item of the Decision's checklist, filled from the figures or left to a person with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from checks import standards
from monitoring.errors import MonitoringError
from monitoring.facts import caveat, decision
from monitoring.member_state.figures import DEFINITIONS, GROUPINGS, LEVEL, NEWCOMBE, SERVICE, WEIGHTED, WILSON, Figures
from monitoring.member_state.rounds import Round
from monitoring.member_state.tables import GROUP_WORDS, Views
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
from reports.analysis.words import count
from reports.wording import moment

LIMITS = (
    "Simplified monitoring finds failures. It cannot show that there are none: this report never says that a site or a "
    "page meets the requirements.",
    "“Nothing found” means that rules ran and found no barrier. They test a part of each criterion only.",
    "“A person must look” counts sites where a rule met something that a machine cannot judge. It is counted neither "
    "as a failure nor as a success.",
    "A site counts as failing a criterion when one page or document of those that were checked fails it. The more "
    "pages are checked, the more failures are found: compare only rounds with about the same number of pages a site.",
    "Sites without a result (no answer, refused, not scanned) are left out of the outcome’s denominators and listed.",
)
"""What automated checks cannot say; it stands before the results."""


@dataclass(frozen=True, slots=True)
class About:
    """What only the caller knows: the Member State, the monitoring body, and texts of people by the checklist's ids."""

    country: str = ""
    body: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


def build(rounds: Sequence[Round], figures: Figures, about: About) -> Report:
    """Return the report. Raises MonitoringError for texts whose item the checklist does not have."""
    checklist = {row["id"]: row for row in decision()["annex_II_report_checklist"]}
    unknown = sorted(set(about.texts) - set(checklist))
    if unknown:
        raise MonitoringError(f"The checklist has no item {unknown[0]}. It has: {', '.join(checklist)}.")
    views = Views(figures, rounds)
    writers = _Items(views, about)
    items = [_section(row, writers, about) for row in checklist.values()]
    years = sorted({each.year for each in rounds})
    span = f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])
    title = f"Monitoring under Directive (EU) 2016/2102{', ' + about.country if about.country else ''}, {span}"
    return Report(title, _lead(items), [*items, *_appendices(views)])


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
    return Section(f"item-{key.replace('.', '-')}", f"{key} {row['item']}", blocks, key, level, status)


PARTLY = ("2", "2.1.b", "2.1.c", "2.2.a", "2.2.c", "2.2.g", "2.3.a", "2.3.b", "3.1.a")
"""Items whose figures are there, and to which a person adds what Curbcut cannot know: apps, checks by people."""


def _lead(items: Sequence[Section]) -> list[Block]:
    mark = caveat(decision()["annex_II_v"])
    rows = [(each.title, str(each.status)) for each in items]
    done = Counter(each.status for each in items)
    tally = ", ".join(f"{done[status]} “{str(status).lower()}”" for status in Status if done[status])
    return [
        Paragraph(
            "This is a draft, made from the register, the samples and the scans of Curbcut. It follows the checklist "
            f"of Decision (EU) 2018/1524, Annex II, in our own words{mark}. Places for a person are marked; the data "
            "that the person needs stand beside them."
        ),
        Paragraph(f"Of {count(len(items), 'item')}: {tally}."),
        Table("The checklist of Annex II and who fills it", ["Item", "State"], rows),
        Heading("What automated checks can say, and what they cannot"),
        Listing(LIMITS),
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
        prompt = PROMPTS[key]
        is_optional = key.startswith("3.2") or key == "4.b"
        return [Blank(prompt, optional=is_optional)]

    def _item_1(self) -> Iterable[Block]:
        yield Blank(PROMPTS["1"])
        yield self._numbers(
            "Key figures for the summary", ("sample_sites", "tested_sites", "pages", "failing_mean", "failing_median")
        )
        yield self.views.standards()

    def _item_2(self) -> Iterable[Block]:
        rows = [
            [
                self.views.label(each), each.method, str(each.period), f"{each.population:,}", each.sample,
                moment(each.kept.row["drawn_at"]), str(each.kept.row["seed"]),
            ]
            for each in self.rounds
        ]  # fmt: skip
        columns = ["Year", "Method", "Monitoring period", "Inhabitants", "Sample", "Drawn", "Seed"]
        yield Table("Rounds of monitoring in this report: websites", columns, rows)
        yield Blank(PROMPTS["2"])

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
        yield Table(
            "Dates of monitoring: websites", ["Year", "Monitoring period", "First scan began", "Last scan ended"], rows
        )

    def _item_2_1_b(self) -> Iterable[Block]:
        if self.about.body:
            yield Paragraph(self.about.body)
        else:
            yield Blank(PROMPTS["2.1.b"])

    def _item_2_1_c(self) -> Iterable[Block]:
        yield Paragraph(
            "Sites were drawn by chance within strata of level, service and territory, in proportion to the register; "
            "sites nominated by stakeholders came first. How each site was chosen is in the sample’s own table "
            "(curbcut sample show). A site of several services counts in each of them, so that the numbers of services "
            "add up to more than all sites."
        )
        for by in GROUPINGS:
            yield self.views.groups(f"Sites of register and sample by {GROUP_WORDS[by]}", by)
        notes = [f"{self.views.label(each)}: {note}" for each in self.rounds for note in each.kept.row["notes"]]
        if notes:
            yield Heading("What could not be met, and why")
            yield Listing(notes)
        changes = [
            f"{self.views.label(each)}: {change['reason']} (replaced by {change['who']}, {moment(change['at'])})"
            for each in self.rounds
            for change in each.kept.changes
        ]
        if changes:
            yield Heading("Sites that a person replaced")
            yield Listing(changes)
        yield Blank(PROMPTS["2.1.c"])

    def _item_2_2_a(self) -> Iterable[Block]:
        yield self._numbers(
            "Websites in the samples", ("sample_sites", "sample_size", "nominated_sites", "replaced_sites")
        )
        yield Blank(PROMPTS["2.2.a"])

    def _item_2_2_b(self) -> Iterable[Block]:
        yield from self._of_method("simplified")

    def _item_2_2_c(self) -> Iterable[Block]:
        yield from self._of_method("in-depth")
        yield Blank(PROMPTS["2.2.c"])

    def _item_2_2_d(self) -> Iterable[Block]:
        yield self.views.groups("Websites by category (Annex I, point 2.2.2)", LEVEL)

    def _item_2_2_e(self) -> Iterable[Block]:
        yield self.views.groups("Websites by public service (Annex I, point 2.2.3)", SERVICE)

    def _item_2_2_g(self) -> Iterable[Block]:
        yield self._numbers("Websites of the sample that were in that of the period before", ("recurring_sites",))
        yield Blank(PROMPTS["2.2.g"])

    def _item_2_3_a(self) -> Iterable[Block]:
        yield Paragraph(
            "The table has a row for each success criterion of the standards that the scans were measured against, "
            "with all rules that ran. What no rule can judge is left to people, and is said in the last column."
        )
        yield self.views.correlation()
        yield self.views.need_correlation()
        yield from self._changed_rules()
        yield Blank(PROMPTS["2.3.a"])

    def _changed_rules(self) -> Iterable[Block]:
        for before, now in self._pairs():
            new, gone = sorted(set(now.rules) - set(before.rules)), sorted(set(before.rules) - set(now.rules))
            names = f"from {self.views.label(before)} to {self.views.label(now)}"
            if not new and not gone:
                yield Paragraph(f"The rules did not change {names}.")
                continue
            said = [f"New: {', '.join(new)}."] * bool(new) + [f"Gone: {', '.join(gone)}."] * bool(gone)
            yield Paragraph(
                f"The rules changed {names}: figures of the two rounds are not fully comparable. {' '.join(said)}"
            )

    def _item_2_3_b(self) -> Iterable[Block]:
        found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for each in self.rounds:
            for _, tested in each.tested:
                for part, version in tested.versions.items():
                    found[part, str(version)][each.sample] += 1
                found["standard", standards.profile(tested.profile).title][each.sample] += 1
        rows = [
            [part, version, *(f"{sites[each.sample]} of {len(each.tested)}" for each in self.rounds)]
            for (part, version), sites in found.items()
        ]
        columns = ["Part", "Version", *(f"{self.views.label(each)}: sites" for each in self.rounds)]
        yield Table("Tools, and on how many sites each ran", columns, rows, frozenset(range(2, len(columns))))
        yield self._numbers("What was checked", ("tested_sites", "pages", "documents"))
        yield Blank(PROMPTS["2.3.b"])

    def _item_3_1_a(self) -> Iterable[Block]:
        yield Paragraph(
            "“Estimate for the register” weights the sites of each category by how many the register holds. How the "
            "intervals are made is in appendix B."
        )
        yield self.views.standards()
        for each in self.rounds:
            yield Heading(f"Outcome of {self.views.label(each)}")
            yield self.views.failing_chart(each)
            yield self.views.needs_chart(each)
            yield self.views.distribution(each)
            yield self.views.outcomes(each)
        yield self._numbers(
            "Failing criteria a site",
            ("failing_mean", "failing_lower", "failing_median", "failing_upper", "failing_most"),
        )
        for by in GROUPINGS:
            yield self.views.by_group(by)
        yield self.views.statements()
        missing = [
            [site.url, self.views.label(each), site.why]
            for each in self.rounds
            for site in each.sites
            if not site.tested
        ]
        if missing:
            yield Table("Sites without a result", ["Site", "Year", "Why"], missing)
        yield Blank(PROMPTS["3.1.a"])

    def _item_3_1_b_i(self) -> Iterable[Block]:
        yield Blank(PROMPTS["3.1.b.i"])
        for each in self.rounds:
            yield self.views.failing_chart(each).table
            yield self.views.rules(each)

    def _item_3_1_b_ii(self) -> Iterable[Block]:
        yield Blank(PROMPTS["3.1.b.ii"])
        pairs = list(self._pairs())
        if not pairs:
            yield Paragraph("This report has one round of each method, so that nothing can be compared.")
        for before, now in pairs:
            yield from self.views.development(before, now)
        if pairs:
            yield Paragraph(
                "A failure that was not found again may have been mended, or may stand on a page that was not among "
                "those checked this time."
            )
            yield from self._changed_rules()

    def _item_3_2_f(self) -> Iterable[Block]:
        yield Blank(PROMPTS["3.2.f"], optional=True)
        asked = [
            [site.url, self.views.label(each), site.nominated_by]
            for each in self.rounds
            for site in each.sites
            if site.nominated_by
        ]
        if asked:
            yield Table("Sites that stakeholders asked for", ["Site", "Year", "Nominated by"], asked)

    def _item_4_b(self) -> Iterable[Block]:
        yield Blank(PROMPTS["4.b"], optional=True)
        yield self.views.statements()

    def _of_method(self, method: str) -> Iterable[Block]:
        own = [each for each in self.rounds if each.method == method]
        if not own:
            yield Paragraph(f"This report has no sample for {method} monitoring.")
            return
        yield replace(self.views, rounds=own).by_round(
            f"Websites of {method} monitoring", ("sample_sites", "tested_sites", "pages", "documents")
        )

    def _numbers(self, caption: str, names: Iterable[str]) -> Table:
        return self.views.by_round(caption, names)

    def _pairs(self) -> Iterable[tuple[Round, Round]]:
        for method in dict.fromkeys(each.method for each in self.rounds):
            yield from pairwise([each for each in self.rounds if each.method == method])


PROMPTS = {
    "1": "Sum the report up: what was monitored, what was found, what changed. The key figures stand below.",
    "2": "Describe the monitoring of mobile applications, apart from that of websites. Curbcut does not test apps.",
    "2.1.b": "Name the body in charge of monitoring (or give it with --body).",
    "2.1.c": "Say how representative the sample of mobile applications is, and add what the tables do not show.",
    "2.2.a": "Add the number of mobile applications in each sample.",
    "2.2.c": "Add the mobile applications monitored in depth, and the websites that people examined without Curbcut.",
    "2.2.f": "Give the mobile applications by operating system.",
    "2.2.g": "Add the mobile applications that were monitored in the period before, too.",
    "2.3.a": "Add how in-depth monitoring verifies each requirement, and the clauses outside 9 and 10 of the standard.",
    "2.3.b": "Say whether usability tests with people were made, and which other tools and checks were used.",
    "3.1.a": "Add the outcome of in-depth monitoring by people, and that of mobile applications.",
    "3.1.b.i": "Say which failures are frequent and which matter most, and why. What was found most often stands "
    "below.",
    "3.1.b.ii": "Say how accessibility developed over the periods. The changes, and how sure they are, stand below.",
    "3.2.a": "Results for content outside the Directive’s scope.",
    "3.2.b": "How accessible the technologies are that the monitored sites use.",
    "3.2.c": "Results for requirements beyond the standard. Keep them apart from those above.",
    "3.2.d": "What was learnt from the feedback to the monitored bodies.",
    "3.2.e": "Anything else that goes beyond the Directive.",
    "3.2.f": "What stakeholders were asked, and a list of them.",
    "3.2.g": "How the derogation for a disproportionate burden was used.",
    "4.a": "Describe the enforcement procedure and how it was used.",
    "4.b": "What users told through the feedback mechanism. What the statements offer them stands below.",
    "5": "Measures under Article 8(5) of the Directive: how stakeholders are consulted, how developments are "
    "published, what was learnt from the rules, training and awareness-raising.",
}
"""What a person must write under each item, in our own words."""


def _appendices(views: Views) -> list[Section]:
    blocks: list[Block] = []
    for each in views.rounds:
        blocks += [views.criteria_by_group(by, each) for by in GROUPINGS]
    return [
        Section("appendix-a", "Appendix A: shares by category, public service and territory", blocks),
        Section("appendix-b", "Appendix B: how sure the figures are", [Listing(METHODS)]),
        Section("appendix-c", "Appendix C: what each figure is", [_dictionary()]),
    ]


METHODS = (
    f"Shares: {WILSON}. It takes the tested sites as drawn by chance from all sites. The sample is stratified in "
    "proportion, which makes the true interval narrower as a rule; nominated sites are not drawn by chance.",
    f"Estimates for the register: {WEIGHTED}. Each category counts as much as it does in the register; drawing without "
    "replacement is taken into account. Where one site alone of a category was tested, the greatest possible variance "
    "is taken; where none was, there is no estimate.",
    f"Changes: {NEWCOMBE}. The two samples are taken as independent; sites that are in both make the true interval "
    "narrower as a rule. An interval that holds 0 means that the change may be due to chance.",
    "No correction is made for looking at many criteria at once: of 50 intervals, two or three miss the true share.",
    "Whole sites, not pages, are the units of all shares: pages of one site share their templates and their failures.",
)


def _dictionary() -> Table:
    columns = ["Figure", "Title", "Count", "Denominator (of)", "Subject", "Value", "Interval"]
    rows = [
        [name, d.title, d.count or "–", d.of, d.subject or "–", d.value, d.interval or "–"]
        for name, d in DEFINITIONS.items()
    ]
    return Table("The figures in figures.csv and figures.json", columns, rows, is_long=True)
