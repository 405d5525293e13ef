"""Watches what moves, blinks, scrolls or updates by itself, for people who have not asked for less motion.

A quiet page is watched for a moment only; one with animations, moving pictures, players or changing parts for longer
than the five seconds that WCAG 2.2.2 allows. What begins to move later than the first moment is not seen.
"""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageChops

from checks.live import VIEWPORT, Clip, LivePage
from checks.probe import Probe, Probed, before_and_after
from checks.probes._controls import CONTROLS_JS, MOST_ELEMENTS, stopping_words

probe = Probe(__name__, title="Watches what moves by itself", spoils=False, order=40)

MOMENT_S = 0.4
TICKS_S = 2.1
"""The moment for a page whose own scripts do something at intervals: long enough for a new text every two seconds."""

MOST_SCRIPT_CHARS = 20_000
"""Longer scripts are libraries, and nearly each of them has a timer for something."""
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
        "ticks": TICKS_S * 1000,
        "script": MOST_SCRIPT_CHARS,
        "isLong": False,
        "mostFast": MOST_FLASHING,
    }
    first = await live.evaluate(_WATCH, options)
    if not first["doubtful"]:
        await live.media(prefers_reduced_motion="reduce")
        return Probed({"moving": [], "flashing": []})
    before = await live.screenshot()
    noted = await live.evaluate(_WATCH, {**options, "watch": WATCH_S * 1000, "isLong": True})
    pictures: dict[str, bytes] = {}
    for number, entry in enumerate(noted["moving"][:MOST_PIXELS_COMPARED]):
        await _compare(live, entry, before, pictures, f"moving-{number}")
    flashing = [await _flashes(live, entry) for entry in noted["fast"]]
    await live.media(prefers_reduced_motion="reduce")
    calm = await live.evaluate(_STILL_RUNNING, [entry["target"] for entry in noted["moving"]])
    for entry, is_running in zip(noted["moving"], calm, strict=True):
        entry["data"]["stopsWhenReduced"] = entry["data"]["kind"] == "animation" and not is_running
    await live.reload()
    n_left = int(noted["left"])
    notes = (f"{n_left} more things that move were not looked at.",) if n_left else ()
    return Probed({"moving": noted["moving"], "flashing": flashing}, pictures, notes)


async def _compare(live: LivePage, entry: Any, before: bytes, pictures: dict[str, bytes], name: str) -> None:
    """Note whether an element's pixels differ from those of the first picture, and keep both."""
    clip = _in_window(entry["box"])
    if clip is None:
        return
    after = await live.screenshot(clip)
    with Image.open(io.BytesIO(before)) as whole:
        box = (int(clip.x), int(clip.y), int(clip.x + clip.width), int(clip.y + clip.height))
        then = io.BytesIO()
        whole.crop(box).save(then, "PNG")
    entry["data"]["pixels"] = _differing(then.getvalue(), after, SHOT_STEP)
    entry["data"]["picture"] = name
    pictures[name] = before_and_after(then.getvalue(), after)


async def _flashes(live: LivePage, entry: Any) -> Any:
    clip = _in_window(entry["box"])
    most = 0
    if clip is not None:
        shots = await live.frames(FLASH_FRAMES, FLASH_INTERVAL_S, clip)
        most = max(_differing(shots[0], shot, FLASH_LUMINANCE) for shot in shots[1:])
    entry["data"].update(flashPixels=most, enough=FLASH_AREA_PX)
    return entry


def _in_window(box: dict[str, float]) -> Clip | None:
    left, top = max(0.0, box["x"]), max(0.0, box["y"])
    right = min(VIEWPORT[0], box["x"] + box["width"])
    bottom = min(VIEWPORT[1], box["y"] + box["height"])
    return (
        Clip(round(left), round(top), round(right - left), round(bottom - top))
        if min(right - left, bottom - top) >= 2
        else None
    )


