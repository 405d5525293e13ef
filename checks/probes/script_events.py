"""Tries out, with no network, what scripts listen for: clicks on elements that keys do not reach, and single letters.

What is tried has no effect outside the page: no request is let through, and the page is kept from going elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from checks.live import Listener, LiveError, LivePage
from checks.probe import Probe, Probed

probe = Probe(__name__, title="Tries what scripts listen for", spoils=True, order=85)

CLICKS = ("click", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend")
KEYS = ("keydown", "keypress", "keyup")
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789/?+-.,!"
MOST_LISTENED = 300
MOST_TRIED = 8
MOST_ELEMENTS = 20_000
MOST_POINTED = 30
"""Elements that only look as if they listened: their clicks may be heard by the document or an element around them."""
MOST_ACTIVE = 8
"""A page that reacts to more characters than this listens to typing as such: that is no shortcut."""
REACTS_S = 0.12
IDLE_S = 0.3
LOST = "The page was lost while its elements were clicked: the others were not tried."


@probe.run
async def look(live: LivePage) -> Probed:
    """Note what happens on a click on each element that only a mouse reaches, and on each single character."""
    heard = await live.listeners((*CLICKS, *KEYS))
    clicks = [entry for entry in heard if entry.event in CLICKS]
    on_elements = [entry for entry in clicks if entry.on == "element"]
    has_keys = any(entry.event in KEYS and _is_global(entry) for entry in heard)
    if not clicks and not has_keys:
        return Probed({"clicks": [], "keys": []}, is_untouched=True)
    await live.hold_network(True)
    await live.evaluate(f"() => {{ {_script()} globalThis.curbcutEvents = scriptEvents(); }}")
    is_restless = await _reacts(live, IDLE_S)
    data: dict[str, Any] = {"restless": is_restless, "keys": []}
    if has_keys:
        data["keys"] = await _letters(live, is_restless=is_restless)
    data["clicks"], tried, is_lost = (
        await _clicks(live, on_elements, _mouse_only(heard), is_restless=is_restless) if clicks else ([], 0, False)
    )
    if is_lost:
        return Probed(data, notes=(LOST,))
    if not is_restless and not tried and await live.evaluate(_STOP):
        await live.hold_network(False)
        return Probed(data, is_untouched=True)
    return Probed(data)


def _is_global(listener: Listener) -> bool:
    return listener.on != "element" or listener.seen.get("tag") in ("body", "html")


def _mouse_only(heard: Sequence[Listener]) -> set[str]:
    """Return the selectors of elements that listen for the mouse alone: nothing there or around hears clicks or keys.

    A key that works a button clicks it, so a listener for clicks around it may do with keys what this one does.
    """
    others = [entry for entry in heard if entry.event in ("click", *KEYS)]
    if any(_is_global(entry) for entry in others):
        return set()
    around = {str(entry.seen.get("target", [""])[0]) for entry in others}
    own = {str(entry.seen["target"][0]) for entry in heard if len(entry.seen.get("target", ())) == 1} - around
    return {one for one in own if not any(one.startswith(f"{other} > ") for other in around)}


async def _reacts(live: LivePage, seconds: float = REACTS_S) -> bool:
    """Wait, and say whether the page has changed since it was last asked."""
    await live.pause(seconds)
    return bool((await live.evaluate(_CHANGED))["count"])


async def _letters(live: LivePage, *, is_restless: bool) -> list[dict[str, Any]]:
    """Press single characters while nothing has the focus; return the page with those it reacted to twice."""
    await live.evaluate("() => { if (document.activeElement) document.activeElement.blur(); }")
    for key in ("Shift", "Control"):  # whatever a page does at any key, it does now
        await live.press(key)
    await _reacts(live)
    active: list[dict[str, str]] = []
    first: list[str] = []
    for letter in LETTERS:
        await live.press(letter)
        if _is_reaction(await live.evaluate(_CHANGED), is_restless=is_restless):
            first.append(letter)
            await _reacts(live)
            await live.evaluate("() => { if (document.activeElement) document.activeElement.blur(); }")
        if len(first) > MOST_ACTIVE:
            return await live.evaluate(_PAGE, {"keys": [], "does": [], "mentions": False})  # type: ignore[no-any-return]
    for letter in first:
        await live.press("Shift")
        await live.pause(REACTS_S)
        if _is_reaction(await live.evaluate(_CHANGED), is_restless=False):
            continue  # it changes at any key, or by itself
        await live.press(letter)
        await live.pause(REACTS_S)
        answer = await live.evaluate(_CHANGED)
        if _is_reaction(answer, is_restless=is_restless):
            active.append({"key": letter, "does": _what(answer)})
            await live.evaluate("() => { if (document.activeElement) document.activeElement.blur(); }")
            await _reacts(live)
    found = {"keys": [entry["key"] for entry in active], "does": [entry["does"] for entry in active]}
    return await live.evaluate(_PAGE, found)  # type: ignore[no-any-return]


def _is_reaction(answer: Any, *, is_restless: bool) -> bool:
    """Say whether the page did something: content changed, the focus moved, or it wanted to go elsewhere."""
    if answer["left"] or answer["focused"]:
        return True
    return bool(answer["count"]) and not is_restless


def _what(answer: Any) -> str:
    if answer["left"]:
        return "opens another page"
    return "moves the focus" if answer["focused"] else "changes the page"


async def _clicks(
    live: LivePage, listeners: Sequence[Listener], mouse_only: set[str], *, is_restless: bool
) -> tuple[list[dict[str, Any]], int, bool]:
    """Click the elements that listen for clicks, or look so where others may listen, and that keys do not reach.

    Returns all of them, how many were tried, and whether the page was lost meanwhile.
    """
    paths: dict[tuple[str, ...], dict[str, Any]] = {}
    for entry in listeners[:MOST_LISTENED]:
        target = entry.seen.get("target")
        if isinstance(target, list):
            is_for_mouse = len(target) == 1 and str(target[0]) in mouse_only
            new = {"path": target, "events": [], "source": "", "isForMouse": is_for_mouse}
            known = paths.setdefault(tuple(map(str, target)), new)
            known["events"].append(entry.event)
            known["source"] += entry.source[:1000] + "\n"
    pointed = [tuple(path) for path in await live.evaluate(_POINTED, {"elements": MOST_ELEMENTS, "most": MOST_POINTED})]
    pointed = [path for path in pointed if path not in paths]
    for path in pointed:
        paths[path] = {"path": path, "events": ["click"], "source": ""}
    found: list[dict[str, Any]] = await live.evaluate(_REACHED, list(paths.values()))
    tried = 0
    for element in found:
        data = element["data"]
        if data["keys"] or tried >= MOST_TRIED:
            continue
        tried += 1
        try:
            if tuple(element["target"]) in pointed and await _answers_any_click(live):
                continue
            if data.get("isForMouse") and await _answers_keys(live, element["target"], is_restless=is_restless):
                data["keys"] = "itself"
                continue
            place = await live.evaluate(_PLACE, element["target"])
            if not place:
                continue
            await _click(live, place)
            answer = await live.evaluate(_CHANGED) | {"focused": False}  # the browser itself moves it with a click
        except LiveError:
            return found, tried, True
        data["reacts"] = _is_reaction(answer, is_restless=is_restless)
        data["does"] = _what(answer)
    return found, tried, False


async def _answers_keys(live: LivePage, target: Sequence[str], *, is_restless: bool) -> bool:
    """Focus an element, press what works a button, and say whether the page does anything."""
    if not await live.evaluate(_FOCUS, target):
        return True
    await _reacts(live)
    for key in ("Enter", "Space"):
        await live.press(key)
        await live.pause(REACTS_S)
        if _is_reaction(await live.evaluate(_CHANGED), is_restless=is_restless):
            return True
    return False


async def _answers_any_click(live: LivePage) -> bool:
    """Click beside all that looks as if it listened, and say whether the page still answers a second time.

    What closes at a click anywhere is closed then, and says nothing of the element that is clicked next.
    """
    place = await live.evaluate(_NEUTRAL)
    if not place:
        return True
    await _click(live, place)
    if not (await live.evaluate(_CHANGED))["count"]:
        return False
    await _click(live, place)
    return bool((await live.evaluate(_CHANGED))["count"])


async def _click(live: LivePage, place: Mapping[str, float]) -> None:
    await live.mouse("move", place["x"], place["y"])
    await _reacts(live)  # what hovering does is another matter
    await live.mouse("down")
    await live.mouse("up")
    await live.pause(REACTS_S)


@cache
def _script() -> str:
    return (resources.files("checks") / "probes" / "script_events.js").read_text(encoding="utf-8")


_CHANGED = "() => globalThis.curbcutEvents.changed()"
_STOP = "() => globalThis.curbcutEvents.stop()"
_POINTED = "(bounds) => globalThis.curbcutEvents.pointed(bounds)"
_REACHED = "(entries) => globalThis.curbcutEvents.reached(entries)"
_NEUTRAL = "() => globalThis.curbcutEvents.neutral()"
_FOCUS = "(path) => { const e = elementAt(path); if (e) e.focus(); return Boolean(e) && focused() === e; }"
_PLACE = "(path) => globalThis.curbcutEvents.place(path)"
_PAGE = "(found) => globalThis.curbcutEvents.page(found)"
