"""Watches what moves, blinks, scrolls or updates by itself, for people who have not asked for less motion.

A quiet page is watched for a moment only; one with animations, moving pictures, players or changing parts for longer
than the five seconds that WCAG 2.2.2 allows. Timers that wait are run at once (`_timed_changes.py`).
"""

from __future__ import annotations

import io
from functools import reduce
from typing import Any

from PIL import Image, ImageChops

from checks.live import VIEWPORT, Clip, LivePage
from checks.probe import Probe, Probed, before_and_after
from checks.probes._controls import MOST_ELEMENTS, stopping_words
from checks.probes._moving import MOVING_JS
from checks.probes._timed_changes import timed_changes

probe = Probe(__name__, title="Watches what moves by itself", spoils=False, order=40)

MOMENT_S = 0.4
WATCH_S = 5.3
"""Longer than five seconds: up to there movement needs no control (WCAG 2.2.2)."""

MOST_NOTED = 10
MOST_FLASHING = 3
MOST_PIXELS_COMPARED = 8
SMALL_PX = 16 * 16
"""Smaller things than an icon are not asked about."""

FLASH_FRAMES, FLASH_INTERVAL_S = 8, 0.03
FLASH_AREA_PX = 21_824
"""A quarter of 341 x 256 pixels, the field of view that WCAG's flash threshold speaks of."""

FLASH_LUMINANCE = 26
"""A tenth of the range from black to white, as pixels (0 to 255)."""

SHOT_STEP = 12
"""Difference of a pixel that is no rounding of a picture."""


@probe.run
async def look(live: LivePage) -> Probed:
    """Note what moves for longer than five seconds, the control that may stop it, and what flashes.

    The page is opened anew when it was watched for long.
    """
    await live.media(prefers_reduced_motion="no-preference")
    options: dict[str, Any] = {
        "all": MOST_ELEMENTS,
        "most": MOST_NOTED,
        "small": SMALL_PX,
        "words": stopping_words(),
        "watch": MOMENT_S * 1000,
        "isLong": False,
        "mostFast": MOST_FLASHING,
    }
    first = await live.evaluate(_WATCH, options)
    timed = await timed_changes(live, options)
    pictures: dict[str, bytes] = {}
    for number, entry in enumerate(timed.moving):
        _compare(entry, timed.before, timed.after, pictures, f"timed-{number}")
    noted: dict[str, Any] = {"moving": [], "fast": [], "left": 0}
    if first["doubtful"] or timed.is_quick:
        noted = await _watch_long(live, options, pictures)
    await live.media(prefers_reduced_motion="reduce")
    calm = await live.evaluate(_STILL_RUNNING, [entry["target"] for entry in noted["moving"]])
    for entry, is_running in zip(noted["moving"], calm, strict=True):
        entry["data"]["stopsWhenReduced"] = entry["data"]["kind"] == "animation" and not is_running
    if first["doubtful"] or timed.has_changed:
        await live.reload()
    known = {tuple(entry["target"]) for entry in timed.moving}  # seen for longer than anybody watched
    moving = [entry for entry in noted["moving"] if tuple(entry["target"]) not in known]
    n_left = int(noted["left"])
    notes = (f"{n_left} more things that move were not looked at.",) if n_left else ()
    return Probed({"moving": [*moving, *timed.moving], "flashing": noted["fast"]}, pictures, notes)


async def _watch_long(live: LivePage, options: dict[str, Any], pictures: dict[str, bytes]) -> dict[str, Any]:
    """Watch for longer than five seconds; return what moves and what flashes, with what its pixels tell."""
    before = await live.screenshot()
    noted: dict[str, Any] = await live.evaluate(_WATCH, {**options, "watch": WATCH_S * 1000, "isLong": True})
    after = await live.screenshot() if noted["moving"] else b""
    for number, entry in enumerate(noted["moving"][:MOST_PIXELS_COMPARED]):
        _compare(entry, before, after, pictures, f"moving-{number}")
    for number, entry in enumerate(noted["fast"]):
        await _flashes(live, entry, pictures, f"flash-{number}")
    return noted


def _compare(entry: Any, before: bytes, after: bytes, pictures: dict[str, bytes], name: str) -> None:
    """Note how many of an element's pixels differ between two pictures of the window, and keep its part of both."""
    clip = _in_window(entry["box"])
    if clip is None:
        return
    first, second = (_part(png, clip) for png in (before, after))
    entry["data"]["pixels"] = _differing(first, second, SHOT_STEP)
    entry["data"]["picture"] = name
    pictures[name] = before_and_after(first, second)


def _part(png: bytes, clip: Clip) -> bytes:
    with Image.open(io.BytesIO(png)) as whole:
        part = io.BytesIO()
        whole.crop((int(clip.x), int(clip.y), int(clip.x + clip.width), int(clip.y + clip.height))).save(part, "PNG")
    return part.getvalue()


async def _flashes(live: LivePage, entry: Any, pictures: dict[str, bytes], name: str) -> None:
    """Note how many pixels flash, and keep the two pictures that differ most."""
    clip = _in_window(entry["box"])
    most = 0
    if clip is not None:
        shots = await live.frames(FLASH_FRAMES, FLASH_INTERVAL_S, clip)
        most, other = max(
            (_differing(shots[0], shot, FLASH_LUMINANCE, mode="L"), number) for number, shot in enumerate(shots)
        )
        entry["data"]["picture"] = name
        pictures[name] = before_and_after(shots[0], shots[other])
    entry["data"].update(flashPixels=most, enough=FLASH_AREA_PX)


