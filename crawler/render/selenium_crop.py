"""Takes cropped pictures of elements with Selenium, with the element outlined: what `crop` does with Playwright."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.webdriver import WebDriver

from crawler.render.capture import Crop, CropRequest
from crawler.render.crop import JPEG_QUALITY, OUTLINE, UNMARK, clip_around

SHOW = """const [target] = arguments;
let scope = document, element = null;
const frames = [];
for (const selector of target) {
  element = scope && scope.querySelector(selector);
  if (!element) return null;
  if (element.contentDocument) frames.push(element);
  scope = element.contentDocument || element.shadowRoot;
}
if (frames.at(-1) === element) frames.pop();
element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
const { x, y, width, height } = element.getBoundingClientRect();
const box = { x, y, width, height };
for (const frame of frames) {
  const place = frame.getBoundingClientRect();
  box.x += place.x + frame.clientLeft;
  box.y += place.y + frame.clientTop;
}
return { box, width: innerWidth, height: innerHeight };"""
"""Brings an element into view; returns its box and the window's size. A frame of another site gives nothing."""


def take(driver: WebDriver, request: CropRequest) -> Crop | None:
    """Return a picture of the element `request` points to, or None when it has no box or is gone."""
    try:
        shown: Any = driver.execute_script(SHOW, list(request.finding.target))
        if not shown or min(shown["box"]["width"], shown["box"]["height"]) < 1:
            return None
        clip = clip_around(shown["box"], shown["width"], shown["height"])
        if clip is None:
            return None
        driver.execute_script(f"({OUTLINE})(arguments[0])", shown["box"])
        screen = driver.get_screenshot_as_png()
        driver.execute_script(f"({UNMARK})()")
    except WebDriverException:
        return None  # a picture is an extra; the finding stands without it
    left, top = int(clip["x"]), int(clip["y"])
    width, height = int(clip["width"]), int(clip["height"])
    data = io.BytesIO()
    with Image.open(io.BytesIO(screen)) as image:
        scale = image.width / shown["width"]  # more than one pixel a CSS pixel on some machines of a Grid
        corners = (left * scale, top * scale, (left + width) * scale, (top + height) * scale)
        part = image.crop(tuple(int(edge) for edge in corners)).convert("RGB")  # type: ignore[arg-type]
        part.resize((width, height)).save(data, "JPEG", quality=JPEG_QUALITY)
    return Crop(request, "image/jpeg", width, height, data.getvalue())
