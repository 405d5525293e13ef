"""Numbers as the language writes them (Unicode CLDR)."""

from __future__ import annotations

from functools import lru_cache

from babel.numbers import format_decimal

from reports.wording import spoken


def number(value: float) -> str:
    """Return a number with its thousands apart: 12,345."""
    return written(value, "#,##0")


def written(value: float, pattern: str) -> str:
    """Return a number by a pattern of the CLDR."""
    return _written(value, pattern, spoken.locale())


@lru_cache(maxsize=4096)
def _written(value: float, pattern: str, locale: str) -> str:
    return format_decimal(value, pattern, locale=locale)