def _in_window(box: dict[str, float]) -> Clip | None:
    left, top = max(0.0, box["x"]), max(0.0, box["y"])
    right = min(VIEWPORT[0], box["x"] + box["width"])
    bottom = min(VIEWPORT[1], box["y"] + box["height"])
    return (
        Clip(round(left), round(top), round(right - left), round(bottom - top))
        if min(right - left, bottom - top) >= 2
        else None
    )


def _differing(first: bytes, second: bytes, step: int, *, mode: str = "RGB") -> int:
    """Return how many pixels differ by more than `step` in a colour, or with the mode "L" in lightness."""
    one, two = (Image.open(io.BytesIO(png)).convert(mode) for png in (first, second))
    if one.size != two.size:
        two = two.resize(one.size)
    bands = ImageChops.difference(one, two).split()
    return sum(reduce(ImageChops.lighter, bands).histogram()[step + 1 :])


_WATCH = (
    "async ({ all, most, mostFast, small, words, watch, isLong }) => {"
    + MOVING_JS
    + """
  const LONG_MS = 5000;
  const noted = new Map();
  const note = (e, data) => { if (!noted.has(e) && isSeen(e) && big(e) && !isBusy(e)) noted.set(e, data); };
  const fast = new Map();
  const LOOKS = ["opacity", "visibility", "transform", "translate", "rotate", "scale", "left", "right", "top", "bottom",
    "marginLeft", "marginTop", "color", "backgroundColor", "filter", "width", "height", "backgroundPosition", "offsetDistance"];
  for (const animation of document.getAnimations()) {
    const target = animation.effect && animation.effect.target;
    if (!target || animation.playState !== "running") continue;
    const timing = animation.effect.getComputedTiming();
    const properties = new Set(animation.effect.getKeyframes().flatMap((frame) => Object.keys(frame)));
    const changed = LOOKS.filter((name) => properties.has(name));
    if (timing.endTime > LONG_MS && timing.duration > 0) note(target, { kind: "animation", changed: changed.join(", "),
      text: (target.innerText || "").trim().length });
    const period = timing.duration * (/alternate/.test(timing.direction) ? 2 : 1);
    const blinks = ["opacity", "visibility", "color", "backgroundColor", "filter"].some((name) => properties.has(name));
    if (blinks && timing.endTime > 1000 && period > 0 && period < 1000 / 3 && isSeen(target)) fast.set(target, 1000 / period);
  }
  for (const e of allElements(all)) {
    if (e.localName === "marquee" || e.localName === "blink" && getComputedStyle(e).animationName !== "none")
      note(e, { kind: e.localName, changed: "", text: (e.innerText || "").trim().length });
    else if (e.localName === "img" && /^data:image\\/gif|\\.gif($|[?#])/i.test(e.currentSrc || e.src)) note(e, { kind: "gif" });
    else if (e.localName === "video" && !e.paused && (e.loop || e.duration > 5)) note(e, { kind: "video", hasControls: e.controls });
  }
  // Changes that scripts make, by the element that people see change.
  const times = new Map();
  const texts = new Map(); // what they said meanwhile: two pictures may happen to show the same
  const blinks = new Map(); // how often they went or came back
  const started = performance.now();
  const observer = new MutationObserver((records) => {
    for (const record of records) {
      const e = record.target.nodeType === 1 ? record.target : record.target.parentElement;
      if (!e || e === document.body || e === document.documentElement || e.closest("head, script, style")) continue;
      const isShown = isSeen(e);
      const blink = blinks.get(e) || blinks.set(e, { times: 0, isShown, isBig: false }).get(e);
      blink.isBig ||= isShown && big(e);
      if (blink.isShown !== isShown) { blink.times++; blink.isShown = isShown; }
      const spots = times.get(e) || times.set(e, []).get(e);
      const now = performance.now() - started;
      if (spots.length >= 200 || now - (spots.at(-1) ?? -1000) <= 80) continue;
      spots.push(now);
      if (e.childElementCount < 20) (texts.get(e) || texts.set(e, new Set()).get(e)).add(cut(e.textContent.trim(), 200));
    }
  });
  observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: ["style", "class", "src", "hidden", "transform", "d", "x", "y", "cx", "cy"] });
  await pause(watch);
  observer.disconnect();
  if (!isLong) return { doubtful: noted.size > 0 || fast.size > 0 || times.size > 0 };
  for (const [e, spots] of times) if (spots.length > 1 && spots.at(-1) - spots[0] > 1500) {
    const blink = blinks.get(e);
    const isAway = blink.times > 2 && blink.isBig && e.isConnected && !isBusy(e) && !noted.has(e); // just now
    (isAway ? (_, data) => noted.set(e, data) : note)(e, { kind: "script", changes: spots.length, texts: texts.get(e)?.size || 0,
      until: Math.round(spots.at(-1)), grows: isGrowing(texts.get(e) || []), sayings: sayingsOf(texts.get(e) || []),
      blinks: blink.times, text: e.textContent.trim().length });
  }
  const moving = [...noted].filter(([e]) => ![...noted.keys()].some((other) => other !== e && other.contains(e)));
  return {
    left: Math.max(0, moving.length - most) + Math.max(0, fast.size - mostFast),
    moving: moving.slice(0, most).map(([e, data]) => withControl(e, data)),
    fast: [...fast].slice(0, mostFast).map(([e, rate]) => seen(e, { rate: Math.round(rate * 10) / 10 })),
  };
}"""  # noqa: E501  JavaScript
)

_STILL_RUNNING = """(targets) => targets.map((target) => {
  const element = elementAt(target);
  return Boolean(element) && document.getAnimations().some((animation) => animation.playState === "running"
    && animation.effect && animation.effect.target === element && animation.effect.getComputedTiming().endTime > 5000);
})"""
