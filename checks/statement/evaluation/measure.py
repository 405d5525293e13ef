"""Runs the checks on every built statement and counts what they find, miss and say wrongly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from checks.model import Outcome
from checks.statement.evaluation.build import build
from checks.statement.evaluation.cases import TODAY, Case
from checks.statement.evaluation.judged import outcomes_of
from checks.statement.evaluation.written import Written


@dataclass(slots=True)
class Count:
    """How often a check was right: `found` and `missed` of what is wrong, `wrong` alarms, and `asked` of a person."""

    found: int = 0
    missed: int = 0
    wrong: int = 0
    asked: int = 0
    slips: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float | None:
        """The share of alarms that were right; None where there was none."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else None

    @property
    def recall(self) -> float | None:
        """The share of defects that were found; None where there was none."""
        return self.found / (self.found + self.missed) if self.found + self.missed else None


@dataclass(slots=True)
class Measured:
    """Counts by check and by language, and how many statements of which kind there were."""

    by_check: defaultdict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    by_language: defaultdict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    n_right: int = 0
    n_wrong: int = 0


def measure(cases: Iterable[Case]) -> Measured:
    """Return what the checks say of each case, counted."""
    return _measured((case, outcomes(case)) for case in cases)


def measure_written(pages: Iterable[Written]) -> Measured:
    """Return what the checks say of each page that was written whole, counted."""
    return _measured((page, page.outcomes()) for page in pages)


def _measured(judged: Iterable[tuple[Case | Written, dict[str, Outcome]]]) -> Measured:
    measured = Measured()
    for case, found in judged:
        measured.n_right += not case.failing
        measured.n_wrong += bool(case.failing)
        for check_id, outcome in found.items():
            for count in (measured.by_check[check_id], measured.by_language[case.lang]):
                _add(count, outcome, check_id in case.failing, f"{case.lang}: {case.name} ({check_id}: {outcome})")
    return measured


def outcomes(case: Case) -> dict[str, Outcome]:
    """Return each check's outcome on one built statement."""
    site = f"https://{case.facts.host}/"
    return outcomes_of(build(case.facts), f"{site}statement.html", site=site, today=TODAY, **case.around)


def _add(count: Count, outcome: Outcome, is_wrong: bool, slip: str) -> None:
    is_alarm = outcome is Outcome.FAILED
    count.found += is_alarm and is_wrong
    count.wrong += is_alarm and not is_wrong
    count.missed += is_wrong and not is_alarm
    count.asked += outcome is Outcome.CANT_TELL
    if is_alarm is not is_wrong:
        count.slips.append(slip)
