"""Times and sizes in words and numbers of the language that is spoken."""

from __future__ import annotations

from datetime import UTC, datetime

from babel.dates import format_date, format_time

from reports.wording import spoken
from reports.wording.messages import say, say_n
from reports.wording.numbers import number, percentage, written

_SECONDS_IN_MINUTE = 60
_BYTES_STEP = 1000


def decimal(value: float | None) -> str:
    """Return a number with at most one decimal, or a dash where there is none."""
    return "–" if value is None else written(value, "#,##0.#")


def share_of_hundred(value: float) -> str:
    """Return a share in per cent with one decimal: 0.7 is "70.0%"."""
    return percentage(value, decimals=1)


def signed(value: float) -> str:
    """Return a number with one decimal and its sign."""
    return written(value, "+#,##0.0;-#,##0.0")


def moment(iso: str | None) -> str:
    """Return an ISO 8601 time as "20 November 2026, 08:00 UTC"; what cannot be read is returned as it is."""
    if not iso:
        return ""
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    when = when.astimezone(UTC) if when.tzinfo else when
    locale = spoken.locale()
    return f"{format_date(when, 'long', locale=locale)}, {format_time(when, 'short', locale=locale)} UTC"


def duration(seconds: float) -> str:
    """Return seconds as "24 min 10 s": the signs of the SI are the same in all languages."""
    minutes, rest = divmod(round(seconds), _SECONDS_IN_MINUTE)
    hours, minutes = divmod(minutes, _SECONDS_IN_MINUTE)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def file_size(size_bytes: int | None) -> str:
    """Return a size as "240 kB"; an unknown size as "unknown"."""
    if size_bytes is None:
        return say("unknown")
    if size_bytes < _BYTES_STEP:
        return say_n("%(n)s byte", "%(n)s bytes", size_bytes)
    if size_bytes < _BYTES_STEP**2:
        return f"{number(round(size_bytes / _BYTES_STEP))} kB"
    return f"{written(size_bytes / _BYTES_STEP**2, '#,##0.0')} MB"
