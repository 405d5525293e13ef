"""Makes text twice as big, as zoom does, then spreads it out, and notes what text is lost that was seen before."""

from __future__ import annotations

from typing import Any

from checks.live import VIEWPORT, LivePage
from checks.probe import Probe, Probed, before_and_after
from checks.probes._pictures import picture_of
from checks.probes._scripts import with_script

probe = Probe(__name__, title="Shows the page at 200 %, and with more space in its text", spoils=False, order=20)

MOST_ELEMENTS = 20_000
MOST_NOTED = 20
MOST_PICTURES = 3
"""Of each kind; a picture costs about as much as all the measuring."""

SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    "p { margin-bottom: 2em !important }"
)
"""The four values that WCAG 2.2 names in success criterion 1.4.12."""


@probe.run
async def look(live: LivePage) -> Probed:
    """Note text that is lost at 200 % (`zoomed`) and with more space (`spaced`), and the `page` if it has text."""
    page = await live.evaluate(_REMEMBER, MOST_ELEMENTS)
    if not page:
        return Probed({"page": []})
    pictures: dict[str, bytes] = {}
    await live.resize(VIEWPORT[0] // 2, VIEWPORT[1] // 2)  # what zooming to 200 % does to the layout
    zoomed = await _compare(live)
    after = await _pictures(live, zoomed)
    await live.resize(*VIEWPORT)
    await _keep(live, "zoomed", zoomed, after, pictures)

    await live.evaluate(_SPACE, SPACING)
    spaced = await _compare(live)
    after = await _pictures(live, spaced)
    await live.evaluate(_UNSPACE)
    await _keep(live, "spaced", spaced, after, pictures)
    return Probed({"page": page, "zoomed": zoomed, "spaced": spaced}, pictures)


async def _compare(live: LivePage) -> list[dict[str, Any]]:
    lost: list[dict[str, Any]] = await live.evaluate(_COMPARE, {"elements": MOST_ELEMENTS, "most": MOST_NOTED})
    return lost


async def _pictures(live: LivePage, lost: list[dict[str, Any]]) -> list[bytes | None]:
    return [await picture_of(live, entry["data"]["shown"]) for entry in _worth_pictures(lost)]


def _worth_pictures(lost: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the first texts that do not seem to be cut off on purpose, by an ellipsis or in motion."""
    plain = [entry for entry in lost if not entry["data"].get("ellipsis") and not entry["data"].get("moves")]
    return plain[:MOST_PICTURES]


async def _keep(
    live: LivePage, name: str, lost: list[dict[str, Any]], after: list[bytes | None], pictures: dict[str, bytes]
) -> None:
    """Put the pictures of both states side by side, under a name that the elements' data give."""
    for number, (entry, second) in enumerate(zip(_worth_pictures(lost), after, strict=True)):
        first = await picture_of(live, entry["data"]["shown"])
        if first and second:
            entry["data"]["picture"] = f"{name}{number}"
            pictures[f"{name}{number}"] = before_and_after(first, second)
    await live.evaluate("() => window.scrollTo(0, 0)")


_REMEMBER = with_script(
    "text",
    """(most) => {
  globalThis.textBefore ||= keyed(measureText(most)); // stays in our own world until the page is opened anew
  return textBefore.size ? [seen(document.body)] : [];
}""",
)

_COMPARE = with_script(
    "text",
    """({ elements, most }) => {
  const after = measureText(elements);
  const before = globalThis.textBefore || new Map();
  const found = [...lostText(before, after, most), ...overlaps(before, after, most)];
  return found.map((entry) => seen(entry.element, { ...entry.data, shown: shownOf(entry) }));
}""",
)

_SPACE = """async (css) => {
  const roots = [document, ...allElements(20000).map((element) => element.shadowRoot).filter(Boolean)];
  globalThis.spaced = roots.map((root) => {
    const sheet = new CSSStyleSheet(); // no style element: a page's security policy does not reach it
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return [root, sheet];
  });
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""

_UNSPACE = """async () => {
  for (const [root, sheet] of globalThis.spaced || []) {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
  }
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
