"""Clicks what listens for clicks and keys may not reach, and presses Enter and Space where keys do reach it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checks.live import Listener, LiveError
from checks.probes._key_listeners import KEYS, is_around, is_global, keys_heard
from checks.probes._tried_page import LATE_S, REACTS_S, Answer, TriedPage

CLICKS = ("click", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend")
MOST_LISTENED = 300
MOST_TRIED = 8
MOST_KEYED = 4
"""Of them, elements that take the focus: one of each look, as the others are made alike."""
MOST_ELEMENTS = 20_000
MOST_POINTED = 30
"""Elements that only look as if they listened: their clicks may be heard by the document or an element around them."""

Path = tuple[str, ...]


async def try_clicks(page: TriedPage, heard: Sequence[Listener]) -> tuple[list[dict[str, Any]], int, bool]:
    """Click the elements that listen for clicks, or look so where others may listen, and that keys do not work.

    Returns all of them, how many were tried, and whether the page was lost meanwhile.
    """
    paths = _listening(heard)
    bounds = {"elements": MOST_ELEMENTS, "most": MOST_POINTED}
    pointed = [tuple(path) for path in await page.live.evaluate(_POINTED, bounds)]
    pointed = [path for path in pointed if path not in paths]
    for path in pointed:
        paths[path] = {"path": path, "events": ["click"], "source": ""}
    found: list[dict[str, Any]] = await page.live.evaluate(_REACHED, list(paths.values()))
    is_cut = len(heard) >= MOST_LISTENED
    is_heard_anywhere = any(entry.event in CLICKS and is_global(entry) for entry in heard)
    tried, kinds = 0, set[str]()
    for element in found:
        data, target = element["data"], element["target"]
        if data["keys"] or tried >= MOST_TRIED:
            continue
        if data.get("isKeyed"):
            if data["kind"] in kinds or len(kinds) >= MOST_KEYED:
                data["keys"] = "not tried"
                continue
            kinds.add(data["kind"])
            data["heard"] = "maybe" if is_cut else keys_heard(target, heard)
        tried += 1
        try:
            is_by_itself = tuple(target) in pointed or (data.get("isKeyed") and is_heard_anywhere)
            if is_by_itself and await _answers_any_click(page):
                continue
            await _try(page, element)
        except LiveError:
            return found, tried, True
    return found, tried, False


def _listening(heard: Sequence[Listener]) -> dict[Path, dict[str, Any]]:
    """Return the elements that listen for clicks, by their paths."""
    mouse_only = _mouse_only(heard)
    paths: dict[Path, dict[str, Any]] = {}
    for entry in [one for one in heard if one.event in CLICKS and one.on == "element"][:MOST_LISTENED]:
        target = entry.seen.get("target")
        if isinstance(target, list):
            is_for_mouse = len(target) == 1 and str(target[0]) in mouse_only
            others = (one for one in heard if one.event in CLICKS and one.seen.get("target") != target)
            new = {
                "path": target,
                "events": [],
                "source": "",
                "isForMouse": is_for_mouse,
                "isHeardAround": any(is_around(one, target) for one in others),
            }
            known = paths.setdefault(tuple(map(str, target)), new)
            known["events"].append(entry.event)
            known["source"] += entry.source[:1000] + "\n"
    return paths


def _mouse_only(heard: Sequence[Listener]) -> set[str]:
    """Return the selectors of elements that listen for the mouse alone: nothing there or around hears clicks or keys.

    A key that works a button clicks it, so a listener for clicks around it may do with keys what this one does.
    """
    others = [entry for entry in heard if entry.event in ("click", *KEYS)]
    if any(is_global(entry) for entry in others):
        return set()
    around = {str(entry.seen.get("target", [""])[0]) for entry in others}
    own = {str(entry.seen["target"][0]) for entry in heard if len(entry.seen.get("target", ())) == 1} - around
    return {one for one in own if not any(one.startswith(f"{other} > ") for other in around)}


async def _try(page: TriedPage, element: dict[str, Any]) -> None:
    """Press keys where an element takes the focus, then click it, and note what the page did."""
    data, target = element["data"], element["target"]
    await page.live.evaluate(_WATCH, target)
    if data.get("isForMouse") or data.get("isKeyed"):
        if not await page.focus(target):
            data["keys"] = "itself"
            return
        at_focus = await page.settle()
        data["changesAtFocus"] = at_focus.count > 0 and not at_focus.is_slight  # keys do something by coming here
        if await _answers_keys(page):
            data["keys"] = "itself"
            return
    place = await page.live.evaluate(_PLACE, target)
    if not place:
        return
    if data.get("isKeyed"):
        await page.live.pause(LATE_S)  # what comes with scrolling has come then
    answer = await page.click(place)
    data["does"] = Answer(answer.count, answer.left, said=answer.said).does  # a click itself moves the focus
    data["reacts"] = answer.left or answer.said is not None or (answer.count > 0 and not page.is_restless)
    data["isSlight"] = answer.is_slight
    if not data.get("isKeyed") or not data["reacts"]:
        return
    if answer.is_forwarded:
        data["keys"] = "elsewhere"
        return
    if await page.focus(target):
        await page.settle()
        if await _answers_keys(page, LATE_S):
            data["keys"] = "itself"


async def _answers_keys(page: TriedPage, wait_s: float = REACTS_S) -> bool:
    """Press what works a button, and say whether the page does anything."""
    for key in ("Enter", "Space"):
        if await page.answers(key, wait_s):
            return True
    return False


async def _answers_any_click(page: TriedPage) -> bool:
    """Click beside all that looks as if it listened, and say whether the page still answers a second time.

    What closes at a click anywhere is closed then, and says nothing of the element that is clicked next.
    """
    place = await page.live.evaluate(_NEUTRAL)
    if not place:
        return True
    if not (await page.click(place)).count:
        return False
    return (await page.click(place)).count > 0


_POINTED = "(bounds) => globalThis.curbcutEvents.pointed(bounds)"
_REACHED = "(entries) => globalThis.curbcutEvents.reached(entries)"
_WATCH = "(path) => globalThis.curbcutEvents.watch(path)"
_NEUTRAL = "() => globalThis.curbcutEvents.neutral()"
_PLACE = "(path) => globalThis.curbcutEvents.place(path)"
