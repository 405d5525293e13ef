"""A figure in words: with its denominator, its share and its interval, written as the language does."""

from __future__ import annotations

from monitoring.member_state.figures import DEFINITIONS, Figure
from reports.wording import decimal, labelled, number, say, say_n, share_of_hundred, signed

NONE = "–"


def percent(value: float | None) -> str:
    """Return a share in per cent with one decimal."""
    return NONE if value is None else share_of_hundred(value)


def cell(figure: Figure | None) -> str:
    """Return a figure with its denominator: "42 of 60", or "3 (48 on 16 sites)" for a mean."""
    if figure is None:
        return NONE
    if figure.count is None:
        return say_n("%(value)s (of %(n)s site)", "%(value)s (of %(n)s sites)", figure.of, value=decimal(figure.value))
    if DEFINITIONS[figure.name].is_mean:
        return say_n(
            "%(value)s (%(count)s on %(n)s site)", "%(value)s (%(count)s on %(n)s sites)", figure.of,
            value=decimal(figure.value), count=number(figure.count),
        )  # fmt: skip
    return part(figure.count, figure.of)


def part(count: int, of: int) -> str:
    """Return "42 of 60"."""
    return say("%(n)s of %(of)s", n=number(count), of=number(of))


def share(figure: Figure | None) -> str:
    """Return a share with its interval: "70.0% (57.5% to 80.1%)"."""
    if figure is None or figure.value is None:
        return NONE
    if figure.low is None:
        return percent(figure.value)
    return f"{percent(figure.value)} ({interval(figure)})"


def counted(figure: Figure) -> str:
    """Return a figure with its denominator, and its share with its interval."""
    return labelled(cell(figure), share(figure))


def interval(figure: Figure) -> str:
    """Return an interval: "57.5% to 80.1%"."""
    return say("%(low)s to %(high)s", low=percent(figure.low), high=percent(figure.high))


def change(figure: Figure) -> str:
    """Return a difference in percentage points with its interval and its sign."""
    if figure.value is None or figure.low is None or figure.high is None:
        return NONE
    value, low, high = (signed(100 * each) for each in (figure.value, figure.low, figure.high))
    return f"{value} ({say('%(low)s to %(high)s', low=low, high=high)})"
