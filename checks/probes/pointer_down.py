"""Presses the mouse on what listens for the press itself, and watches what happens before it is let go.

The network is held, and navigations are noted and stopped. What drags or draws needs the press and is only noted.
"""

from __future__ import annotations

from typing import Any

from checks.live import LivePage
from checks.probe import Probe, Probed

probe = Probe(__name__, title="Presses the mouse without letting go", spoils=False, order=65)

EVENTS = ("mousedown", "pointerdown", "touchstart")
MOST_PRESSED = 6
ANSWER_S = 0.15
AWAY = (2.0, 2.0)
"""Where the mouse is let go: not on what it was pressed on."""


@probe.run
async def look(live: LivePage) -> Probed:
    """Note what a press alone did to each element with a listener of its own. The page is opened anew after it."""
    heard = [one.seen for one in await live.listeners(EVENTS) if one.on == "element"]
    found = list({str(seen["target"]): seen for seen in heard}.values())
    targets = found[:MOST_PRESSED]
    if not targets:
        return Probed({"pressed": []})
    address = live.url
    pressed: list[dict[str, Any]] = []
    await live.hold_network(True)
    try:
        for seen in targets:
            place = await live.evaluate(_PLACE, seen["target"])
            if place is None:
                continue
            await live.mouse("move", place["x"], place["y"])
            await live.evaluate(_ARM)
            await live.mouse("down")
            await live.pause(ANSWER_S)
            noted = await live.evaluate(_NOTED)
            await live.mouse("move", *AWAY)
            await live.mouse("up")
            await live.pause(ANSWER_S)
            noted["isUndone"] = await live.evaluate("() => curbcutPress.before === document.body.innerText")
            pressed.append({**seen, "data": noted})
            if live.url.split("#")[0] != address.split("#")[0]:
                break
    finally:
        await live.reload()
    cut = f"Only {len(targets)} of {len(found)} elements that listen for the press were pressed."
    return Probed({"pressed": pressed}, notes=(cut,) if len(found) > len(targets) else ())


_PLACE = """async (target) => {
  const element = elementAt(target);
  if (!element || !isSeen(element) || !element.matches("a, button, input, summary, [role], [tabindex], [onmousedown], [ontouchstart]")) return null;
  element.scrollIntoView({ block: "center", behavior: "instant" });
  const box = boxOf(element);
  const [x, y] = [box.x + Math.min(box.width / 2, 200), box.y + Math.min(box.height / 2, 200)];
  const hit = document.elementFromPoint(x, y);
  return hit && (element.contains(hit) || hit.contains(element)) ? { x, y } : null;
}"""  # noqa: E501  JavaScript

_POPUPS = """
  // What a press may open: people close it again, so nothing is done yet.
  const POPUPS = () => allElements(20000).filter((e) => e.matches("[aria-expanded=true], [open], [role=menu], [role=listbox], [role=dialog], [role=tooltip], [popover]") && isSeen(e)).length;
"""  # noqa: E501  JavaScript

_ARM = (
    "() => {"
    + _POPUPS
    + """
  if (!globalThis.curbcutPress) {
    globalThis.curbcutPress = {};
    window.navigation?.addEventListener("navigate", (event) => {
      if (event.hashChange || event.destination.sameDocument) return;
      curbcutPress.to = event.destination.url.slice(0, 300);
      if (event.cancelable) event.preventDefault();
    });
  }
  curbcutPress.to = "";
  curbcutPress.open = POPUPS();
  curbcutPress.before = document.body.innerText;
}"""
)

_NOTED = (
    "() => {"
    + _POPUPS
    + """
  const press = curbcutPress;
  return { to: press.to, changed: press.before !== document.body.innerText, opens: POPUPS() > press.open };
}"""
)
