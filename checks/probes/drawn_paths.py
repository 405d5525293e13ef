"""Finds what is worked by drawing with a finger or mouse: dragging, swiping and gestures of two fingers.

Nothing is pressed: the page's own attributes and the text of its listeners tell. Listeners that a framework keeps in
one place for the whole page tell nothing and are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from checks.live import Listener, LivePage
from checks.probe import Probe, Probed
from checks.probes._controls import MOST_ELEMENTS

probe = Probe(__name__, title="Finds what is worked by drawing", spoils=False, order=10)

STARTS = ("mousedown", "pointerdown")
MOVES = ("mousemove", "pointermove")
TOUCHES = ("touchstart", "touchmove", "touchend")
GESTURES = ("gesturestart", "gesturechange")
EVENTS = (*STARTS, *MOVES, *TOUCHES, *GESTURES, "dragstart", "drop", "auxclick", "lostpointercapture")
MOST_EVENTS = 8
"""An element that listens for more kinds of events than this does so for a whole page, as React's root does."""

MOST_FOUND = 20

_PLACE = re.compile(r"\b(client|page|screen|offset|movement)[XY]\b")
_FOLLOWS = re.compile(r"(mouse|pointer)move|setPointerCapture")
_TWO_FINGERS = re.compile(r"[tT]ouches(\[1\]|\.item\(1\)|\.length\s*(===?|>=)\s*2)|\.scale\b")


@probe.run
async def look(live: LivePage) -> Probed:
    """Note elements that are dragged, and elements that are swiped or worked with two fingers."""
    heard: dict[str, list[Listener]] = defaultdict(list)
    every = await live.listeners(EVENTS)
    for listener in every:
        if listener.on == "element":
            heard[str(listener.seen["target"])].append(listener)
    paths = []
    for listeners in heard.values():
        kind = _kind(listeners)
        if kind:
            paths.append({"target": listeners[0].seen["target"], "kind": kind})
    drops = any(listener.event in ("dragstart", "drop") for listener in every)
    options = {"paths": paths, "drops": drops, "all": MOST_ELEMENTS}
    found: list[dict[str, Any]] = await live.evaluate(_FIND, options)
    dragged = [entry for entry in found if entry["data"]["kind"] == "drag"]
    gestures = [entry for entry in found if entry["data"]["kind"] != "drag"]
    is_cut = max(len(dragged), len(gestures)) > MOST_FOUND
    notes = (f"Only {MOST_FOUND} elements that are dragged or swiped were looked at.",) if is_cut else ()
    return Probed({"dragged": dragged[:MOST_FOUND], "gestures": gestures[:MOST_FOUND]}, notes=notes)


def _kind(listeners: list[Listener]) -> str:
    """Return what an element's listeners make of it: `drag`, `swipe`, `two fingers` or nothing."""
    events = {listener.event for listener in listeners}
    if len(events) > MOST_EVENTS:
        return ""
    touch = " ".join(entry.source for entry in listeners if entry.event in (*TOUCHES, *GESTURES))
    if _TWO_FINGERS.search(touch):
        return "two fingers"
    moving = " ".join(entry.source for entry in listeners if entry.event in (*STARTS, *MOVES))
    if events & set(STARTS) and (_FOLLOWS.search(moving) or (events & set(MOVES) and _PLACE.search(moving))):
        return "drag"
    is_followed = "touchmove" in events and len(events & set(TOUCHES)) > 1
    return "swipe" if is_followed and _PLACE.search(touch) else ""


_FIND = """({ paths, drops, all }) => {
  const DRAGGED = ".ui-draggable, .ui-sortable, .ui-slider-handle, .noUi-handle, .leaflet-container, .ol-viewport, .mapboxgl-map, .maplibregl-map";
  const PRESSED = "button, select, summary, input:not([type=hidden]), [role=button], a[href^='#']";
  const kinds = new Map();
  for (const e of allElements(all)) if (isSeen(e) && (e.matches(DRAGGED) || drops && e.getAttribute("draggable") === "true")) kinds.set(e, "drag");
  for (const { target, kind } of paths) {
    const e = elementAt(target);
    if (e && isSeen(e) && !/^(html|body|main)$/.test(e.localName) && !e.matches("input, select, textarea")) kinds.set(e, kind);
  }
  const isAlone = (e) => ![...kinds.keys()].some((other) => other !== e && e.parentElement.contains(other));
  const canPress = (place, e) => [...place.querySelectorAll(PRESSED)].some((other) => other !== e && isSeen(other) && !other.contains(e));
  return [...kinds].filter(([e]) => e.parentElement).map(([e, kind]) => seen(e, { kind,
    hasButtons: canPress(e, e) || (isAlone(e) || e.parentElement.localName !== "ul") && e.parentElement !== document.body && canPress(e.parentElement, e) }));
}"""  # noqa: E501  JavaScript
