"""The made-up country: its bodies and sites, and what is wrong with each site in each year, all from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitoring.register.model import SERVICES
from monitoring.rehearsal.papers import PAPER_DEFECTS, PAPERS
from monitoring.rehearsal.statements import STATEMENT_DEFECTS
from monitoring.rehearsal.templates import DEFECTS, PATHS
from monitoring.sheets import Table

POPULATION = 100_000
YEARS = (2025, 2026, 2027)
TERRITORIES = ("AT130", "AT211", "AT312")
LEVEL_WORDS = {"a": "state", "b": "regional", "c": "local", "d": "public law"}
BODY_WORDS = {"a": "State office", "b": "Regional authority", "c": "Town", "d": "Institute"}
LEVEL_WEIGHTS = (1, 2, 10, 3)
"""As in most countries, most sites are local."""

MENDED, BROKEN = 0.3, 0.06
"""How likely a defect is mended from one year to the next, and how likely a part that was right breaks."""

WITH_STATEMENT, WRONG = 0.6, 0.25
"""How likely a site has, or writes, a statement, and how likely each thing is wrong with a statement or a document."""


@dataclass(frozen=True, slots=True)
class PlannedSite:
    """A site and the truth about it: the defects planted in it, by year. `answers` is False if it is down.

    `statements` holds what is wrong with its accessibility statement, None where it has none; `papers` the defects of
    each of its documents by its name.
    """

    number: int
    url: str
    body: str
    level: str
    services: tuple[str, ...]
    territory: str
    nominated_by: str
    answers: bool
    planted: Mapping[int, frozenset[str]]
    statements: Mapping[int, frozenset[str] | None]
    papers: Mapping[int, Mapping[str, frozenset[str]]]

    def n_pages(self, year: int) -> int:
        """Return how many pages it has in a year, the statement's among them."""
        return len(PATHS) + (self.statements[year] is not None)


@dataclass(frozen=True, slots=True)
class Country:
    """All sites of the country."""

    sites: Sequence[PlannedSite]

    def register(self) -> Table:
        """Return the register as a spreadsheet that `curbcut register import` reads."""
        columns = ("url", "body", "level", "services", "territory", "nominated by")
        return Table("Register", columns, [_line(site) for site in self.sites])


def invent(n_bodies: int, *, seed: int, address: str = "https://site-{number}.example/", down: float = 0.05) -> Country:
    """Return a country with a site for each body. `address` may hold {number}, {high} and {low}.

    The share `down` of the sites does not answer.
    """
    chance = random.Random(seed)  # noqa: S311 - a made-up country keeps no secrets
    aside = random.Random(f"{seed}, statements and documents")  # noqa: S311
    return Country([_site(chance, aside, number, address, down) for number in range(1, n_bodies + 1)])


def _site(chance: random.Random, aside: random.Random, number: int, address: str, down: float) -> PlannedSite:
    [level] = chance.choices(list(LEVEL_WORDS), LEVEL_WEIGHTS)
    return PlannedSite(
        number=number,
        url=address.format(number=number, high=number // 250, low=number % 250 + 1),
        body=f"{BODY_WORDS[level]} {number}",
        level=level,
        services=tuple(sorted(chance.sample(SERVICES, chance.choice((1, 1, 1, 2))))),
        territory=chance.choice(TERRITORIES),
        nominated_by="Union of blind people" if chance.random() < 0.02 else "",
        answers=chance.random() >= down,
        planted=dict(_years(chance)),
        statements=dict(_statements(aside)),
        papers=dict(_papers(aside)),
    )


def _years(chance: random.Random) -> Iterator[tuple[int, frozenset[str]]]:
    """Give what is wrong in each year: much or nothing at first; then some is mended, and some breaks."""
    likely = chance.choice((0.0, 0.2, 0.4, 0.7))
    planted = frozenset(defect.id for defect in DEFECTS if chance.random() < likely)
    for year in YEARS:
        yield year, planted
        planted = frozenset(
            defect.id
            for defect in DEFECTS
            if (chance.random() >= MENDED if defect.id in planted else chance.random() < BROKEN)
        )


def _statements(chance: random.Random) -> Iterator[tuple[int, frozenset[str] | None]]:
    """Give what is wrong with a site's statement in each year; a site without one may write it later."""
    planted: frozenset[str] | None = None
    for year in YEARS:
        if planted is not None:
            planted = frozenset(each for each in planted if chance.random() >= MENDED)
        elif chance.random() < WITH_STATEMENT:
            planted = frozenset(each.id for each in STATEMENT_DEFECTS if chance.random() < WRONG)
        yield year, planted


def _papers(chance: random.Random) -> Iterator[tuple[int, Mapping[str, frozenset[str]]]]:
    """Give the documents of a site and what is wrong with each, new ones in every year."""
    for year in YEARS:
        yield (
            year,
            {
                name: frozenset(each.id for each in PAPER_DEFECTS if chance.random() < WRONG)
                for name in chance.sample(PAPERS, chance.randint(0, len(PAPERS)))
            },
        )


def _line(site: PlannedSite) -> tuple[str, ...]:
    return (
        site.url, site.body, LEVEL_WORDS[site.level], "; ".join(site.services), site.territory, site.nominated_by,
    )  # fmt: skip
