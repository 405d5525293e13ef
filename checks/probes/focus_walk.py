"""Walks through the whole page with the Tab key, and looks at each place where the focus stops.

The walk itself is quick: a key and one question to the page for each stop. One picture is taken for each look that a
stop can have (its outline, colours and surroundings), and compared with the same place without the focus. Only where
nothing changed, or where the stop cannot be seen, every such stop is looked at again, slowly and with real keys.

What spoils a page comes last, so that the page is opened anew as seldom as can be: that costs as much as this walk.
"""

from __future__ import annotations

import time
from typing import Any

from PIL import Image

from checks.live import Clip, LiveError, LivePage
from checks.probe import Probe, Probed, before_and_after
from checks.probes._focus_page import FocusPage, LeftError, Stop, Walk
from checks.probes._focus_pixels import (
    MARGIN_PX,
    NEIGHBOURHOOD_PX,
    Change,
    as_png,
    change,
    clip_around,
    opened,
    part_of,
)
from checks.probes._focus_trap import SLOW_S, find_trap
from checks.probes._skip_link import follow_skip_link

probe = Probe(__name__, title="Walks through the page with the Tab key", spoils=True, order=95)

MOST_STOPS = 300
MOST_WALK_S = 15.0
MOST_REPEATS = 2
MOST_INSIDE = 14
"""Stops inside an element that we cannot look into: parts of a date field, a player's buttons, another site's frame."""
MOST_BLANKS = 6
MOST_LOOPS = 2
MOST_LOOKS = 40
MOST_SUSPECTS = 14
MOST_RECENT = 4
MOST_LEAVING = 8
SOON_S = 0.05
"""The same for a stop that looks like one where nothing came in time."""
WEAK_RATIO = 3.0
"""Weaker changes are kept as pictures, because a rule asks about them."""
DONE_S = 0.35
"""Time for transitions and smooth scrolling to end before a second look."""


@probe.run
async def look(live: LivePage) -> Probed:
    """Note the stops in their order, and what is the matter with each."""
    page = FocusPage(live)
    await page.start()
    walk = Walk()
    data: dict[str, Any] = {"reachable": page.count}
    pictures: dict[str, bytes] = {}
    try:
        began_inside = (await page.note())["id"] >= 0
        trap = None
        for _ in range(MOST_LOOPS):
            await _walk(page, walk, began_inside)
            trap = await find_trap(page, walk.suspects) if walk.suspects else None
            if walk.ended != "loop" or (trap and not trap.exit):
                break
        thrown = [ident for ident in walk.thrown if await page.call("throwsAway", ident)]
        if trap is None:
            verdicts = await _look_closely(page, walk, pictures)
            skip = await follow_skip_link(page, walk)
        else:
            verdicts, skip = {}, None
        leaving = [ident for ident in (await page.call("leaving"))[:MOST_LEAVING] if await page.call("leaves", ident)]
        windows = [ident for ident in dict.fromkeys(walk.windows[:MOST_LEAVING]) if await page.opens_window(ident)]
        wanted = {*walk.ids, *thrown, *leaving, *windows, *(trap.held if trap else ()), *([skip["id"]] if skip else ())}
        wanted |= {int(v["coverId"]) for v in verdicts.values() if v.get("coverId", -1) >= 0}
        seen = await page.describe(sorted(wanted))
    except LeftError:
        raise LiveError("the page went elsewhere while the focus was led through it") from None
    if trap:
        tried = {"exit": trap.exit, "tried": list(trap.tried), "modal": trap.in_modal, "size": len(trap.held)}
        data["traps"] = [{**seen[ident], "data": tried} for ident in trap.held[:1]]
    data["leaving"] = [{**seen[ident], "data": {"presses": walk.presses}} for ident in leaving]
    data["windows"] = [{**seen[ident], "data": {"window": True}} for ident in windows]
    data["thrown"] = [seen[ident] for ident in thrown]
    data["skip"] = [{**seen[skip["id"]], "data": skip}] if skip else []
    data["stops"] = [_entry(n, stop, seen, verdicts, walk) for n, stop in enumerate(walk.stops, start=1)]
    data["ended"], data["presses"] = walk.ended, walk.presses
    return Probed(data, pictures, _notes(walk))


def _notes(walk: Walk) -> tuple[str, ...]:
    """Say what the walk's bounds left out."""
    if walk.ended != "bound":
        return ()
    return (f"Only the first {len(walk.stops)} places where the focus stops were looked at.",)


_OF_THE_STOP = (
    "hidden",
    "caret",
    "tabindex",
    "isOwn",
    "ringOfBrowser",
    "fixed",
    "ariaHidden",
    "besideDialog",
    "order",
    "rtl",
)


