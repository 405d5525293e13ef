"""When to try again."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.retry import backoff_s, retry_after_s

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", None),
        ("soon", None),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("-5", 0.0),
        ("31536000", 31_536_000.0),
        ("9" * 400, math.inf),
        ("-" + "9" * 400, 0.0),
        ("Thu, 01 Jan 2026 00:01:00 GMT", 60.0),
        ("Thu, 01 Jan 2026 00:01:00", 60.0),
        ("Wed, 31 Dec 2025 00:00:00 GMT", 0.0),
        ("Thu, 99 Jan 2026 00:01:00 GMT", None),
    ],
)
def test_retry_after(header: str, seconds: float | None) -> None:
    assert retry_after_s(header, now=NOW) == seconds


@given(st.one_of(st.text(max_size=40), st.integers().map(str), st.datetimes().map(lambda d: f"{d:%a, %d %b %Y} GMT")))
def test_any_header_gives_a_wait_or_nothing(header: str) -> None:
    wait = retry_after_s(header, now=NOW)
    assert wait is None or wait >= 0


def test_backoff_doubles() -> None:
    assert [backoff_s(n, 5) for n in (1, 2, 3)] == [5, 10, 20]
