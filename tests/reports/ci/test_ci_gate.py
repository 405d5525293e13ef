"""When a build fails: what counts, and how many are allowed."""

from __future__ import annotations

import pytest

from reports.ci.gate import judge
from reports.ci.model import Kind, Standing, Tally
from reports.ci.names import FailOn

TALLY = Tally(
    counts={
        (Kind.BARRIER, Standing.NEW): 3,
        (Kind.BARRIER, Standing.EXPIRED): 2,
        (Kind.BARRIER, Standing.ACCEPTED): 100,
        (Kind.WORDS, Standing.NEW): 7,
        (Kind.WORDS, Standing.ACCEPTED): 100,
        (Kind.QUESTION, Standing.NEW): 100,
    },
    serious=4,
)


@pytest.mark.parametrize(
    ("fail_on", "counted"),
    [
        (["new"], 12),
        (["any"], 12),
        (["wcag"], 5),
        (["serious"], 4),
        (["style"], 7),
        (["serious", "wcag"], 5),
        (["serious", "style"], 11),
        (["wcag", "style"], 12),
        ([], 12),
    ],
)
def test_what_counts(fail_on: list[str], counted: int) -> None:
    verdict = judge(TALLY, [FailOn(name) for name in fail_on], None, has_baseline=True)
    assert (verdict.counted, verdict.has_failed) == (counted, True)
    assert not judge(TALLY, [FailOn(name) for name in fail_on], counted, has_baseline=True).has_failed
    assert judge(TALLY, [FailOn(name) for name in fail_on], counted - 1, has_baseline=True).has_failed


def test_without_being_asked_a_check_never_fails_and_counts_barriers() -> None:
    assert not judge(TALLY, [], None, has_baseline=False).has_failed
    assert judge(TALLY, [], 0, has_baseline=False).counted == 5


def test_a_baseline_alone_asks_for_nothing_new() -> None:
    assert judge(TALLY, [], None, has_baseline=True).has_failed
    assert not judge(Tally(counts={(Kind.BARRIER, Standing.ACCEPTED): 1}), [], None, has_baseline=True).has_failed
