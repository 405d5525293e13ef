"""Measures from pixels how controls stand out from what is around them."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import Any

from PIL import Image

from checks.live import LivePage
from checks.probe import Probe, Probed
from checks.probes._pictures import around, crop, moved, picture_in
from checks.probes._pixels import contrast, percentile, pixels
from checks.probes._scripts import with_script

probe = Probe(__name__, title="Measures how controls stand out", spoils=False, order=26)

MOST_CONTROLS = 60
MOST_WINDOWS = 3
MOST_PICTURES = 5

OUTSIDE_PX = 4
"""How far from its edge a control's surroundings are looked at: a shadow may draw its border outside it."""
BORDER = range(-2, 5)
"""Pixels across the edge, from outside to inside, in which a border or a fill is looked for."""
ALONG = tuple(part / 10 for part in range(2, 9))
"""Places along an edge, away from round corners."""

Point = tuple[float, float]


@probe.run
async def look(live: LivePage) -> Probed:
    """Note fields (`fields`) with the contrast of their boundary, and icons that stand alone in a control (`icons`)
    with the contrast of their strongest part.
    """
    tops = await live.evaluate(_FIND, MOST_CONTROLS)
    noted: dict[str, list[dict[str, Any]]] = {"fields": [], "icons": []}
    pictures: dict[str, bytes] = {}
    for top in tops[:MOST_WINDOWS]:
        found = await live.evaluate(_SCROLL, top)
        if not found:
            continue
        clip = around(box for entry in found for box in entry["data"]["boxes"])
        shown = await picture_in(live, clip)
        for entry in found:
            data = entry["data"]
            data["boxes"] = [moved(box, clip) for box in data["boxes"]]
            data["ratio"] = round(_icon(shown, data) if data["isIcon"] else _boundary(shown, data), 2)
            if data["ratio"] < NEEDS and len(pictures) < MOST_PICTURES:
                data["picture"] = f"control{len(pictures)}"
                pictures[data["picture"]] = crop(shown, data["boxes"][:1])
            noted["icons" if data["isIcon"] else "fields"].append(entry)
    if tops:
        await live.evaluate("() => window.scrollTo(0, 0)")
    return Probed(noted, pictures)


NEEDS = 3.0
"""WCAG 2.2, success criterion 1.4.11."""


def _boundary(picture: Image.Image, data: dict[str, Any]) -> float:
    """Return the contrast of a field's clearest boundary: its own, or that of a box drawn closely around it.

    A line above or below is enough; at the sides it takes both, as what stands beside a field may end there.
    """
    best = 1.0
    for left, top, right, bottom in data["boxes"]:
        across = [(left + part * (right - left)) for part in ALONG]
        down = [(top + part * (bottom - top)) for part in ALONG]
        upper = _edge(picture, [((x, top), (0, 1)) for x in across])
        lower = _edge(picture, [((x, bottom - 1), (0, -1)) for x in across])
        first = _edge(picture, [((left, y), (1, 0)) for y in down])
        second = _edge(picture, [((right - 1, y), (-1, 0)) for y in down])
        best = max(best, upper, lower, min(first, second))
    return best


def _edge(picture: Image.Image, places: list[tuple[Point, Point]]) -> float:
    """Return the usual contrast along an edge; each place is a point on it and the way inside."""
    ratios: list[float] = []
    for (x, y), (right, down) in places:
        around = _pixel(picture, x - OUTSIDE_PX * right, y - OUTSIDE_PX * down)
        if around is None:
            continue
        crossed = (_pixel(picture, x + depth * right, y + depth * down) for depth in BORDER)
        ratios.append(max((contrast(around, spot) for spot in crossed if spot is not None), default=1.0))
    return float(median(ratios)) if ratios else 1.0


def _pixel(picture: Image.Image, x: float, y: float) -> tuple[int, int, int] | None:
    column, row = round(x), round(y)
    if not (0 <= column < picture.width and 0 <= row < picture.height):
        return None
    red, green, blue = picture.getpixel((column, row))  # type: ignore[misc]
    return red, green, blue


def _icon(picture: Image.Image, data: dict[str, Any]) -> float:
    """Return the contrast of an icon's strongest part to the colour there is most of in its box."""
    left, top, right, bottom = (round(part) for part in data["boxes"][0])
    spots = pixels(picture, (max(0, left), max(0, top), min(picture.width, right), min(picture.height, bottom)))
    common = Counter(spots).most_common(1)[0][0]
    return percentile([contrast(common, spot) for spot in spots], 0.99)


