"""When to try again: backoff, and what a server's Retry-After asks for."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

RETRY_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})
POSTPONE_HOST_STATUSES = frozenset({429, 503})
"""Statuses that speak for the whole host: everything there waits, not just this page."""


def retry_after_s(value: str, *, now: datetime | None = None) -> float | None:
    """Return the seconds a Retry-After header asks for (RFC 9110 section 10.2.3), or None when it says nothing.

    Negative and past values count as 0.
    """
    text = value.strip()
    if not text:
        return None
    try:
        return max(0.0, float(int(text)))
    except ValueError:
        pass
    except OverflowError:
        return 0.0 if text.startswith("-") else math.inf
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())


def backoff_s(attempt: int, base_s: float) -> float:
    """Return the wait after try number `attempt` (1, 2, ...): base, twice base, four times base ..."""
    return float(base_s * 2 ** (attempt - 1))
