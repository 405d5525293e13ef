"""WCAG's success criteria and the functional performance statements they serve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from checks.standards._load import load

WCAG_VERSIONS = ("2.0", "2.1", "2.2")

_PAGES = {
    "2.0": "https://www.w3.org/TR/UNDERSTANDING-WCAG20/{}.html",
    "2.1": "https://www.w3.org/WAI/WCAG21/Understanding/{}.html",
    "2.2": "https://www.w3.org/WAI/WCAG22/Understanding/{}.html",
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One WCAG success criterion.

    `versions` are the WCAG versions that have it, oldest first. `satisfied_by_definition` is true of 4.1.1 Parsing
    only: W3C's errata say that HTML always meets it, so nothing can fail it. `stricter` is the number of the criterion
    that asks for the same and more, so that a failure of this one is always a failure of that one; empty for most.
    """

    num: str
    handle: str
    id: str
    level: str
    principle: str
    versions: tuple[str, ...]
    since: str
    satisfied_by_definition: bool = False
    stricter: str = ""
    _page_ids: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False, hash=False)

    def url(self, version: str = "2.2") -> str:
        """Return W3C's page that explains this criterion in a WCAG version.

        A version older than the criterion gives the page of the first version that has it. 4.1.1 has a page in 2.2,
        which says that it was removed. KeyError for a version that does not exist.
        """
        page = _PAGES[version]
        if version < self.since:
            return self.url(self.since)
        return page.format(self._page_ids.get(version, self.id))


@dataclass(frozen=True, slots=True)
class FunctionalStatement:
    """One functional performance statement of EN 301 549 clause 4.2.

    `need` is the letter of the user accessibility need that simplified monitoring must cover (Implementing Decision
    (EU) 2018/1524), or empty where the Decision names none.
    """

    id: str
    title: str
    need: str


@dataclass(frozen=True, slots=True)
class FunctionalMapping:
    """The statements one success criterion serves: EN 301 549 V3.2.1, Table B.2."""

    primary: tuple[str, ...]
    secondary: tuple[str, ...]


@cache
def criteria() -> Mapping[str, Criterion]:
    """Return every success criterion of WCAG 2.0 to 2.2 by number, in the order of WCAG."""
    data = load("wcag.yaml")
    principles = data["principles"]
    return MappingProxyType({row["num"]: _criterion(row, principles) for row in data["criteria"]})


def with_stricter(numbers: Iterable[str]) -> tuple[str, ...]:
    """Return criteria with those that a failure of one of them always fails as well, each once, in WCAG's order."""
    known = criteria()
    given = dict.fromkeys(numbers)
    more = {known[number].stricter for number in given if number in known} - {""} - set(given)
    if not more:
        return tuple(given)
    return tuple(sorted([*given, *more], key=lambda number: [int(part) for part in number.split(".")]))


@cache
def functional_statements() -> Mapping[str, FunctionalStatement]:
    """Return the eleven functional performance statements by clause number, such as 4.2.1."""
    rows = load("functional.yaml")["statements"]
    return MappingProxyType(
        {row["id"]: FunctionalStatement(row["id"], row["title"], row["need"] or "") for row in rows}
    )


@cache
def functional_mappings() -> Mapping[str, FunctionalMapping]:
    """Return the statements that each success criterion of WCAG 2.1 A and AA serves, by criterion number.

    The criteria that are new in WCAG 2.2 are not in the table, because EN 301 549 V3.2.1 does not know them.
    """
    rows = load("functional.yaml")["criteria"]
    return MappingProxyType(
        {num: FunctionalMapping(tuple(row["primary"]), tuple(row["secondary"])) for num, row in rows.items()}
    )


def _criterion(row: dict[str, str], principles: dict[int, str]) -> Criterion:
    since, until = row["since"], row.get("until", WCAG_VERSIONS[-1])
    return Criterion(
        num=row["num"],
        handle=row["handle"],
        id=row["id"],
        level=row["level"],
        principle=principles[int(row["num"][0])],
        versions=tuple(version for version in WCAG_VERSIONS if since <= version <= until),
        since=since,
        satisfied_by_definition=bool(row.get("satisfied_by_definition")),
        stricter=row.get("stricter", ""),
        _page_ids=MappingProxyType({v: row[f"id_{v}"] for v in WCAG_VERSIONS if f"id_{v}" in row}),
    )
