"""Whether a build fails: which findings count, and how many are too many."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from reports.ci.model import Kind, Standing, Tally
from reports.ci.names import FailOn


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many findings count, of what kind, and how many may be; with `allowed` None any number passes."""

    counted: int
    allowed: int | None
    said: str

    @property
    def has_failed(self) -> bool:
        """Whether the build fails."""
        return self.allowed is not None and self.counted > self.allowed


def judge(tally: Tally, fail_on: Collection[FailOn], max_findings: int | None, *, has_baseline: bool) -> Verdict:
    """Return the verdict. Without `fail_on` a baseline makes new findings count, and else barriers do."""
    asked = set(fail_on) or {FailOn.NEW if has_baseline else FailOn.WCAG}
    is_on = bool(fail_on) or has_baseline or max_findings is not None
    allowed = (max_findings or 0) if is_on else None
    barriers, words = (_counting(tally, kind) for kind in (Kind.BARRIER, Kind.WORDS))
    if asked & {FailOn.NEW, FailOn.ANY} or {FailOn.WCAG, FailOn.STYLE} <= asked:
        return Verdict(barriers + words, allowed, "failures that nobody has accepted" if has_baseline else "failures")
    counted = 0
    names: list[str] = []
    if FailOn.WCAG in asked:
        counted, names = barriers, ["failures" if asked == {FailOn.WCAG} else "barriers"]
    elif FailOn.SERIOUS in asked:
        counted, names = tally.serious, ["serious barriers"]
    if FailOn.STYLE in asked:
        counted, names = counted + words, [*names, "passages to reword"]
    return Verdict(counted, allowed, " and ".join(names))


def _counting(tally: Tally, kind: Kind) -> int:
    return tally.of(kind, standing=Standing.NEW) + tally.of(kind, standing=Standing.EXPIRED)
