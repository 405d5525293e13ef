"""docs/rule-precision.md: how often the findings of each rule are right on real pages."""

from __future__ import annotations

from checks.evaluation.precision import read_labels, report

PAGE = "docs/rule-precision.md"


def pages() -> dict[str, str]:
    """Return the whole page."""
    return {PAGE: report(read_labels())}
