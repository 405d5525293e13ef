"""Makes the window 320 CSS pixels wide, as zooming in to 400 % does, and notes what sticks out or is cut off."""

from __future__ import annotations

from typing import Any

from checks.live import VIEWPORT, LivePage
from checks.probe import Probe, Probed
from checks.probes._pictures import picture_of
from checks.probes._scripts import with_script

probe = Probe(__name__, title="Shows the page 320 pixels wide", spoils=False, order=10)

WIDTH, HEIGHT = 320, 256
"""A window of 1280 by 1024 pixels at 400 %, as WCAG 2.2 counts in success criterion 1.4.10."""
MOST_ELEMENTS = 20_000
MOST_NOTED = 20
MOST_PICTURES = 3
SLACK_PX = 3
"""Rounding of layout, borders, the slant of a last letter: nobody must scroll for this."""

UNZOOMED = 1.2 * WIDTH / VIEWPORT[0]
"""Zooming in four times makes the window a quarter as wide. Letters that are then not much more than a quarter as large
have grown by less than a fifth, where 1.4.4 asks for twice the size."""
LONG_TEXT_CHARS = 40
"""Shorter texts are often the long form of a label, which a short form stands in for."""


@probe.run
async def look(live: LivePage) -> Probed:
    """Note what makes the page wider than the window (`wide`), text that is cut off (`lost`), text that zooming in does
    not make larger (`fixed`), text that has gone (`missing`), and what stays on top of the page wherever one scrolls
    (`stuck`); `page` if it has text.
    """
    page = await live.evaluate(_REMEMBER, MOST_ELEMENTS)
    if not page:
        return Probed({"page": []})
    await live.resize(WIDTH, HEIGHT)
    bounds = {
        "slack": SLACK_PX,
        "most": MOST_NOTED,
        "elements": MOST_ELEMENTS,
        "unzoomed": UNZOOMED,
        "longText": LONG_TEXT_CHARS,
    }
    noted: dict[str, Any] = await live.evaluate(_LOOK, bounds)
    pictures: dict[str, bytes] = {}
    for entry in [*noted["wide"], *noted["lost"], *noted["fixed"], *noted["stuck"]][:MOST_PICTURES]:
        picture = await picture_of(live, entry["data"]["shown"], is_across=True)
        if picture:
            entry["data"]["picture"] = f"narrow{len(pictures)}"
            pictures[f"narrow{len(pictures)}"] = picture
    await live.evaluate("() => window.scrollTo(0, 0)")
    await live.resize(*VIEWPORT)
    return Probed({"page": page, **noted}, pictures)


_REMEMBER = with_script(
    "text",
    """(most) => {
  globalThis.textBefore ||= keyed(measureText(most)); // stays in our own world until the page is opened anew
  return textBefore.size ? [seen(document.body)] : [];
}""",
)

