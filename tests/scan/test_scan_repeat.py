"""What runs do not agree on is told once each, in one order."""

from __future__ import annotations

from reports.ci.model import CiFinding, CiPage
from scan.repeat import disagreements, seen


def page(*prints: str, is_checked: bool = True) -> CiPage:
    made = tuple(CiFinding("r", "axe", "failed", (), None, "m", "", "t", "<p>", name, "", "") for name in prints)
    return CiPage("a", "/a", is_checked, findings=made)


def test_runs_that_agree_say_nothing() -> None:
    assert list(disagreements([seen([page("x", "y")]), seen([page("y", "x")])])) == []


def test_what_differs_is_said() -> None:
    runs = [seen([page("x", "y", "y")]), seen([page("x", "y")]), seen([page(is_checked=False)])]
    assert list(disagreements(runs)) == [
        "/a: not checked in 1 of 3 runs",
        "/a: r failed (x) in 2 of 3 runs",
        "/a: r failed (y) in 2 of 3 runs",
    ]
    assert list(disagreements(runs[:2])) == ["/a: r failed (y) in 2, 1 places"]
