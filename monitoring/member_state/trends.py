"""How the share of sites that fail each criterion goes over the years: the figures of the report, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from checks.standards import profile
from monitoring.campaign.overview import SampleRow, read_samples
from monitoring.member_state.compute import compute
from monitoring.member_state.figures import Figure, Figures
from monitoring.member_state.rounds import read_rounds
from monitoring.member_state.tables import criterion_title


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One criterion, or `at least one` of a standard: a figure for each of the trend's samples, None where none is."""

    title: str
    figures: tuple[Figure | None, ...]

    @property
    def is_clean(self) -> bool:
        """Whether no site failed in any year."""
        return not any(figure and figure.count for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Trend:
    """The campaigns of one method, the oldest first. `clean` names the criteria that no site failed in any of them."""

    method: str
    samples: tuple[SampleRow, ...]
    overall: tuple[TrendRow, ...]
    criteria: tuple[TrendRow, ...]
    clean: tuple[str, ...]
    left_out: tuple[str, ...]


def read_trends(engine: Engine, campaigns: Path) -> list[Trend]:
    """Return a trend for each method with a result; of several samples of a year and method the newest counts.

    `campaigns` holds the folder of each campaign. Raises StoreError.
    """
    rows = read_samples(engine)
    newest = {(row.year, row.method): row for row in reversed(rows)}
    chosen = sorted(newest.values(), key=lambda row: row.year)
    if not chosen:
        return []
    names = [row.name for row in chosen]
    rounds = read_rounds(engine, years=[row.year for row in chosen], samples=names, campaigns=campaigns)
    figures = compute(rounds)
    tested = {each.sample for each in rounds if each.tested}
    trends = []
    for method in dict.fromkeys(row.method for row in chosen):
        samples = tuple(row for row in chosen if row.method == method and row.name in tested)
        if samples:
            names_left = tuple(row.name for row in rows if row.method == method and row not in chosen)
            trends.append(_trend(figures, method, samples, names_left))
    return trends


def _trend(figures: Figures, method: str, samples: tuple[SampleRow, ...], left_out: tuple[str, ...]) -> Trend:
    def rows(name: str, titles: dict[str, str]) -> list[TrendRow]:
        return [
            TrendRow(title, tuple(figures.get(name, each.year, method, subject=subject) for each in samples))
            for subject, title in titles.items()
        ]

    standards = figures.subjects("any_failed", method)
    overall = rows("any_failed", {name: f"At least one of {profile(name).title}" for name in standards})
    numbers = figures.subjects("criterion_failed", method)
    criteria = rows("criterion_failed", {number: criterion_title(number) for number in numbers})
    failing = sorted((row for row in criteria if not row.is_clean), key=_newest_share, reverse=True)
    clean = tuple(row.title for row in criteria if row.is_clean)
    return Trend(method, samples, tuple(overall), tuple(failing), clean, left_out)


def _newest_share(row: TrendRow) -> list[float]:
    return [figure.value or 0.0 if figure else 0.0 for figure in reversed(row.figures)]
