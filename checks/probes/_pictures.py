"""Pictures of elements that a probe found something at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checks.live import Clip, LiveError, LivePage

MARGIN_PX = 16
MAX_HEIGHT_PX = 500
ALL_PX = 10_000


async def picture_of(live: LivePage, path: list[str], *, is_across: bool = False) -> bytes | None:
    """Scroll to the element at a path of `selectorPath`; return a PNG of it and a little around, None if it is gone.

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


_SCROLL_TO = """(path) => {
  const element = elementAt(path);
  if (!element) return null;
  const block = element.getBoundingClientRect().height > innerHeight ? "start" : "center";
  element.scrollIntoView({ block, inline: "nearest", behavior: "instant" });
  return boxOf(element);
}"""
