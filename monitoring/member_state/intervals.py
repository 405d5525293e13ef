"""How sure a share is: 95 % confidence intervals of shares, of weighted shares and of differences.

Written out because a statistics library would be larger than all of Curbcut; the tests hold each to published numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution: for intervals of 95 %."""

WORST_VARIANCE = 0.25
"""What a share can vary at most: taken for a group of which one site alone was tested."""

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stratum:
    """A group of sites: how many the register holds, how many of them were tested, how many of those count."""

    register: int
    tested: int
    count: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimated share with its interval."""

    share: float
    low: float
    high: float


def wilson(count: float, of: float) -> Interval:
    """Return Wilson's score interval of the share `count` / `of`; `of` is above 0 and need not be whole.

    E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212; recommended for small samples and
    for shares near 0 and 1 by Brown, Cai and DasGupta, Statistical Science 16 (2001), 101-133.
    """
    share = count / of
    stretch = 1 + Z * Z / of
    centre = (share + Z * Z / (2 * of)) / stretch
    half = Z / stretch * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    # Rounding may put either bound a hair outside of what a share can be.
    return 0.0 if count <= 0 else max(0.0, centre - half), 1.0 if count >= of else min(1.0, centre + half)


def difference(count_before: int, of_before: int, count: int, of: int) -> Estimate:
    """Return by how much a share changed, with Newcombe's interval for two samples (his method 10).

    R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890. It takes the samples as independent. Sites that are in
    both make the true interval narrower as a rule.
    """
    before, now = count_before / of_before, count / of
    low_before, high_before = wilson(count_before, of_before)
    low, high = wilson(count, of)
    change = now - before
    return Estimate(
        change,
        change - sqrt((now - low) ** 2 + (high_before - before) ** 2),
        change + sqrt((high - now) ** 2 + (before - low_before) ** 2),
    )


def weighted(strata: Iterable[Stratum]) -> Estimate | None:
    """Return the share in the whole register, each stratum weighted by its size there; None if one was not tested.

    The variance is that of stratified sampling without replacement (Cochran, Sampling Techniques, 3rd edition, 5.3).
    The interval is Wilson's at the effective sample size, which keeps to 0 and 1 where the usual one does not (Franco,
    Little, Louis and Slud, Journal of Survey Statistics and Methodology 7 (2019), 334-364).
    """
    present = [each for each in strata if each.register or each.tested]
    if not present or any(not each.tested for each in present):
        return None
    whole = sum(max(each.register, each.tested) for each in present)
    exact, variance = Fraction(), 0.0
    for each in present:
        size = max(each.register, each.tested)
        own, weight = each.count / each.tested, size / whole
        exact += Fraction(size * each.count, each.tested * whole)
        spread = own * (1 - own) / (each.tested - 1) if each.tested > 1 else WORST_VARIANCE
        variance += weight * weight * (1 - each.tested / size) * spread
    share = float(exact)  # exact until here: where all sites count, the share is 1
    tested = sum(each.tested for each in present)
    effective = share * (1 - share) / variance if variance and 0 < share < 1 else tested
    low, high = wilson(share * effective, effective)
    return Estimate(share, low, high)
