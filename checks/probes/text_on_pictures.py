"""Measures the contrast of text over images, gradients and shadows from pictures with and without the text.

Letters are told by painting all text white, then black: what differs is a letter, whatever lies under it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PIL import Image, ImageChops

from checks.live import Clip, LivePage
from checks.probe import Probe, Probed
from checks.probes._pictures import around, crop, moved, picture_in
from checks.probes._pixels import MOST_PIXELS, Box, Colour, contrast, over, percentile, pixels
from checks.probes._scripts import with_script

probe = Probe(__name__, title="Measures text over images", spoils=False, order=25)

MOST_ELEMENTS = 20_000
MOST_TEXTS = 150
MOST_BACKGROUNDS = 400
"""Pictures and gradients, which each line of text is compared with."""
MOST_WINDOWS = 5
"""Windows full of page that are pictured, each three times."""
MOST_PICTURES = 8

CORE = 150
"""A pixel that changes by so much of 255 steps is inside a letter, not at its soft edge."""
LEAST_PIXELS = 12
MOST_PARTS = 40
"""Parts of a line that are measured each for itself."""
WEAK_BY = 0.1
"""How far a part's best contrast must stay below what is needed: more than colours of a picture vary by chance."""
MOST_INK = 0.6
"""Letters never fill more of their lines: then the background has moved between the pictures."""


@probe.run
async def look(live: LivePage) -> Probed:
    """Note each text that may stand over a picture and could be measured (`texts`): `low` and `high` contrast, the
    share of its pixels `below` what it needs, and the share of its letters that are so at their best place (`weak`).
    `unmeasured` counts those that a bound, or motion, kept from it.
    """
    tops = await live.evaluate(_FIND, {"elements": MOST_ELEMENTS, "most": MOST_TEXTS, "backgrounds": MOST_BACKGROUNDS})
    texts: list[dict[str, Any]] = []
    pictures: dict[str, bytes] = {}
    for top in tops["tops"][:MOST_WINDOWS]:
        found = await live.evaluate(_SCROLL, top)
        if not found:
            continue
        clip = around(line for entry in found for line in entry["data"]["lines"])
        for entry in found:
            entry["data"]["lines"] = [moved(line, clip) for line in entry["data"]["lines"]]
        bare, white, black = [await _painted(live, colour, clip) for colour in ("transparent", "white", "black")]
        await live.evaluate(_UNPAINT)
        letters = ImageChops.difference(white, black)
        measured = [entry for entry in found if _measure(entry["data"], bare, letters)]
        texts += measured
        doubtful = [entry["data"] for entry in measured if entry["data"]["below"]][: MOST_PICTURES - len(pictures)]
        shown = await picture_in(live, clip) if doubtful else bare
        for data in doubtful:
            name = data["picture"] = f"text{len(pictures)}"
            pictures[name] = crop(shown, data["lines"])
    if tops["tops"]:
        await live.evaluate("() => window.scrollTo(0, 0)")
    return Probed({"texts": texts, "unmeasured": tops["count"] - len(texts)}, pictures)


async def _painted(live: LivePage, colour: str, clip: Clip) -> Image.Image:
    await live.evaluate(_PAINT, colour)
    return await picture_in(live, clip)


