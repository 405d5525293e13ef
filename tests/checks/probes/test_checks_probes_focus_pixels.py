"""What counts as a change that people can see, and its contrast."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from checks.live import Clip
from checks.probes._focus_pixels import change, clip_around, contrast, part_of

WHITE = Image.new("RGB", (100, 40), "#fff")


def ringed(colour: str, width: int = 2) -> Image.Image:
    picture = WHITE.copy()
    ImageDraw.Draw(picture).rectangle((10, 10, 90, 30), outline=colour, width=width)
    return picture


def test_equal_pictures_and_antialiasing_are_no_change() -> None:
    assert not change(WHITE, WHITE.copy()).is_seen
    assert not change(WHITE, ringed("#f8f8f8")).is_seen


def test_what_is_too_little_to_be_seen_is_measured() -> None:
    found = change(WHITE, ringed("#f4f4f4", width=1))
    assert (found.pixels, found.faint) == (0, 2 * 81 + 2 * 19)
    assert found.ratio == pytest.approx(1.10, abs=0.005)
    assert change(WHITE, WHITE.copy()) == change(WHITE, WHITE)
    assert change(WHITE, WHITE.copy()).faint == 0


@pytest.mark.parametrize(("colour", "ratio"), [("#000", 21.0), ("#767676", 4.54), ("#ccc", 1.61)])
def test_the_contrast_of_a_ring_is_measured(colour: str, ratio: float) -> None:
    found = change(WHITE, ringed(colour))
    assert found.is_seen
    assert found.ratio == pytest.approx(ratio, abs=0.01)


def test_a_clear_line_counts_though_most_of_the_change_is_pale() -> None:
    picture = Image.new("RGB", (100, 40), "#fffbe0")
    ImageDraw.Draw(picture).rectangle((0, 36, 99, 39), fill="#000")
    assert change(WHITE, picture).ratio == pytest.approx(21.0)


def test_contrast_is_the_same_both_ways() -> None:
    assert contrast(b"\x00\x00\x00", b"\xff\xff\xff") == contrast(b"\xff\xff\xff", b"\x00\x00\x00") == 21


def test_a_clip_stays_in_the_window_and_a_box_outside_has_none() -> None:
    assert clip_around({"x": -5, "y": 3, "width": 30, "height": 20}) == Clip(0, 0, 39, 37)
    assert clip_around({"x": -500, "y": 3, "width": 30, "height": 20}) is None
    assert part_of(WHITE, Clip(10, 5, 20, 10)).size == (20, 10)