_LOOK = with_script(
    "text",
    """async ({ slack, most, elements, unzoomed, longText }) => {
  const TWO_WAYS = "table, pre, svg, canvas, video, iframe, object, math, [role=grid], [role=img], [role=toolbar]";
  const BOXES = "input, select, textarea, img, svg, canvas, video, iframe, object";
  const width = document.documentElement.clientWidth;
  const root = document.scrollingElement || document.documentElement;
  const reach = () => { root.scrollLeft = 1e6; const far = root.scrollLeft; root.scrollLeft = 0; return far > slack; };

  const texts = measureText(elements);
  const before = globalThis.textBefore || new Map();
  const out = [];
  // What the window cannot show without scrolling sideways: lines of text, controls and pictures.
  for (const text of texts) {
    const lines = text.lines.filter((line) => !line.isElsewhere && isOut(line.part, text.element));
    if (!lines.length || text.hidden) continue;
    out.push({ element: text.element, right: Math.max(...lines.map((line) => line.part[2])), text });
  }
  for (const element of document.querySelectorAll(BOXES)) {
    if (!isSeen(element) || element.type === "hidden") continue;
    const line = seenLine(element.getBoundingClientRect(), element, new Map(), false);
    if (!line.isHidden && !line.isElsewhere && isOut(line.part, element)) out.push({ element, right: line.part[2] });
  }

  function isOut([left, , right], element) {
    if (right <= width + slack || right - left <= 1 || left < -slack) return false;
    return !isAside(element);
  }

  // Whether it stands in a part that waits outside the window to be called in, or that no scrolling moves.
  function isAside(element) {
    for (let node = element; node && node !== document.body; node = parentOf(node)) {
      const style = getComputedStyle(node);
      if (style.position === "fixed") return true;
      const isPlaced = style.position === "absolute" || style.transform !== "none" || style.translate !== "none";
      if (isPlaced && node.getBoundingClientRect().left >= width - slack) return true;
    }
    return false;
  }

  function noteWide({ element, right, text }) {
    const inside = element.closest(TWO_WAYS);
    const words = text ? wordsOf(text) : "";
    return seen(inside || element, { right: Math.round(right), inside: inside ? inside.localName : "",
      isData: isDataTable(inside), isLong: Boolean(text) && isOneWord(text), text: cut(words, SHOWN_MAX),
      shown: selectorPath(inside || element) });
  }

  function isDataTable(inside) {
    const table = inside && inside.closest("table");
    const isLayout = Boolean(table) && /^(presentation|none)$/.test(table.getAttribute("role") || "");
    return Boolean(table) && !isLayout && Boolean(table.querySelector("th, caption"));
  }

  // Whether it is a single word that does not fit into the line, such as an address or a compound noun.
  function isOneWord(text) {
    const range = document.createRange();
    const style = getComputedStyle(text.element);
    if (/nowrap|pre$/.test(style.whiteSpace)) return wordsOf(text).indexOf(" ") < 0;
    for (const word of text.node.data.matchAll(/\\S+/g)) {
      range.setStart(text.node, word.index);
      range.setEnd(text.node, word.index + word[0].length);
      const rect = range.getBoundingClientRect();
      if (rect.right > width + slack && rect.left < width && rect.width > width / 2) return true;
    }
    return false;
  }

  const scrolls = root.scrollWidth > width + slack && reach();
  const firsts = new Map(); // one of each table, drawing or element
  for (const entry of out) {
    const part = entry.element.closest(TWO_WAYS) || entry.element;
    if (!firsts.has(part)) firsts.set(part, entry);
  }
  const wide = scrolls ? [...firsts.values()].slice(0, most).map(noteWide) : [];
  const cuts = lostText(before, texts, most).filter(({ data }) => data.kind === "cut");
  const lost = cuts.map((entry) => seen(entry.element, { ...entry.data, shown: shownOf(entry) }));

  // What stays in the window after scrolling.
  const stuck = [];
  root.scrollTop = 2 * innerHeight;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  if (root.scrollTop > innerHeight / 2) {
    for (const element of allElements(elements)) {
      const position = getComputedStyle(element).position;
      if (element.ownerDocument !== document || !/fixed|sticky/.test(position) || !isSeen(element)) continue;
      const rect = element.getBoundingClientRect();
      const [top, bottom] = [Math.max(0, rect.top), Math.min(innerHeight, rect.bottom)];
      const across = Math.min(innerWidth, rect.right) - Math.max(0, rect.left);
      if (across < innerWidth / 2 || bottom - top < 1 || !isOnTop(element, rect)) continue;
      const isStuck = position === "fixed" || Math.abs(rect.top - parseFloat(getComputedStyle(element).top)) < 2;
      if (isStuck) stuck.push({ element, top, bottom });
    }
  }
  root.scrollTop = 0;

  function isOnTop(element, rect) {
    const [x, y] = [(Math.max(0, rect.left) + Math.min(innerWidth, rect.right)) / 2,
      (Math.max(0, rect.top) + Math.min(innerHeight, rect.bottom)) / 2];
    const top = document.elementFromPoint(x, y);
    return Boolean(top) && (element === top || element.contains(top));
  }

  const covered = new Set();
  for (const { top, bottom } of stuck) for (let y = Math.round(top); y < Math.round(bottom); y++) covered.add(y);
  const share = Math.round((100 * covered.size) / innerHeight);
  // Text whose letters shrink as much as zooming in makes them grow, so that no zoom makes them larger.
  const fixed = texts.filter((text) => !text.hidden && before.has(text.node) && text.em <= before.get(text.node).em * unzoomed
    && /\\p{L}{2}/u.test(text.node.data)).slice(0, 1).map((text) => seen(text.element, { was: Math.round(before.get(text.node).em), now: Math.round(text.em * 10) / 10,
    text: cut(wordsOf(text), SHOWN_MAX), shown: selectorPath(text.element) }));

  // Text of the content that was there in a wide window, is not now, and stands nowhere else.
  const there = new Set(texts.filter((text) => !text.hidden).map(wordsOf));
  const OPENERS = "summary, [aria-expanded], [aria-controls], [role=tab], [data-toggle], [data-bs-toggle]";
  const isFolded = (element) => { // something near may bring it back
    for (let node = element, level = 0; node && node !== document.body && level < 4; node = node.parentElement, level++)
      if (node.parentElement?.querySelector(OPENERS) || SLIDES.test(node.getAttribute("class") || "")) return true;
    return false;
  };
  const gone = [...before.values()].filter((text) => !text.hidden && text.node.isConnected && wordsOf(text).length >= longText && !isSeen(text.element)
    && !there.has(wordsOf(text)) && !text.element.closest("nav, header, footer, aside, [role=navigation], [role=banner], [role=complementary], [role=contentinfo]")
    && !isFolded(text.element));
  const missing = gone.slice(0, 1).map((text) => seen(text.element, { count: gone.length, text: cut(wordsOf(text), SHOWN_MAX) }));
  const largest = stuck.sort((one, two) => two.bottom - two.top - (one.bottom - one.top))[0];
  const largestSeen = largest && seen(largest.element, { share, shown: selectorPath(largest.element) });
  return { wide, lost, fixed, missing, stuck: largestSeen ? [largestSeen] : [] };
}""",  # noqa: E501  JavaScript
)