def _entry(
    number: int, stop: Stop, seen: dict[int, dict[str, Any]], verdicts: dict[int, dict[str, Any]], walk: Walk
) -> dict[str, Any]:
    """Return one stop as a rule is given it."""
    own = {key: stop[key] for key in _OF_THE_STOP}
    top = {"x": stop["box"]["x"] + stop["scroll"][0], "y": stop["box"]["y"] + stop["scroll"][1]}
    verdict = dict(verdicts.get(stop["id"], {}))
    cover = seen.get(int(verdict.pop("coverId", -1)))
    if cover:
        verdict["cover"] = f"{cover['tag']} {cover['text'][:60]}".strip()
    entry = {**own, **verdict, "number": number, "place": {**stop["box"], **top}, "opens": stop["id"] in walk.opened}
    return {**seen[stop["id"]], "box": stop["box"], "data": entry}


async def _walk(page: FocusPage, walk: Walk, began_inside: bool) -> None:
    """Press Tab until the focus has been everywhere, goes round in a part of the page, or a bound is reached."""
    due = time.monotonic() + MOST_WALK_S
    forgiven, walk.suspects, walk.ended = set(walk.suspects), [], "bound"
    looks = {stop["look"] for stop in walk.stops}
    before: Stop = await page.note()
    repeats = blanks = 0
    while len(walk.stops) < MOST_STOPS and time.monotonic() < due:
        await page.live.press("Tab")
        walk.presses += 1
        stop = await page.note()
        ident = int(stop["id"])
        walk.windows += page.openers(before, stop)
        if ident < 0:
            blanks += 1
            if stop["onPage"] and stop["count"] > before["count"] and stop["last"] not in walk.thrown:
                walk.thrown.append(int(stop["last"]))
            if not stop["onPage"] and await _has_come_round(page, walk, began_inside):
                break
            if blanks > MOST_BLANKS + len(walk.thrown):
                walk.ended = "wrapped"
                break
        elif ident == before["id"]:
            repeats += 1
            if repeats > MOST_REPEATS and not stop["hasInside"]:
                walk.ended, walk.suspects = "loop", [ident, *_recent(walk)]
                break
            if repeats > MOST_INSIDE:
                repeats, stop = 0, await _pass_by(page, walk, stop, looks)
                if walk.ended == "wrapped":
                    break
        elif ident in walk.ids:
            if walk.wraps or ident not in forgiven:
                walk.ended, walk.suspects = ("wrapped", []) if walk.wraps else ("loop", [ident, *_recent(walk)])
                break
        else:
            repeats = 0
            await _keep(page, walk, stop, before, looks)
        before = stop


async def _pass_by(page: FocusPage, walk: Walk, stop: Stop, looks: set[str]) -> Stop:
    """Go on behind an element that cannot be looked into; the walk is over where nothing new follows."""
    if not await page.call("skipPast", stop["id"]):
        walk.ended = "wrapped"
        return stop
    following = await page.note()
    if following["id"] < 0 or following["id"] in walk.ids:
        walk.ended = "wrapped"
    else:
        await _keep(page, walk, following, stop, looks)
    return following


async def _has_come_round(page: FocusPage, walk: Walk, began_inside: bool) -> bool:
    """Say whether the walk is over when the focus has left the page at its end; a page may fetch it back."""
    walk.wraps += 1
    await page.live.pause(SLOW_S / 2)
    now = await page.note()
    if now["id"] >= 0:
        walk.ended, walk.suspects = "loop", [int(now["id"]), *_recent(walk)]
        return True
    if began_inside and walk.wraps == 1:
        return False  # there may be stops before the one that the page itself had chosen
    walk.ended = "wrapped"
    return True


def _recent(walk: Walk) -> list[int]:
    return walk.ids[::-1][:MOST_RECENT]


async def _keep(page: FocusPage, walk: Walk, stop: Stop, before: Stop, looks: set[str]) -> None:
    """Keep a stop, with a picture if its look is a new one."""
    walk.stops.append(stop)
    if before["id"] >= 0 and stop["dialogs"] > before["dialogs"]:
        walk.opened.append(int(stop["id"]))
    if stop["look"] in looks or len(looks) >= MOST_LOOKS or _needs_a_second_look(stop) or _is_no_matter(stop):
        return
    clip = _clip_of(stop)
    if clip:
        looks.add(stop["look"])
        walk.shots[int(stop["id"])] = await page.live.screenshot(clip)


def _clip_of(stop: Stop) -> Clip | None:
    """Return the place of a stop's picture; what is hidden itself may be shown by something beside it."""
    return clip_around(stop["box"], NEIGHBOURHOOD_PX if stop["hidden"] else MARGIN_PX)


def _needs_a_second_look(stop: Stop) -> bool:
    """Say whether one picture cannot tell: the stop may still be on its way into the window, or is covered."""
    return stop["hidden"] in ("outside", "cut off") or (stop["points"] > 0 and stop["covered"] == stop["points"])


def _is_no_matter(stop: Stop) -> bool:
    """Say whether pictures tell nothing of a stop: a blinking caret is enough, and a frame shows its own inside."""
    return bool(stop["caret"]) or stop["tag"] in ("iframe", "object", "embed")