def _measure(data: dict[str, Any], bare: Image.Image, letters: Image.Image) -> bool:
    """Add to a text's data the contrast of its letters to what lies under them; False where none can be told."""
    colour, alpha, need = _colour(data["colour"]), float(data["alpha"]), float(data["need"])
    ratios: list[float] = []
    best: list[float] = []  # the best contrast in each part of the text
    for line in data["lines"]:
        n_all = n_ink = 0
        parts = _parts(_box(line, bare))
        for box in parts:
            ink = [max(by) for by in pixels(letters, box, MOST_PIXELS // len(parts))]
            spots = pixels(bare, box, MOST_PIXELS // len(parts))
            under = [spot for spot, by in zip(spots, ink, strict=True) if by >= CORE]
            n_all, n_ink = n_all + len(ink), n_ink + len(under)
            found = [contrast(over(colour, alpha, spot), spot) for spot in under]
            if len(found) >= LEAST_PIXELS:
                best.append(percentile(found, 0.98))
            ratios += found
        if n_ink > MOST_INK * n_all:
            return False
    if len(ratios) < LEAST_PIXELS:
        return False
    low, high = percentile(ratios, 0.02), percentile(ratios, 0.98)  # without the odd pixel of noise
    below = sum(ratio < need for ratio in ratios) / len(ratios)
    weak = [ratio for ratio in best if ratio < need - WEAK_BY]
    data |= {"low": round(low, 2), "high": round(high, 2), "below": round(below, 3)}
    data |= {"weak": round(len(weak) / len(best), 3) if best else 0, "weakHigh": round(max(weak, default=0), 2)}
    return True


def _parts(box: Box) -> list[Box]:
    """Cut a line into parts about as wide as high: each holds a letter or two."""
    left, top, right, bottom = box
    count = min(MOST_PARTS, max(1, (right - left) // max(1, bottom - top)))
    edges = [left + (right - left) * number // count for number in range(count + 1)]
    return [(start, top, end, bottom) for start, end in pairwise(edges)]


def _box(line: list[float], picture: Image.Image) -> Box:
    left, top = max(0, int(line[0])), max(0, int(line[1]))
    right, bottom = min(picture.width, int(line[2]) + 1), min(picture.height, int(line[3]) + 1)
    return left, top, max(left + 1, right), max(top + 1, bottom)


def _colour(parts: list[float]) -> Colour:
    red, green, blue = (min(255, max(0, round(float(part)))) for part in parts[:3])
    return red, green, blue


_FIND = with_script(
    "text",
    """({ elements, most, backgrounds }) => {
  const pictures = [];
  for (const element of allElements(elements)) {
    if (element.ownerDocument !== document) continue;
    if (pictures.length >= backgrounds) break;
    const isPicture = /^(img|canvas|svg|object|picture)$/.test(element.localName);
    if (!isPicture && getComputedStyle(element).backgroundImage === "none") continue;
    const rect = element.getBoundingClientRect();
    if (rect.width > 1 && rect.height > 1) pictures.push({ element, rect });
  }
  const under = (line) => pictures.filter(({ rect }) => Math.min(rect.right, line[2]) - Math.max(rect.left, line[0]) > 4
    && Math.min(rect.bottom, line[3]) - Math.max(rect.top, line[1]) > 4);
  const found = [];
  const taken = new Set();
  const alike = new Map();
  for (const text of measureText(elements)) {
    if (found.length >= most) break;
    if (text.hidden || taken.has(text.element) || !/[\\p{L}\\p{N}]/u.test(text.node.data)) continue;
    const style = getComputedStyle(text.element);
    const isShadowed = style.textShadow.split("px,").length > 1;
    const ground = groundOf(text.element);
    const mayBeUnder = ({ element }) => !(ground !== element && element.contains(ground))
      && (element === text.element || !text.element.contains(element));
    const below = text.lines.flatMap((line) => under(line.part).filter(mayBeUnder)).map(({ element }) => element);
    if (!below.length && !isShadowed) continue;
    // Of a component that comes again and again, the first is measured; of several texts on one picture, all.
    const pictureOf = (elements) => elements.find((element) => element !== text.element) || text.element;
    const names = [text.element.localName, text.element.getAttribute("class"), style.color];
    const looks = [...names, ...below.slice(0, 3).map(looksOfPicture)].join();
    if (alike.has(looks) && alike.get(looks) !== pictureOf(below)) continue;
    alike.set(looks, pictureOf(below));
    if (isExempt(text.element) || !looksOf(text.element, style)) continue;
    taken.add(text.element);
    found.push({ element: text.element, top: Math.min(...text.lines.map((line) => line.part[1])) + scrollY });
  }
  globalThis.onPictures = found;
  // As few places to scroll to as can be: each window begins a little above the first text that none has shown yet.
  const tops = [];
  for (const { top } of found.sort((one, two) => one.top - two.top)) {
    const last = tops[tops.length - 1];
    if (last === undefined || top > last + innerHeight - 150) tops.push(Math.max(0, Math.round(top) - 40));
  }
  return { tops: tops.length && tops[0] < innerHeight / 2 ? [0, ...tops.slice(1)] : tops, count: found.length };

  // The nearest element around a text that paints a plain colour, and so hides what lies behind it.
  function groundOf(element) {
    for (let node = element; node; node = parentOf(node)) {
      const [colour, alpha] = colourOf(getComputedStyle(node).backgroundColor);
      if (colour && alpha === 1) return node;
    }
    return document.documentElement;
  }

  function looksOfPicture(element) {
    const image = getComputedStyle(element).backgroundImage;
    return [element.localName, element.getAttribute("class"), element.src, image].join();
  }

  function isExempt(element) {
    if (element.closest("[disabled], [aria-disabled=true], [inert], fieldset[disabled]")) return true;
    const label = element.closest("label");
    if (label && label.control && label.control.matches(":disabled")) return true;
    for (let node = element, steps = 0; node && steps < 4; node = parentOf(node), steps++) {
      const names = (node.getAttribute("class") || "") + " " + node.id;
      if (/logo|brand(?!ed)/i.test(names)) return true; // WCAG leaves logotypes out
    }
    return false;
  }
}""",
)

# Gives the lines of each text found that is in the window now and lies over a picture there.
_SCROLL = with_script(
    "text",
    """async (top) => {
  window.scrollTo(0, top);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const known = new Map();
  const noted = [];
  for (const entry of globalThis.onPictures || []) {
    if (entry.done || !entry.element.isConnected || !isSeen(entry.element)) continue;
    const style = getComputedStyle(entry.element);
    const looks = looksOf(entry.element, style);
    const lines = [];
    for (const node of entry.element.childNodes) {
      if (node.nodeType !== 3 || !node.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of [...range.getClientRects()].slice(0, LINES_MAX)) {
        const { part } = seenLine(rect, entry.element, known, false);
        const isInside = part[1] >= 0 && part[3] <= innerHeight && part[0] >= 0 && part[2] <= innerWidth;
        const isBig = part[2] - part[0] > 3 && part[3] - part[1] > 3;
        if (isInside && isBig && isOnTop(entry.element, part)) lines.push(part);
      }
    }
    if (!looks || !lines.length) continue;
    entry.done = true;
    const text = cut((entry.element.innerText || "").trim().replace(/\\s+/g, " "), 80);
    noted.push(seen(entry.element, { ...looks, lines, text }));
  }
  return noted;

  function isOnTop(element, [left, top, right, bottom]) {
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return Boolean(hit) && (hit === element || element.contains(hit) || hit.contains(element) || hit.shadowRoot);
  }
}""",
)

# A sheet of our own, and no style element: a page's security policy does not reach it.
_PAINT = """async (colour) => {
  const css = `*, *::before, *::after { transition: none !important; color: ${colour} !important;`
    + ` -webkit-text-fill-color: ${colour} !important; -webkit-text-stroke-color: ${colour} !important;`
    + ` text-decoration-color: transparent !important }`;
  if (!globalThis.painting) {
    const roots = [document, ...allElements(20000).map((element) => element.shadowRoot).filter(Boolean)];
    globalThis.painting = roots.map((root) => {
      const sheet = new CSSStyleSheet();
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      return [root, sheet];
    });
  }
  for (const [, sheet] of globalThis.painting) sheet.replaceSync(css);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""

_UNPAINT = """async () => {
  for (const [root, sheet] of globalThis.painting || []) {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
  }
  globalThis.painting = null;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
