"""The figures of the report: each one number with its denominator, and what it counts in plain words.

Tables, charts, spreadsheets and tests all read this one list.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ALL = "all"
LEVEL, SERVICE, TERRITORY = GROUPINGS = ("level", "service", "territory")
WILSON = "Wilson's score interval, 95 %"
WEIGHTED = "Wilson's score interval at the effective sample size, weighted by level, 95 %"
NEWCOMBE = "Newcombe's interval for a difference of shares (method 10), 95 %"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure is: its title, what `count` counts, what `of` counts, what `subject` names, how sure it is."""

    title: str
    count: str
    of: str
    subject: str = ""
    interval: str = ""
    value: str = "count / of"
    is_mean: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `name` is a key of DEFINITIONS; `by` is `all`, `level`, `service` or `territory`, `group` which one.

    `since` is the earlier year of a figure that compares two; `of_before` is the denominator then. `value`, `low` and
    `high` are None where there is nothing to divide by, or no interval.
    """

    name: str
    year: int
    period: int
    method: str
    by: str
    group: str
    subject: str
    count: int | None
    of: int
    value: float | None
    low: float | None = None
    high: float | None = None
    since: int | None = None
    of_before: int | None = None

    @property
    def key(self) -> Key:
        """What tells it from all others."""
        return self.name, self.year, self.method, self.by, self.group, self.subject


Key = tuple[str, int, str, str, str, str]
_CRITERION = "number of the success criterion"
_TESTED = "sites with a result"
_OF_CRITERION = "sites with a result whose standard has the criterion"

DEFINITIONS: dict[str, Definition] = {
    "register_sites": Definition(
        "Sites in the register", "sites of the group in the register when the sample was drawn", "sites in the register"
    ),
    "sample_sites": Definition("Sites in the sample", "sites of the group in the sample", "sites in the sample"),
    "sample_size": Definition(
        "Size of the sample", "sites in the sample", "sites that the formula of Annex I, point 2.1, asks for"
    ),
    "recurring_sites": Definition(
        "Recurring sites", "sites of the sample that were in that of the period before", "sites in the sample"
    ),
    "nominated_sites": Definition(
        "Nominated sites", "sites of the sample that stakeholders asked for", "sites in the sample"
    ),
    "replaced_sites": Definition(
        "Replaced sites", "sites that a person put in for another of the sample", "sites in the sample"
    ),
    "tested_sites": Definition(
        "Sites with a result", "sites of the group whose scan ended and checked a page",
        "sites of the group in the sample",
    ),
    "pages": Definition("Pages a site, mean", "pages checked", _TESTED, is_mean=True),
    "documents": Definition("Documents a site, mean", "documents checked", _TESTED, is_mean=True),
    "any_failed": Definition(
        "Sites that fail a criterion", "sites where at least one criterion of the standard fails", _TESTED,
        subject="id of the standard", interval=WILSON,
    ),
    "any_failed_register": Definition(
        "The same, estimated for all sites of the register", "sites where at least one criterion fails", _TESTED,
        subject="id of the standard", interval=WEIGHTED, value="the shares of each level, weighted by the register",
    ),
    "criterion_failed": Definition(
        "Sites that fail the criterion", "sites where the criterion fails on a page or in a document", _OF_CRITERION,
        subject=_CRITERION, interval=WILSON,
    ),
    "criterion_failed_register": Definition(
        "The same, estimated for all sites of the register", "sites where the criterion fails", _OF_CRITERION,
        subject=_CRITERION, interval=WEIGHTED, value="the shares of each level, weighted by the register",
    ),
    "criterion_person": Definition(
        "Sites where a person must look", "sites where a rule of the criterion asks a person and none fails",
        _OF_CRITERION, subject=_CRITERION,
    ),
    "criterion_nothing": Definition(
        "Sites where nothing was found", "sites where rules of the criterion ran and found nothing", _OF_CRITERION,
        subject=_CRITERION,
    ),
    "criterion_untested": Definition(
        "Sites where no rule ran", "sites where no rule of the criterion ran", _OF_CRITERION, subject=_CRITERION
    ),
    "criterion_satisfied": Definition(
        "Sites where it is met by definition", "sites, for a criterion that W3C's errata call always met",
        _OF_CRITERION, subject=_CRITERION,
    ),
    "criterion_pages": Definition(
        "Pages and documents that fail the criterion", "pages and documents where the criterion fails",
        "pages and documents checked on sites whose standard has the criterion", subject=_CRITERION,
    ),
    "need_failed": Definition(
        "Sites with a barrier to a user need",
        "sites where a criterion fails that serves the need first (Table B.2; where none does, second)",
        _TESTED, subject="letter of the need in Annex I, point 1.3.2", interval=WILSON,
    ),
    "rule_failed": Definition(
        "Sites that fail a rule", "sites where the rule fails on a page or in a document",
        "sites with a result whose scan had the rule", subject="id of the rule", interval=WILSON,
    ),
    "sites_by_failing": Definition(
        "Sites by number of failing criteria", "sites with this number of failing criteria", _TESTED,
        subject="number of failing criteria",
    ),
    "failing_mean": Definition(
        "Failing criteria a site, mean", "failing criteria of all sites", _TESTED, is_mean=True
    ),
    "failing_median": Definition(
        "Failing criteria a site, median", "", _TESTED, value="half of the sites have at most so many"
    ),
    "failing_lower": Definition(
        "Failing criteria a site, lower quartile", "", _TESTED, value="a quarter of the sites has at most so many"
    ),
    "failing_upper": Definition(
        "Failing criteria a site, upper quartile", "", _TESTED, value="three quarters of the sites have at most so many"
    ),
    "failing_most": Definition("Failing criteria a site, most", "", _TESTED, value="the site with most has so many"),
    "statement_found": Definition(
        "Sites with an accessibility statement", "sites where a statement was found",
        "sites with a result whose scan looked for statements", interval=WILSON,
    ),
    "statement_failed": Definition(
        "Statements that fail a check", "sites whose statement fails the check",
        "sites with a statement of which the check could say something", subject="id of the check", interval=WILSON,
    ),
    "any_failed_change": Definition(
        "Change of the share of sites that fail a criterion", "", _TESTED, subject="id of the standard",
        interval=NEWCOMBE, value="share of this year less share of the year `since`",
    ),
    "criterion_failed_change": Definition(
        "Change of the share of sites that fail the criterion", "", _OF_CRITERION, subject=_CRITERION,
        interval=NEWCOMBE, value="share of this year less share of the year `since`",
    ),
    "again_tested": Definition(
        "Sites tested in both years", "sites with a result in this year and in `since`", _TESTED
    ),
    "again_fewer": Definition(
        "Sites with fewer failing criteria than before", "such sites", "sites tested in both years", interval=WILSON
    ),
    "again_same": Definition(
        "Sites with as many failing criteria as before", "such sites", "sites tested in both years", interval=WILSON
    ),
    "again_more": Definition(
        "Sites with more failing criteria than before", "such sites", "sites tested in both years", interval=WILSON
    ),
    "again_gone": Definition(
        "Failing criteria that were not found again", "pairs of a site and a criterion that failed then and not now",
        "pairs that failed then or now, on sites tested in both years",
    ),
    "again_still": Definition(
        "Failing criteria that are still there", "pairs of a site and a criterion that failed then and now",
        "pairs that failed then or now, on sites tested in both years",
    ),
    "again_new": Definition(
        "Failing criteria that are new", "pairs of a site and a criterion that fails now and did not then",
        "pairs that failed then or now, on sites tested in both years",
    ),
}  # fmt: skip
"""Every figure that the report can hold."""


@dataclass(slots=True)
class Figures:
    """All figures of a report, to be asked for by what they are."""

    all: list[Figure] = field(default_factory=list)
    _index: dict[Key, Figure] = field(default_factory=dict)

    def add(self, figure: Figure) -> None:
        """Add a figure; each may be there once."""
        if figure.key in self._index:
            raise ValueError(f"The figure {figure.key} is there already.")
        self.all.append(figure)
        self._index[figure.key] = figure

    def get(
        self, name: str, year: int, method: str, *, by: str = ALL, group: str = "", subject: str = ""
    ) -> Figure | None:
        """Return a figure, or None."""
        return self._index.get((name, year, method, by, group, subject))

    def subjects(self, name: str, method: str | None = None) -> list[str]:
        """Return the subjects of a figure's name, in the order in which they came in."""
        found = (f.subject for f in self.all if f.name == name and f.by == ALL and method in (None, f.method))
        return list(dict.fromkeys(found))

    def groups(self, by: str, method: str) -> list[str]:
        """Return the groups of a grouping of a method's sites."""
        return list(dict.fromkeys(f.group for f in self.all if f.by == by and f.method == method))
