"""Timers are read out of scripts, whatever the scripts hold, in bounded time."""

from __future__ import annotations

import time

import pytest

from checks.probes.script_timers import MOST_CHARS, timers


def test_the_wait_is_worked_out() -> None:
    assert timers("setInterval(() => location.assign('/'), 2 * 60 * 1_000)")[0]["seconds"] == 120


@pytest.mark.parametrize("wait", ["1000", "90000 * 1000", "0", "x"])
def test_a_moment_and_a_day_are_no_matter(wait: str) -> None:
    assert timers(f"setTimeout(() => location.reload(), {wait})") == []


@pytest.mark.parametrize("part", ["setTimeout(", "setTimeout(location.href=", "setTimeout(location = }}} , 1*", " "])
def test_hostile_scripts_are_read_in_bounded_time(part: str) -> None:
    started = time.process_time()
    assert timers((part * MOST_CHARS)[:MOST_CHARS]) == []
    assert time.process_time() - started < 5
