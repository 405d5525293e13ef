"""Tries out, with no network, what scripts listen for: clicks on elements that keys do not work, and single letters.

What is tried has no effect outside the page: no request is let through, and the page is kept from going elsewhere.
"""

from __future__ import annotations

from typing import Any

from checks.live import LivePage
from checks.probe import Probe, Probed
from checks.probes._key_listeners import KEYS, is_global
from checks.probes._tried_clicks import CLICKS, try_clicks
from checks.probes._tried_page import TriedPage

probe = Probe(__name__, title="Tries what scripts listen for", spoils=True, order=85)

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789/?+-.,!"
MOST_ACTIVE = 8
"""A page that reacts to more characters than this listens to typing as such: that is no shortcut."""
LOST = "The page was lost while its elements were clicked: the others were not tried."


@probe.run
async def look(live: LivePage) -> Probed:
    """Note what happens on a click on each element that keys may not work, and on each single character."""
    heard = await live.listeners((*CLICKS, *KEYS))
    has_clicks = any(entry.event in CLICKS for entry in heard)
    has_keys = any(entry.event in KEYS and is_global(entry) for entry in heard)
    if not has_clicks and not has_keys:
        return Probed({"clicks": [], "keys": []}, is_untouched=True)
    await live.hold_network(True)
    page = TriedPage(live)
    await page.start()
    data: dict[str, Any] = {"restless": page.is_restless, "keys": []}
    if has_keys:
        data["keys"] = await _letters(page)
    data["clicks"], tried, is_lost = await try_clicks(page, heard) if has_clicks else ([], 0, False)
    if is_lost:
        return Probed(data, notes=(LOST,))
    if not page.is_restless and not tried and await page.stop():
        await live.hold_network(False)
        return Probed(data, is_untouched=True)
    return Probed(data)


async def _letters(page: TriedPage) -> list[dict[str, Any]]:
    """Press single characters while nothing has the focus; return the page with those it reacted to twice."""
    await page.blur()
    for key in ("Shift", "Control"):  # whatever a page does at any key, it does now
        await page.live.press(key)
    await page.settle()
    active: list[dict[str, str]] = []
    first: list[str] = []
    for letter in LETTERS:
        if await page.answers(letter, 0):
            first.append(letter)
            await page.settle()
            await page.blur()
        if len(first) > MOST_ACTIVE:
            found = {"keys": [], "does": [], "mentions": False}
            return await page.live.evaluate(_PAGE, found)  # type: ignore[no-any-return]
    for letter in first:
        await page.live.press("Shift")
        if (await page.settle()).is_reaction(is_restless=False):
            continue  # it changes at any key, or by itself
        await page.live.press(letter)
        answer = await page.settle()
        if answer.is_reaction(is_restless=page.is_restless):
            active.append({"key": letter, "does": answer.does})
            await page.blur()
            await page.settle()
    noted = {"keys": [entry["key"] for entry in active], "does": [entry["does"] for entry in active]}
    return await page.live.evaluate(_PAGE, noted)  # type: ignore[no-any-return]


_PAGE = "(found) => globalThis.curbcutEvents.page(found)"
