"""Pictures of elements that a probe found something at."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PIL import Image

from checks.live import Clip, LiveError, LivePage

MARGIN_PX = 16
MAX_HEIGHT_PX = 500
ALL_PX = 10_000


async def picture_of(live: LivePage, path: list[str], *, is_across: bool = False) -> bytes | None:
    """Scroll down to the element at a path of `selectorPath`; return a PNG of it and a little around, or None.

    `is_across` takes the window's whole width, where what matters is how the element stands in it.
    """
    box: Mapping[str, Any] | None = await live.evaluate(_SCROLL_TO, path)
    if not box:
        return None
    height = min(box["height"], MAX_HEIGHT_PX)
    clip = Clip(box["x"] - MARGIN_PX, box["y"] - MARGIN_PX, box["width"] + 2 * MARGIN_PX, height + 2 * MARGIN_PX)
    if is_across:
        clip = Clip(0, clip.y, ALL_PX, clip.height)
    try:
        return await live.screenshot(clip)
    except LiveError:  # out of the window: the page moved it
        return None


Edges = Sequence[float]
"""Left, top, right and bottom of a part of the window, in CSS pixels."""


def around(parts: Iterable[Edges]) -> Clip:
    """Return the part of the window that has all these parts, and a little more. Raises ValueError for no parts."""
    lefts, tops, rights, bottoms = zip(*parts, strict=True)
    left, top = max(0, int(min(lefts)) - MARGIN_PX), max(0, int(min(tops)) - MARGIN_PX)
    return Clip(left, top, int(max(rights)) + MARGIN_PX - left, int(max(bottoms)) + MARGIN_PX - top)


def moved(part: Edges, clip: Clip) -> list[float]:
    """Return where a part of the window is in a picture of this clip."""
    left, top, right, bottom = part
    return [left - clip.x, top - clip.y, right - clip.x, bottom - clip.y]


async def picture_in(live: LivePage, clip: Clip) -> Image.Image:
    """Return a part of the window as an RGB picture."""
    return Image.open(io.BytesIO(await live.screenshot(clip))).convert("RGB")


def crop(picture: Image.Image, parts: Iterable[Edges]) -> bytes:
    """Return these parts of a picture, and a little around them, as one PNG."""
    clip = around(parts)
    right, bottom = min(picture.width, int(clip.x + clip.width)), min(picture.height, int(clip.y + clip.height))
    out = io.BytesIO()
    picture.crop((int(clip.x), int(clip.y), right, bottom)).save(out, "PNG", compress_level=1)
    return out.getvalue()


# Up and down only: a script can scroll sideways where people cannot, and would show what they never see.
_SCROLL_TO = """(path) => {
  const element = elementAt(path);
  if (!element) return null;
  const { top, height } = element.getBoundingClientRect();
  window.scrollTo({ left: 0, top: scrollY + top - Math.max(0, (innerHeight - height) / 2), behavior: "instant" });
  return boxOf(element);
}"""
