"""Moves the mouse over what may show something new, then onto the new content, and presses Escape; tries keys after."""

from __future__ import annotations

from typing import Any

from checks.live import LivePage
from checks.probe import Probe, Probed
from checks.probes._hovered_keys import note_keys
from checks.probes._scripts import with_script

probe = Probe(__name__, title="Moves the mouse over what may show something", spoils=False, order=60)

MOST_RULES = 20_000
MOST_TRIGGERS = 6
MOST_ALIKE = 1
"""Triggers of one style rule or class that are tried: the others do the same."""
MOST_PICTURES = 3
STYLE_S = 0.05
SCRIPT_S = 0.4
"""What shows something by a script often waits a moment first, so that a passing mouse shows nothing."""
STEPS = 8
STEP_S = 0.02
GRACE_S = 0.5
AWAY = (2, 2)
HOVER_EVENTS = ("mouseenter", "mouseover", "pointerenter", "pointerover")


@probe.run
async def look(live: LivePage) -> Probed:
    """Note each trigger that shows something new (`shown`): what that covers, whether Escape removes it, and whether
    the mouse, and keys, can get onto it.
    """
    heard = [found.seen.get("target") for found in await live.listeners(HOVER_EVENTS) if found.on == "element"]
    triggers = await live.evaluate(
        _FIND, {"heard": heard, "rules": MOST_RULES, "most": MOST_TRIGGERS, "alike": MOST_ALIKE}
    )
    shown: list[dict[str, Any]] = []
    pictures: dict[str, bytes] = {}
    for trigger in triggers:
        entry = await _hover(live, trigger)
        if entry is None:
            continue
        if len(pictures) < MOST_PICTURES:
            entry["data"]["picture"] = f"hovered{len(pictures)}"
            pictures[entry["data"]["picture"]] = await live.screenshot()
        if entry["data"]["isUnder"]:  # a bar of the page lies over it: the mouse would meet that, and not it
            entry["data"]["canReach"] = True
        else:
            entry["data"]["canReach"] = await _reach(live, entry["data"]) or await _reach_again(live, trigger)
        await live.mouse("move", *AWAY)
        if entry["data"]["covers"]:
            entry["data"]["canDismiss"] = await _dismiss(live, trigger)
        await live.mouse("move", *AWAY)
        shown.append(entry)
    await note_keys(live, shown)
    if shown:  # scripts may keep in mind what the mouse did; where nothing came, the next probe need not wait
        await live.reload()
    return Probed({"shown": shown}, pictures)


async def _hover(live: LivePage, trigger: dict[str, Any]) -> dict[str, Any] | None:
    """Move onto a trigger; return what it shows, as `seen` gives the trigger, or None."""
    await live.mouse("move", *AWAY)
    place = await live.evaluate(_BEFORE, trigger["path"])
    if not place:
        return None
    await live.mouse("move", place["x"], place["y"])
    await live.pause(STYLE_S if trigger["isStyle"] else SCRIPT_S)
    entry: dict[str, Any] | None = await live.evaluate(_AFTER, trigger)
    return entry


async def _reach(live: LivePage, data: dict[str, Any]) -> bool:
    """Move from the trigger straight onto what it shows; return whether that is still there after a while."""
    start, end = data["from"], data["to"]
    for step in range(1, STEPS + 1):
        part = step / STEPS
        await live.mouse("move", start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))
        await live.pause(STEP_S)
    await live.pause(GRACE_S)
    return bool(await live.evaluate(_IS_THERE))


async def _reach_again(live: LivePage, trigger: dict[str, Any]) -> bool:
    entry = await _hover(live, trigger)
    return entry is not None and await _reach(live, entry["data"])


async def _dismiss(live: LivePage, trigger: dict[str, Any]) -> bool:
    """Press Escape over the trigger; return whether what it shows goes away. True also when it no longer comes."""
    if await _hover(live, trigger) is None:
        return True
    await live.press("Escape")
    await live.pause(SCRIPT_S)
    return not await live.evaluate(_IS_THERE)