_FIND = with_script(
    "text",
    """(most) => {
  const FIELDS = "input:not([type=hidden], [type=range], [type=color], [type=file], [type=image], [type=submit],"
    + " [type=button], [type=reset]), select, textarea, [role=textbox], [role=checkbox], [role=radio], [role=combobox]";
  const ICONS = "button, a[href], [role=button], summary";
  const found = [];
  for (const element of document.querySelectorAll(FIELDS)) {
    const isText = !/^(input|select|textarea)$/.test(element.localName) && (element.innerText || "").trim() !== "";
    if (!isText && isShown(element) && !isOfTheBrowser(element)) found.push({ element, isIcon: false });
  }
  for (const element of document.querySelectorAll(ICONS)) {
    if (!isShown(element) || (element.innerText || "").trim()) continue;
    const graphics = [...element.querySelectorAll("svg, img")].filter(isSeen);
    if (graphics.length !== 1) continue;
    const rect = graphics[0].getBoundingClientRect();
    const names = (element.getAttribute("class") || "") + (graphics[0].alt || "");
    // Logotypes may look as they like.
    if (element.getAttribute("href") === "/" || /logo|brand|flag/i.test(names)) continue;
    const isIcon = rect.width <= 64 && rect.height <= 64 && rect.width >= 8;
    if (isIcon) found.push({ element, graphic: graphics[0], isIcon });
  }
  // Of those that look alike, one is measured.
  const known = new Set();
  globalThis.controls = found.filter(({ element, isIcon }) => {
    const style = getComputedStyle(element);
    const drawn = [style.borderColor, style.backgroundColor];
    const looks = [element.localName, element.type, element.getAttribute("class"), isIcon, ...drawn].join();
    if (known.has(looks)) return false;
    known.add(looks);
    return true;
  }).slice(0, most);
  const tops = [];
  const places = globalThis.controls.map(({ element }) => element.getBoundingClientRect().top + scrollY);
  for (const place of places.sort((one, two) => one - two)) {
    const last = tops[tops.length - 1];
    if (last !== undefined && place <= last + innerHeight - 100) continue;
    tops.push(place < innerHeight / 2 ? 0 : Math.round(place) - 40);
  }
  return tops;

  function isShown(element) {
    const isOff = element.closest(":disabled, [aria-disabled=true], [inert], [aria-hidden=true]");
    if (isOff || !isSeen(element)) return false;
    const rect = element.getBoundingClientRect();
    return rect.width >= 8 && rect.height >= 8;
  }

  // Looks that the page has left to the browser are not its affair.
  function isOfTheBrowser(element) {
    const style = getComputedStyle(element);
    if (style.appearance === "none") return false;
    if (/^(checkbox|radio)$/.test(element.type)) return true;
    const isPlain = element.localName === "select" && style.borderColor === "rgb(118, 118, 118)";
    return isPlain || /inset|outset/.test(style.borderStyle);
  }
}""",
)

_SCROLL = with_script(
    "text",
    """async (top) => {
  window.scrollTo(0, top);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const noted = [];
  for (const entry of globalThis.controls || []) {
    const { element, graphic, isIcon } = entry;
    if (entry.done || !element.isConnected || !isSeen(element)) continue;
    const rect = (graphic || element).getBoundingClientRect();
    if (rect.top < 6 || rect.bottom > innerHeight - 6 || rect.left < 0 || rect.right > innerWidth) continue;
    const hit = document.elementFromPoint(rect.x + rect.width / 2, rect.y + rect.height / 2);
    if (!hit || !(hit === element || element.contains(hit))) continue; // something else is drawn in its place
    entry.done = true;
    noted.push(seen(element, { isIcon, boxes: boxesOf(element, rect, isIcon), hints: isIcon || hasHints(element) }));
  }
  return noted;

  // Its own box, and those of the elements drawn closely around it, which may have the border in its place.
  function boxesOf(element, rect, isIcon) {
    const boxes = [[rect.left, rect.top, rect.right, rect.bottom]];
    for (let node = parentOf(element), steps = 0; !isIcon && node && steps < 3; node = parentOf(node), steps++) {
      const its = node.getBoundingClientRect();
      if (its.width > rect.width + 160 || its.height > rect.height + 30) break;
      boxes.push([its.left, its.top, its.right, its.bottom]);
    }
    return boxes;
  }

  // Whether anything else shows that there is a field: words in it, a label, a picture beside it, the cursor's place.
  function hasHints(element) {
    if (element.placeholder || element.value || (element.innerText || "").trim() || element === focused()) return true;
    if ([...(element.labels || [])].some((label) => isSeen(label) && (label.innerText || "").trim())) return true;
    const around = parentOf(element);
    if (getComputedStyle(element).backgroundImage !== "none") return true;
    if (!around || around === document.body) return false;
    return Boolean((around.innerText || "").trim() || around.querySelector("svg, img"));
  }
}""",
)
