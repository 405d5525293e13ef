"""Contrast by WCAG's formula, and pixels of pictures."""

from __future__ import annotations

import pytest
from PIL import Image

from checks.probes._pixels import MOST_PIXELS, contrast, over, percentile, pixels


@pytest.mark.parametrize(
    ("one", "two", "ratio"),
    [
        ((0, 0, 0), (255, 255, 255), 21.0),
        ((255, 255, 255), (255, 255, 255), 1.0),
        ((118, 118, 118), (255, 255, 255), 4.54),  # the well-known #767676 on white
        ((255, 255, 255), (119, 119, 119), 4.48),
    ],
)
def test_contrast_is_that_of_wcag(one: tuple[int, int, int], two: tuple[int, int, int], ratio: float) -> None:
    assert contrast(one, two) == pytest.approx(ratio, abs=0.01)
    assert contrast(two, one) == contrast(one, two)


def test_a_see_through_colour_takes_part_of_what_is_under_it() -> None:
    assert over((0, 0, 0), 0.5, (255, 255, 255)) == (128, 128, 128)
    assert over((10, 20, 30), 1, (255, 255, 255)) == (10, 20, 30)


def test_large_parts_are_thinned_out_and_small_ones_are_not() -> None:
    picture = Image.new("RGB", (1000, 1000), (1, 2, 3))
    assert set(pixels(picture, (0, 0, 1000, 1000))) == {(1, 2, 3)}
    assert len(pixels(picture, (0, 0, 1000, 1000))) <= MOST_PIXELS
    assert len(pixels(picture, (10, 10, 20, 15))) == 50


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([5.0, 1.0, 3.0], 0.0) == 1.0
    assert percentile([5.0, 1.0, 3.0], 0.98) == 5.0
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)
