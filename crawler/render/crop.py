"""Takes cropped pictures of elements on a live Playwright page, with the element outlined."""

from __future__ import annotations

from typing import cast

from playwright.async_api import ElementHandle, Error, FloatRect, Frame, Page

from crawler.render.capture import Crop, CropRequest

MARGIN_PX = 24
MIN_WIDTH_PX, MIN_HEIGHT_PX = 240, 96
MAX_WIDTH_PX, MAX_HEIGHT_PX = 800, 480
CROP_MS = 4_000
JPEG_QUALITY = 70
OUTLINE = """(box) => {
  const mark = document.createElement("div");
  mark.id = "curbcut-mark";
  mark.style.cssText = `all:initial;position:fixed;z-index:2147483647;pointer-events:none;box-sizing:border-box;`
    + `left:${box.x - 4}px;top:${box.y - 4}px;width:${box.width + 8}px;height:${box.height + 8}px;`
    + `border:3px solid #d4351c;outline:2px solid #ffffff;`;
  document.documentElement.append(mark);
}"""
UNMARK = '() => document.getElementById("curbcut-mark")?.remove()'
INSIDE_SHADOW = "(host, selector) => host.shadowRoot && host.shadowRoot.querySelector(selector)"
CENTRE = 'element => element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" })'


async def take(page: Page, request: CropRequest) -> Crop | None:
    """Return a picture of the element `request` points to, or None when it has no box or is gone."""
    try:
        element = await _find(page.main_frame, request.finding.target)
        if element is None:
            return None
        await element.evaluate(CENTRE)
        box = await element.bounding_box()
        viewport = page.viewport_size
        if box is None or viewport is None or box["width"] < 1 or box["height"] < 1:
            return None
        clip = clip_around(box, viewport["width"], viewport["height"])
        if clip is None:
            return None
        await page.evaluate(OUTLINE, dict(box))
        data = await page.screenshot(type="jpeg", quality=JPEG_QUALITY, clip=clip, timeout=CROP_MS, scale="css")
        await page.evaluate(UNMARK)
    except Error:
        return None  # a picture is an extra; the finding stands without it
    return Crop(request, "image/jpeg", int(clip["width"]), int(clip["height"]), data)


async def _find(frame: Frame, target: tuple[str, ...]) -> ElementHandle | None:
    scope: Frame | ElementHandle = frame
    element: ElementHandle | None = None
    for selector in target:
        if isinstance(scope, Frame):
            element = await scope.query_selector(selector)
        else:
            element = (await scope.evaluate_handle(INSIDE_SHADOW, selector)).as_element()
        if element is None:
            return None
        scope = await element.content_frame() or element
    return element


def clip_around(box: FloatRect, width: int, height: int) -> FloatRect | None:
    """Return the part of the viewport to picture: the element with a margin, within sensible sizes."""
    clip_width = min(max(box["width"] + 2 * MARGIN_PX, MIN_WIDTH_PX), MAX_WIDTH_PX, width)
    clip_height = min(max(box["height"] + 2 * MARGIN_PX, MIN_HEIGHT_PX), MAX_HEIGHT_PX, height)
    x = min(max(box["x"] + min(box["width"], clip_width) / 2 - clip_width / 2, 0), width - clip_width)
    y = min(max(box["y"] + min(box["height"], clip_height) / 2 - clip_height / 2, 0), height - clip_height)
    if box["x"] >= width or box["y"] >= height or box["x"] + box["width"] <= 0 or box["y"] + box["height"] <= 0:
        return None
    rect = {"x": int(x), "y": int(y), "width": int(clip_width), "height": int(clip_height)}
    return cast(FloatRect, rect)