_FIND = """({ heard, rules, most, alike }) => {
  const HINTS = "[role=tooltip], [data-tooltip], [data-tip], [data-toggle=tooltip], [data-bs-toggle=tooltip],"
    + " [data-tippy-content], [data-toggle=popover][data-trigger*=hover], [data-bs-trigger*=hover]";
  const SHOWS = { display: /^(?!none)/, visibility: /^visible/, opacity: /^(?!0(\\.0*)?$)/ };
  const found = [];
  const counts = new Map();
  const add = (element, isStyle, key) => {
    if (!element || element.ownerDocument !== document || !isSeen(element) || found.length >= most) return;
    const rect = element.getBoundingClientRect();
    if (rect.width > innerWidth * 0.6 && rect.height > 100) return; // a whole region is no trigger
    const count = counts.get(key) || 0;
    if (count >= alike || found.some((other) => other.element === element)) return;
    counts.set(key, count + 1);
    found.push({ element, isStyle });
  };
  const classOf = (element) => element.localName + "." + (element.getAttribute("class") || "");

  let left = rules;
  const read = (list) => {
    for (const rule of list) {
      if (left-- <= 0 || found.length >= most) return;
      if (rule.media && !matchMedia(rule.media.mediaText).matches) continue;
      if (rule.selectorText && rule.style && /:hover/.test(rule.selectorText) && shows(rule.style)) {
        for (const selector of rule.selectorText.split(/,(?![^(]*\\))/)) tryStyle(selector.trim());
      }
      try { if (rule.cssRules && rule.cssRules.length) read(rule.cssRules); } catch { /* not ours to read */ }
    }
  };
  const shows = (style) => Object.entries(SHOWS).some(([name, value]) => {
    const set = style.getPropertyValue(name).trim();
    return set !== "" && value.test(set);
  });
  const tryStyle = (selector) => {
    const match = /^(.*?):hover(.*)$/.exec(selector);
    if (!match || !/[\\s>+~]|::?(before|after)/.test(match[2])) return; // it must show something besides itself
    const without = selector.replace(/:hover/g, "").replace(/::?(before|after)$/, "");
    try {
      const targets = [...document.querySelectorAll(without || "*")].slice(0, 200);
      const isPseudo = /::?(before|after)$/.test(selector);
      const hidden = targets.filter((target) => !isSeen(target));
      if (!hidden.length && !isPseudo) return;
      const owners = isPseudo ? [] : hidden.map((target) => ownerOf(target, match[1] || "*"));
      const all = [...owners, ...document.querySelectorAll(match[1] || "*")].slice(0, 200);
      for (const element of all) add(element, true, selector);
    } catch { /* a selector of another engine */ }
  };
  // What the mouse must be on for the target to appear: an element around it, or one before it.
  const ownerOf = (target, selector) => {
    const around = target.parentElement && target.parentElement.closest(selector);
    if (around) return around;
    for (let node = target; node; node = node.parentElement) {
      for (let other = node.previousElementSibling; other; other = other.previousElementSibling) {
        if (other.matches(selector)) return other;
      }
    }
    return null;
  };
  for (const sheet of document.styleSheets) {
    try { read(sheet.cssRules); } catch { /* from another origin */ }
  }
  for (const element of document.querySelectorAll(HINTS)) {
    if (element.getAttribute("role") !== "tooltip") add(element, false, classOf(element));
    else if (element.id) add(document.querySelector(`[aria-describedby~="${CSS.escape(element.id)}"]`), false, "tip");
  }
  for (const path of heard) {
    const element = Array.isArray(path) ? elementAt(path) : null;
    if (element && element.getBoundingClientRect().height < 100) add(element, false, "heard " + classOf(element));
  }
  return found.map(({ element, isStyle }) => ({ path: selectorPath(element), isStyle }));
}"""

_BEFORE = """async (path) => {
  const trigger = elementAt(path);
  if (!trigger) return null;
  trigger.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const rect = trigger.getClientRects()[0];
  if (!rect) return null;
  const place = { x: rect.x + Math.min(rect.width / 2, 40), y: rect.y + rect.height / 2 };
  const hit = document.elementFromPoint(place.x, place.y);
  if (!hit || !(trigger === hit || trigger.contains(hit))) return null; // another element lies over it
  const all = allElements(20000).filter((element) => element.ownerDocument === document);
  globalThis.unseen = new Set(all.filter((element) => !isSeen(element)));
  globalThis.known = new Set(all);
  return place;
}"""

