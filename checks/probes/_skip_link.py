"""Follows a page's skip link with the Enter key, and sees where the focus goes from there."""

from __future__ import annotations

from typing import Any

from checks.probes._focus_page import FocusPage, Walk
from checks.skip_words import SKIPS

MOST_BEFORE = 4
"""A skip link is among the first stops; a link further on leads to a part of the content."""
FOLLOWED_S = 0.08


async def follow_skip_link(page: FocusPage, walk: Walk) -> dict[str, Any] | None:
    """Return where the first link within the page leads, with its `id`; None where no such link comes first.

    The page is kept from going elsewhere by `focus_walk.js`. It is left scrolled, with another address.
    """
    first = await page.live.evaluate(_FIND, {"ids": walk.ids[:MOST_BEFORE], "skips": SKIPS})
    if not isinstance(first, dict) or not await page.call("focus", first["id"]):
        return None
    await page.live.press("Enter")
    await page.live.pause(FOLLOWED_S)
    arrived = await page.live.evaluate(_ARRIVED, first)
    await page.live.press("Tab")
    await page.live.pause(FOLLOWED_S)
    moved = await page.live.evaluate(_MOVED, first)
    return {**first, **(arrived or {}), **(moved or {})}


_FIND = """({ ids, skips }) => {
  const walk = globalThis.curbcutWalk;
  for (const id of ids) {
    const link = walk.element(id);
    const href = link instanceof HTMLAnchorElement && link.getAttribute("href"); // not one of SVG
    if (!href || link.getRootNode() !== document || link.hash.length < 2 || /^#!?\\//.test(link.hash)) continue;
    if (link.href.split("#")[0] !== location.href.split("#")[0]) continue;
    const label = (link.getAttribute("aria-label") || "") + " " + link.textContent;
    if (!new RegExp(skips, "i").test(cut(label, 200))) continue;
    if (link.closest("main, [role=main]")) continue;
    let name = link.hash.slice(1);
    try { name = decodeURIComponent(name); } catch { /* as it is */ }
    const goal = document.getElementById(name) || document.getElementsByName(name)[0];
    if (name.toLowerCase() === "top" && !goal) continue;
    return { id, href: cut(href, 200), hasGoal: Boolean(goal), scrollBefore: scrollY,
      hasMain: Boolean(document.querySelector("main, [role=main]")),
      hasHeadings: document.querySelectorAll("h1, h2, h3, [role=heading]").length > 0 };
  }
  return null;
}"""

_ARRIVED = """({ id, href, scrollBefore }) => {
  const link = globalThis.curbcutWalk.element(id);
  const now = focused();
  return { isElsewhere: now !== null && now !== link, hasScrolled: Math.abs(scrollY - scrollBefore) > 5 };
}"""

# After one more Tab: where is the focus, seen from the link's goal?
_MOVED = """({ id, href }) => {
  const link = globalThis.curbcutWalk.element(id);
  let name = link.hash.slice(1);
  try { name = decodeURIComponent(name); } catch { /* as it is */ }
  const goal = document.getElementById(name) || document.getElementsByName(name)[0] || null;
  const now = focused();
  if (!now) return { next: "", isPast: goal !== null };
  const follows = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  const isPast = (element) => goal !== null && (goal === element || goal.contains(element) || follows(goal, element));
  const walk = globalThis.curbcutWalk;
  const isLast = goal !== null && !walk.reachable.some((other) => isPast(walk.element(other)));
  return { next: textOf(now), isPast: isPast(now) || isLast };
}"""
