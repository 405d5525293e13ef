"""Confidence intervals: the numbers that their authors published, and what must hold for all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.member_state.intervals import Stratum, difference, weighted, wilson


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_newcombes_published_numbers(count: int, of: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3."""
    assert wilson(count, of) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_a_difference_has_newcombes_published_interval() -> None:
    """Newcombe, Statistics in Medicine 17 (1998), 873-890, table II (a), method 10: 56/70 less 48/80."""
    found = difference(48, 80, 56, 70)
    assert (found.share, found.low, found.high) == (
        pytest.approx(0.2),
        pytest.approx(0.0524, abs=5e-5),
        pytest.approx(0.3339, abs=5e-5),
    )


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_its_share(pair: tuple[int, int]) -> None:
    count, of = pair
    low, high = wilson(count, of)
    assert 0 <= low <= count / of <= high <= 1


def test_weights_are_those_of_the_register() -> None:
    found = weighted([Stratum(900, 10, 0), Stratum(100, 10, 10)])
    assert found is not None
    assert found.share == pytest.approx(0.1)


def test_no_estimate_where_a_group_was_not_tested() -> None:
    assert weighted([Stratum(900, 10, 5), Stratum(100, 0, 0)]) is None
    assert weighted([]) is None


def test_a_group_that_is_tested_whole_adds_no_doubt() -> None:
    half = weighted([Stratum(100, 50, 25), Stratum(100, 50, 25)])
    whole = weighted([Stratum(100, 50, 25), Stratum(50, 50, 25)])
    assert half is not None
    assert whole is not None
    assert whole.high - whole.low < half.high - half.low


def test_where_all_sites_count_the_share_is_one_and_not_a_hair_more_or_less() -> None:
    found = weighted([Stratum(10, 3, 3), Stratum(34, 3, 3), Stratum(3, 3, 3), Stratum(15, 3, 3)])
    assert found is not None
    assert (found.share, found.high) == (1.0, 1.0)


@given(
    st.lists(
        st.tuples(st.integers(1, 40), st.integers(0, 40), st.integers(0, 40)).map(
            lambda t: Stratum(t[0] + t[1], t[0], min(t[0], t[2]))
        ),
        min_size=1,
        max_size=4,
    )
)
def test_an_estimate_lies_in_its_interval_and_between_0_and_1(strata: list[Stratum]) -> None:
    found = weighted(strata)
    assert found is not None
    assert 0 <= found.low <= found.share + 1e-12
    assert found.share - 1e-12 <= found.high <= 1
