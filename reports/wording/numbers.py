"""Numbers as the language writes them (Unicode CLDR)."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal, format_percent

from reports.wording import spoken


def number(value: float) -> str:
    """Return a number with its thousands apart: 12,345."""
    return written(value, "#,##0")


def written(value: float, pattern: str) -> str:
    """Return a number by a pattern of the CLDR."""
    return _written(value, pattern, spoken.locale())


def percentage(value: float, *, decimals: int) -> str:
    """Return a share (0.7) in per cent, with the language's sign and the space that it sets before it."""
    locale = spoken.locale()
    whole = Locale.parse(locale).percent_formats[None].pattern
    return format_percent(value, whole.replace("##0", f"##0.{'0' * decimals}"), locale=locale)


@lru_cache(maxsize=4096)
def _written(value: float, pattern: str, locale: str) -> str:
    return format_decimal(value, pattern, locale=locale)