_AFTER = with_script(
    "text",
    """({ path, isStyle }) => {
  for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
  const trigger = elementAt(path);
  if (!trigger) return null;
  const wasSeen = (element) => globalThis.known.has(element) && !globalThis.unseen.has(element);
  const fresh = [];
  for (const element of allElements(20000)) {
    if (element.ownerDocument !== document || wasSeen(element)) continue;
    if (fresh.some((other) => other.contains(element)) || !isSeen(element)) continue;
    const rect = element.getBoundingClientRect();
    const isIn = rect.right > 0 && rect.bottom > 0 && rect.left < innerWidth && rect.top < innerHeight;
    const says = (element.innerText || "").trim() !== "" || element.querySelector("img, svg, video");
    if (isIn && rect.width > 15 && rect.height > 8 && says) fresh.push(element);
    if (fresh.length >= 50) break; // far more than anything that a mouse shows
  }
  const content = fresh.sort((one, two) => areaOf(two) - areaOf(one))[0];
  if (!content) return null;
  globalThis.content = content;
  globalThis.contents = globalThis.contents || [];
  const index = globalThis.contents.push(content) - 1;
  const [own, its] = [trigger.getBoundingClientRect(), content.getBoundingClientRect()];
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
  const middle = [own.x + Math.min(own.width / 2, 40), own.y + own.height / 2];
  // Where the mouse, on its straight way, meets the content first, and a little further in.
  const inside = [clamp(middle[0], its.left + 6, its.right - 6), clamp(middle[1], its.top + 6, its.bottom - 6)];
  const ends = [clamp(inside[0], 1, innerWidth - 1), clamp(inside[1], 1, innerHeight - 1)];
  const text = cut((content.innerText || "").trim().replace(/\\s+/g, " "), SHOWN_MAX);
  const gap = Math.max(0, its.left - own.right, own.left - its.right, its.top - own.bottom, own.top - its.bottom);
  const covers = isPlaced(content) ? covered(content, its) : "";
  const hit = document.elementFromPoint(...ends);
  const isUnder = Boolean(hit) && !content.contains(hit) && !hit.contains(content) && !trigger.contains(hit);
  return seen(trigger, { isStyle, index, text, gap, covers, isUnder, from: middle, to: ends, canDismiss: true });

  function areaOf(element) {
    const rect = element.getBoundingClientRect();
    return rect.width * rect.height;
  }

  function isPlaced(element) {
    for (let node = element; node && node !== document.body && !node.contains(trigger); node = parentOf(node)) {
      if (/absolute|fixed/.test(getComputedStyle(node).position)) return true;
    }
    return false;
  }

  // The first text of the page that lies under the new content.
  function covered(element, rect) {
    for (const text of measureText(20000)) {
      if (element.contains(text.element) || trigger.contains(text.element) || text.hidden) continue;
      if (!wasSeen(text.element)) continue;
      for (const { part } of text.lines) {
        const width = Math.min(part[2], rect.right) - Math.max(part[0], rect.left);
        const height = Math.min(part[3], rect.bottom) - Math.max(part[1], rect.top);
        if (width < text.em || height < 0.5 * (part[3] - part[1])) continue;
        const [x, y] = [Math.max(part[0], rect.left) + width / 2, Math.max(part[1], rect.top) + height / 2];
        const hit = document.elementFromPoint(x, y);
        if (hit && element.contains(hit)) return cut(wordsOf(text), SHOWN_MAX);
      }
    }
    return "";
  }
}""",
)

_IS_THERE = """() => {
  const content = globalThis.content;
  if (!content || !content.isConnected || !isSeen(content)) return false;
  const rect = content.getBoundingClientRect();
  let opacity = 1;
  for (let node = content; node; node = parentOf(node)) opacity *= parseFloat(getComputedStyle(node).opacity);
  return rect.width > 15 && rect.height > 8 && opacity > 0.1;
}"""
