"""Tells what the focus changes in a picture: how many pixels, and how strongly."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageChops

from checks.live import VIEWPORT, Clip

MARGIN_PX = 14
"""Rings are drawn outside the box; those of design systems reach 3 to 8 pixels."""
NEIGHBOURHOOD_PX = 60
"""What is shown around an element in the report's picture."""
CHANNEL_CHANGE = 12
"""Of 255, in one colour channel: less than that may be antialiasing, and hardly anybody sees it."""
LEAST_PIXELS = 6
LEAST_SHARE = 0.03
MOST_CLIP_PX = (1280, 500)
MOST_COMPARED = 20_000


@dataclass(frozen=True, slots=True)
class Change:
    """How many pixels differ between two pictures, and the contrast ratio that the strongest part of them reaches.

    `faint` counts the pixels that differ at all where that is too little to be seen; `ratio` is theirs then.
    """

    pixels: int
    ratio: float
    faint: int = 0

    @property
    def is_seen(self) -> bool:
        """Whether anything changed that people can see."""
        return self.pixels >= LEAST_PIXELS


def clip_around(box: Mapping[str, Any], margin: int = MARGIN_PX) -> Clip | None:
    """Return the part of the window around a box; None when it is outside."""
    left, top = max(0.0, box["x"] - margin), max(0.0, box["y"] - margin)
    right = min(float(VIEWPORT[0]), box["x"] + box["width"] + margin, left + MOST_CLIP_PX[0])
    bottom = min(float(VIEWPORT[1]), box["y"] + box["height"] + margin, top + MOST_CLIP_PX[1])
    if right - left < 2 or bottom - top < 2:
        return None
    return Clip(float(int(left)), float(int(top)), float(int(right - int(left))), float(int(bottom - int(top))))


def opened(png: bytes) -> Image.Image:
    """Return a PNG as a picture in RGB."""
    return Image.open(io.BytesIO(png)).convert("RGB")


def part_of(window: Image.Image, clip: Clip) -> Image.Image:
    """Return a part of a picture of the window."""
    return window.crop((int(clip.x), int(clip.y), int(clip.x + clip.width), int(clip.y + clip.height)))


def as_png(picture: Image.Image) -> bytes:
    """Return a picture as a PNG."""
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def change(first: Image.Image, second: Image.Image) -> Change:
    """Compare two pictures of the same part of the window."""
    if first.size != second.size:
        size = (min(first.width, second.width), min(first.height, second.height))
        first, second = first.crop((0, 0, *size)), second.crop((0, 0, *size))
    red, green, blue = ImageChops.difference(first, second).split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    histogram = strongest.histogram()
    pixels = sum(histogram[CHANNEL_CHANGE:])
    if pixels >= LEAST_PIXELS:
        return Change(pixels, _ratio(first, second, strongest, CHANNEL_CHANGE))
    faint = sum(histogram[1:])
    return Change(pixels, _ratio(first, second, strongest, 1) if faint else 1.0, faint)


def _ratio(first: Image.Image, second: Image.Image, strength: Image.Image, least: int) -> float:
    """Return the contrast that a visible part of the changed pixels reaches against what was there before.

    `least` is the change of a channel from which a pixel counts.
    A ring is a small part of what changes where the background changes as well, so the strongest few per cent count.
    """
    box = strength.point(lambda value: 255 if value >= least else 0).getbbox()
    before, after = (picture.crop(box).tobytes() for picture in (first, second))
    weights = strength.crop(box).tobytes()
    step = max(1, len(weights) // MOST_COMPARED)
    pairs = Counter(
        (before[at * 3 : at * 3 + 3], after[at * 3 : at * 3 + 3])
        for at in range(0, len(weights), step)
        if weights[at] >= least
    )
    left = max(1, int(pairs.total() * LEAST_SHARE))
    for ratio, count in sorted(((contrast(*pair), count) for pair, count in pairs.items()), reverse=True):
        left -= count
        if left <= 0:
            return round(ratio, 2)
    return 1.0


def contrast(one: bytes, other: bytes) -> float:
    """Return the contrast ratio of two RGB colours, as WCAG defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: bytes) -> float:
    red, green, blue = (_LINEAR[value] for value in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


_LINEAR = [c / 12.92 if (c := value / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for value in range(256)]