def _differing(first: bytes, second: bytes, step: int) -> int:
    """Return how many pixels differ in lightness by more than `step`."""
    one, two = (Image.open(io.BytesIO(png)).convert("L") for png in (first, second))
    if one.size != two.size:
        two = two.resize(one.size)
    return sum(ImageChops.difference(one, two).histogram()[step + 1 :])


_WATCH = (
    "async ({ all, most, mostFast, small, words, watch, ticks, script, isLong }) => {"
    + CONTROLS_JS
    + """
  const LONG_MS = 5000;
  const BUSY = /load|spin|progress|skeleton|busy|wait/i; // what shows that something is going on is essential
  const big = (e) => { const box = e.getBoundingClientRect(); return box.width * box.height >= small; };
  const isBusy = (e) => BUSY.test(e.className?.baseVal ?? e.className) || e.closest("[role=progressbar], [aria-busy=true], progress");
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
  if (!isLong && !times.size && await hasTimer()) await pause(ticks - watch);
  observer.disconnect();
  const seemsToRotate = isLong ? false : document.querySelector("[aria-roledescription=carousel], [role=marquee], [role=timer], "
    + ".carousel, .slick-slider, .swiper, .swiper-container, .flexslider, .owl-carousel, .ticker, .bxslider, [data-ride=carousel]");
  if (!isLong) return { doubtful: noted.size > 0 || fast.size > 0 || times.size > 0 || Boolean(seemsToRotate) };
  for (const [e, spots] of times) if (spots.length > 1 && spots.at(-1) - spots[0] > 1500) {
    const blink = blinks.get(e);
    const isAway = blink.times > 2 && blink.isBig && e.isConnected && !isBusy(e) && !noted.has(e); // just now
    (isAway ? (_, data) => noted.set(e, data) : note)(e, { kind: "script", changes: spots.length, texts: texts.get(e)?.size || 0,
      until: Math.round(spots.at(-1)), grows: [...(texts.get(e) || [])].every((text, at, all) => !at || text.startsWith(all[at - 1])),
      sayings: new Set([...(texts.get(e) || [])].map((text) => (text.match(/\\p{L}{2,}/gu) || []).join(" ")).filter((said) => said.includes(" "))).size,
      blinks: blink.times, text: e.textContent.trim().length });
  }
  const buttons = buttonsOf(all);
  const named = buttons.filter((button) => saysOneOf(nameOf(button), words));
  const moving = [...noted].filter(([e]) => ![...noted.keys()].some((other) => other !== e && other.contains(e)));
  return {
    left: Math.max(0, moving.length - most) + Math.max(0, fast.size - mostFast),
    moving: moving.slice(0, most).map(([e, data]) => {
      let near = e;
      for (let steps = 0; steps < 4 && near.parentElement && near.parentElement !== document.body; steps++) near = near.parentElement;
      const close = named.find((button) => near.contains(button));
      return seen(e, { ...data, control: close || named[0] ? nameOf(close || named[0]) : "", isNear: Boolean(close),
        buttons: buttons.length, aloneOnPage: (document.body.innerText || "").trim().length <= (e.innerText || "").trim().length });
    }),
    fast: [...fast].slice(0, mostFast).map(([e, rate]) => seen(e, { rate: Math.round(rate * 10) / 10 })),
  };

  // Whether a script in the page, or in a small file of the site, has a timer. Files come from the browser's cache only.
  async function hasTimer() {
    for (const one of [...document.scripts].slice(0, 20)) {
      let text = one.textContent;
      if (one.src && one.src.startsWith(location.origin + "/")) {
        try { text = await (await fetch(one.src, { cache: "only-if-cached", mode: "same-origin" })).text(); } catch { continue; }
      }
      if (text.length <= script && text.includes("setInterval(")) return true;
    }
    return false;
  }
}"""  # noqa: E501  JavaScript
)

_STILL_RUNNING = """(targets) => targets.map((target) => {
  const element = elementAt(target);
  return Boolean(element) && document.getAnimations().some((animation) => animation.playState === "running"
    && animation.effect && animation.effect.target === element && animation.effect.getComputedTiming().endTime > 5000);
})"""