async def _look_closely(page: FocusPage, walk: Walk, pictures: dict[str, bytes]) -> dict[int, dict[str, Any]]:
    """Compare pictures with and without the focus; return what came out by stop."""
    by_id = {int(stop["id"]): stop for stop in walk.stops}
    changes = await _changes(page, walk, by_id, pictures)
    by_look = {by_id[ident]["look"]: found for ident, found in changes.items()}
    verdicts: dict[int, dict[str, Any]] = {}
    suspects: list[Stop] = []
    for stop in walk.stops:
        found = by_look.get(stop["look"])
        if _needs_a_second_look(stop) and stop["tag"] not in ("iframe", "object", "embed"):
            suspects.append(stop)
        elif _is_no_matter(stop):
            verdicts[stop["id"]] = {"visible": True} if stop["caret"] else {}
        elif found and not found.is_seen:
            suspects.append(stop)
        elif found:
            measured = stop["id"] in changes
            verdicts[stop["id"]] = {"visible": True, "ratio": found.ratio, "measured": measured, "picture": _name(stop)}
    at_rest: dict[str, Image.Image] = {}
    unchanged: set[str] = set()
    for stop in suspects[:MOST_SUSPECTS]:
        wait_s = SOON_S if stop["look"] in unchanged else DONE_S
        verdict = await _second_look(page, stop, pictures, at_rest, wait_s)
        if verdict is None:
            continue
        verdicts[stop["id"]] = verdict
        if not verdict["visible"]:
            unchanged.add(stop["look"])
    return verdicts


def _name(stop: Stop) -> str:
    return f"stop-{stop['id']}"


async def _changes(
    page: FocusPage, walk: Walk, by_id: dict[int, Stop], pictures: dict[str, bytes]
) -> dict[int, Change]:
    """Compare each picture of the walk with the same place when nothing has the focus, where it is still there."""
    await page.call("blur")
    changes: dict[int, Change] = {}
    places: dict[tuple[float, float], list[int]] = {}
    for ident in walk.shots:
        places.setdefault((by_id[ident]["scroll"][0], by_id[ident]["scroll"][1]), []).append(ident)
    for (x, y), ids in places.items():
        await page.call("scroll", x, y)
        boxes = await page.call("boxes", ids)
        window = opened(await page.live.screenshot())
        for ident, box in zip(ids, boxes, strict=True):
            clip = _clip_of(by_id[ident])
            if clip and all(abs(box[key] - by_id[ident]["box"][key]) <= 1 for key in ("x", "y", "width", "height")):
                before = part_of(window, clip)
                changes[ident] = change(before, opened(walk.shots[ident]))
                if changes[ident].is_seen and changes[ident].ratio < WEAK_RATIO:
                    pictures[_name(by_id[ident])] = before_and_after(as_png(before), walk.shots[ident])
    return changes


async def _second_look(
    page: FocusPage, stop: Stop, pictures: dict[str, bytes], at_rest: dict[str, Image.Image], wait_s: float
) -> dict[str, Any] | None:
    """Bring the focus to a stop with real keys, wait, and compare the whole window; None when it does not get there.

    `at_rest` keeps the window without the focus by its scroll position. If the page has changed since, the stop
    passes: something did change.
    """
    ident = int(stop["id"])
    if not await page.call("focus", ident):
        return None
    await page.live.press("Shift+Tab")
    await page.live.press("Tab")
    if not await page.call("isFocused", ident) and not await page.call("focus", ident):
        return None
    await page.live.pause(wait_s)
    front = await page.call("inFront", ident)
    after = opened(await page.live.screenshot())
    if not await page.call("isFocused", ident):
        return None
    if front["scroll"] not in at_rest:
        await page.call("blur")
        await page.live.pause(DONE_S)
        at_rest[front["scroll"]] = opened(await page.live.screenshot())
    before = at_rest[front["scroll"]]
    clip = clip_around(front["box"], NEIGHBOURHOOD_PX) or Clip(0, 0, 1280, 300)
    parts = part_of(before, clip), part_of(after, clip)
    near, anywhere = change(*parts), change(before, after)
    verdict: dict[str, Any] = {"visible": anywhere.is_seen, "hiddenThen": front["hidden"], "measured": True}
    if front["points"] and front["covered"] == front["points"] and not near.is_seen:
        verdict |= {"covered": True, "coverId": stop["cover"], "coverShare": stop["coverShare"]}
    if near.is_seen:
        verdict["ratio"] = near.ratio
    elif anywhere.faint:
        faint = near if near.faint else anywhere
        verdict |= {"faintPixels": faint.faint, "faintRatio": faint.ratio}
    if not anywhere.is_seen or "covered" in verdict:
        verdict["picture"] = _name(stop)
        pictures[verdict["picture"]] = before_and_after(*map(as_png, parts))
    return verdict
