"""Finds out, slowly and with real keys, whether the focus can leave a part of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checks.live import LiveError
from checks.probes._focus_page import FocusPage, LeftError

MOST_GLANCES = 8
GLANCE_S = 0.007
"""No multiple of the tens of milliseconds after which scripts take the focus back."""
SLOW_S = 0.12
"""After each key: pages that hold the focus do so with a timer, mostly of 10 to 50 ms."""
MOST_STEPS = 16
MOST_STARTS = 4
MOST_HELD = 8
MOST_DOCUMENTED = 5
STANDARD_KEYS = ("Escape", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft")

_MODIFIERS = {
    "ctrl": "Control",
    "control": "Control",
    "strg": "Control",
    "alt": "Alt",
    "option": "Alt",
    "shift": "Shift",
    "umschalt": "Shift",
    "maj": "Shift",
    "cmd": "Meta",
    "command": "Meta",
}
_DOCUMENTED = re.compile(
    rf"\b((?:(?:{'|'.join(_MODIFIERS)})\s{{0,2}}[+-]\s{{0,2}}){{1,3}}(?:f\d{{1,2}}|esc(?:ape)?|tab|enter|[a-z0-9])|f\d{{1,2}})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Trap:
    """Elements that Tab and Shift+Tab do not lead out of; `exit` is the way out that was found, `tried` all keys."""

    held: tuple[int, ...]
    exit: str
    tried: tuple[str, ...]
    in_modal: bool


async def find_trap(page: FocusPage, suspects: list[int]) -> Trap | None:
    """Return the trap that these elements are in, with its way out if there is one; None if there is no trap.

    The page's network is held while other keys than Tab are pressed, and is left held where the page is lost.
    """
    for start in suspects[:MOST_STARTS]:
        held, in_modal = await _held_from(page, start)
        if held:
            return await _way_out(page, held, in_modal)
    return None


async def _held_from(page: FocusPage, start: int) -> tuple[tuple[int, ...], bool]:
    """Return the elements that Tab and Shift+Tab go round in, from one element on; none if a key leads out."""
    if not await page.call("focus", start):
        return (), False
    await page.live.pause(SLOW_S)
    forward, is_out, in_modal = await _go_round(page, "Tab", MOST_STEPS)
    if is_out or not forward:
        return (), False
    back, is_out, _ = await _go_round(page, "Shift+Tab", MOST_STEPS)
    if is_out or not back:
        return (), False
    held = tuple(dict.fromkeys((*forward, *back)))
    if len(held) > MOST_HELD or set(page.reachable) <= set(held):
        return (), False
    return held, in_modal


async def _go_round(page: FocusPage, key: str, steps: int) -> tuple[list[int], bool, bool]:
    """Press a key until the focus comes round; return where it went round, whether it left, whether in a dialog."""
    visited: list[int] = []
    in_modal = True
    for _ in range(steps):
        await page.live.press(key)
        await page.live.pause(SLOW_S)
        stop = await page.note()
        if stop["id"] < 0 or stop["hasInside"]:
            return [], True, False
        in_modal = in_modal and bool(stop["inModal"])
        if visited.count(stop["id"]) > 1:
            return visited[visited.index(stop["id"]) :], False, in_modal
        visited.append(stop["id"])
    return [], False, False  # it goes on to other elements: a long way, and no trap


async def _way_out(page: FocusPage, held: tuple[int, ...], in_modal: bool) -> Trap:
    tried = ["Tab", "Shift+Tab"]
    await page.live.hold_network(True)
    try:
        for key in STANDARD_KEYS:
            tried.append(key)
            if await _leads_out(page, held[0], key, held):
                return Trap(held, key, tuple(tried), in_modal)
        for number in range(2):  # the second time with what the page says after Enter on its own elements
            for key in documented_keys(await page.call("text")):
                tried.append(key)
                for start in held[:MOST_STARTS]:
                    if await _leads_out(page, start, key, held):
                        return Trap(held, key, tuple(tried), in_modal)
            if number == 0:
                for start in held[:MOST_STARTS]:
                    if await _leads_out(page, start, "Enter", held):
                        return Trap(held, "Enter", (*tried, "Enter"), in_modal)
                tried.append("Enter")
    except (LeftError, LiveError):
        return Trap(held, "leaves the page", tuple(tried), in_modal)
    await page.live.hold_network(False)
    return Trap(held, "", tuple(tried), in_modal)


async def _leads_out(page: FocusPage, start: int, key: str, held: tuple[int, ...]) -> bool:
    """Say whether a key on an element, or Tab after it, brings the focus to another element or out of the page."""
    if not await _bring_to(page, start, len(held)):
        return False
    await page.live.press(key)
    await page.live.pause(SLOW_S)
    stop = await page.note()
    if stop["id"] >= 0 and stop["id"] not in held:
        return await _stays_out(page, held)
    await page.live.press("Tab")
    await page.live.pause(SLOW_S)
    stop = await page.note()
    return stop["id"] not in held and await _stays_out(page, held)


async def _stays_out(page: FocusPage, held: tuple[int, ...]) -> bool:
    """Say whether the focus is left where it is: two traps may throw it to and fro, and it is out only now and then."""
    for _ in range(MOST_GLANCES):
        await page.live.pause(GLANCE_S)
        if (await page.note())["id"] in held:
            return False
    return True


async def _bring_to(page: FocusPage, ident: int, most: int) -> bool:
    """Bring the focus to an element: by script, or with Tab where the page does not allow that."""
    if await page.call("focus", ident):
        await page.live.pause(SLOW_S)
    for _ in range(most + 1):
        if await page.call("isFocused", ident):
            return True
        await page.live.press("Tab")
        await page.live.pause(SLOW_S)
    return False


def documented_keys(text: str) -> list[str]:
    """Return the key combinations that a text names, as they are pressed: `Ctrl + M` gives `Control+m`."""
    found: list[str] = []
    for match in _DOCUMENTED.finditer(text):
        *modifiers, key = re.split(r"\s*[+-]\s*", match.group(1).casefold())
        key = {"esc": "Escape", "escape": "Escape", "tab": "Tab", "enter": "Enter"}.get(key, key)
        key = key.upper() if re.fullmatch(r"f\d{1,2}", key) else key
        found.append("+".join([*(_MODIFIERS[m] for m in modifiers), key]))
    return list(dict.fromkeys(found))[:MOST_DOCUMENTED]
