"""Makes the window 320 CSS pixels wide, as zooming in to 400 % does, and notes what sticks out sideways."""

from __future__ import annotations

from checks.live import Clip, LivePage
from checks.probe import Probe, Probed

probe = Probe(__name__, title="Shows the page 320 pixels wide", spoils=False, order=10)

WIDTH, HEIGHT = 320, 900
MOST_ELEMENTS = 20_000
MOST_NOTED = 20
SLACK_PX = 2
"""Rounding of layout, and borders: nobody must scroll for this."""


@probe.run
async def look(live: LivePage) -> Probed:
    """Note the page's width, and the innermost elements that make it wider than the window."""
    await live.resize(WIDTH, HEIGHT)
    noted = await live.evaluate(_WIDE, {"width": WIDTH, "slack": SLACK_PX, "most": MOST_NOTED, "all": MOST_ELEMENTS})
    pictures = {}
    if noted["wide"]:
        pictures["narrow"] = await live.screenshot(Clip(0, 0, WIDTH, HEIGHT))
    return Probed(noted, pictures)


_WIDE = """({ width, slack, most, all }) => {
  const root = document.scrollingElement || document.documentElement;
  const before = root.scrollLeft;
  root.scrollLeft = 1e6; // overflow: hidden on the page cuts off instead of scrolling: both are told apart here
  const scrolls = root.scrollLeft > slack;
  root.scrollLeft = before;
  const right = (element) => element.getBoundingClientRect().right + window.scrollX;
  const wide = [];
  if (root.scrollWidth > width + slack) {
    for (const element of allElements(all)) {
      if (!isSeen(element) || right(element) <= width + slack) continue;
      if ([...element.children].some((child) => isSeen(child) && right(child) > width + slack)) continue;
      wide.push(seen(element, { right: Math.round(right(element)), width: Math.round(element.getBoundingClientRect().width),
        inside: element.closest("table, pre, svg, canvas, video, iframe, object, [role=grid], [role=img], math")?.localName || "",
        picture: "narrow" }));
      if (wide.length >= most) break;
    }
  }
  const hasContent = document.body && isSeen(document.body) && (document.body.innerText || "").trim() !== "";
  return { pageWidth: root.scrollWidth, scrolls, wide, page: hasContent ? [seen(document.body)] : [] };
}"""
