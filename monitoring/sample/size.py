"""How many sites a sample must hold: the formulas of Decision (EU) 2018/1524, Annex I, point 2.1."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from monitoring.errors import MonitoringError
from monitoring.facts import caveat, decision
from monitoring.sample.notes import FEW_SITES

FIRST_YEAR = 2020
MAX_POPULATION = 2_000_000_000
LEAST_SHARE_OF_FEW_SITES = Fraction(3, 4)
"""Point 2.1.6: where there are fewer sites than the formula asks for, at least 75 % of them (unverified)."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes for one Member State and year, and the monitoring period that the year belongs to."""

    population: int
    year: int
    period: int
    simplified: int
    in_depth: int
    mobile: int

    def of(self, method: str) -> int:
        """Return the size for `simplified` or `in-depth`."""
        return self.simplified if method == "simplified" else self.in_depth


def period_of(year: int) -> int:
    """Return the number of the monitoring period: 2020 and 2021 are the first, from 2022 each year is one."""
    if year < FIRST_YEAR:
        raise MonitoringError(f"Monitoring began in {FIRST_YEAR}; {year} is before that.")
    return max(1, year - 2020)


def sizes(population: int, year: int) -> Sizes:
    """Return the sizes, rounded up as Austria does (the Decision does not say how). Raises MonitoringError."""
    if not 0 < population <= MAX_POPULATION:
        raise MonitoringError("The population is the number of inhabitants of the Member State, such as 8858775.")
    period = period_of(year)
    base = Fraction(2 * population, 100_000) + 75
    simplified = base if period < 3 else Fraction(3 * population, 100_000) + 75
    return Sizes(
        population,
        year,
        period,
        ceil(simplified),
        ceil(base / 20 + 10),  # always of the two per 100,000, in the third period and later, too
        ceil(Fraction(population, 1_000_000) + 6),
    )


def wanted_of(size: int, available: int) -> tuple[int, str]:
    """Return how many sites to draw of those that there are, and why it is not `size` ("" if it is)."""
    if available >= size:
        return size, ""
    few = ceil(LEAST_SHARE_OF_FEW_SITES * available)
    mark = caveat(decision()["sample_size"]["small_population_of_sites"]["v"])
    return few, FEW_SITES % {"available": available, "size": size, "few": few, "mark": mark}
