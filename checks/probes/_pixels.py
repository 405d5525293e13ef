"""Colours of pixels: contrast by WCAG's formula, and how it spreads over an area."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from PIL import Image

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

MOST_PIXELS = 20_000
"""Of one area; larger ones are looked at in steps."""


@lru_cache(maxsize=65_536)
def luminance(colour: Colour) -> float:
    """Return the relative luminance of an sRGB colour (WCAG 2.2, "relative luminance")."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, two: Colour) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    first, second = luminance(one), luminance(two)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def over(colour: Colour, alpha: float, under: Colour) -> Colour:
    """Return what a colour looks like over another."""
    red, green, blue = (round(alpha * a + (1 - alpha) * b) for a, b in zip(colour, under, strict=True))
    return red, green, blue


def pixels(picture: Image.Image, box: Box, most: int = MOST_PIXELS) -> list[Colour]:
    """Return the pixels of a part of an RGB picture, evenly thinned out to a bound."""
    part = picture.crop(box)
    share = (most / max(1, part.width * part.height)) ** 0.5
    if share < 1:
        size = (max(1, int(part.width * share)), max(1, int(part.height * share)))
        part = part.resize(size, Image.Resampling.NEAREST)
    raw = part.tobytes()
    return [(raw[at], raw[at + 1], raw[at + 2]) for at in range(0, len(raw), 3)]


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value that `share` of the values do not exceed. Raises ValueError when there are none."""
    ordered: Sequence[float] = sorted(values)
    if not ordered:
        raise ValueError("no values")
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
