"""What is said of a scan's progress while it runs."""

from __future__ import annotations

import pytest

from scan.progress import Snapshot


@pytest.mark.parametrize(
    ("rate", "left_s", "words"),
    [
        (0.0, None, "1 page checked, 2 of 9 addresses done, 1 finding"),
        (0.1, 70.0, "1 page checked, 2 of 9 addresses done, 1 finding, 6 pages a minute, about 70 s left"),
        (2.5, 3.0, "1 page checked, 2 of 9 addresses done, 1 finding, 2.5 pages a second, about 3 s left"),
    ],
)
def test_no_rate_is_told_before_there_is_one(rate: float, left_s: float | None, words: str) -> None:
    assert Snapshot(1, 2, 9, 1, rate, left_s).words() == words


def test_closer_looks_are_counted_apart() -> None:
    words = Snapshot(7, 9, 9, 43, 0.0, None, looked=1, to_look=3).words()
    assert words == "7 pages checked; looked closely at 1 of 3, 43 findings"
