"""Tries whether keys get to the links and controls that the mouse has shown."""

from __future__ import annotations

from typing import Any

from checks.live import LiveError, LivePage

MOST_TRIED = 2
MOST_OPENERS = 4
FOCUS_S = 0.4
"""Scripts that open a menu for the focus often wait as long as for the mouse, so that it does not flicker."""
OPENS_S = 0.25
"""Time for a script to show what a key asks for; menus that glide are there in part by then."""


async def note_keys(live: LivePage, shown: list[dict[str, Any]]) -> None:
    """Note in the data of each trigger whose new content has `controls` whether `keys` get there, and other ways.

    `leads` is the address that the trigger itself leads to, or empty; `far` what a button in another part of the page
    is called that may open it, or None; `elsewhere` whether the page has all the links of the content in another place,
    too. No request is let through meanwhile, and the page is kept where it is.
    """
    if not shown:
        return
    asked = await live.evaluate(_ASK, {"indices": [entry["data"]["index"] for entry in shown], "most": MOST_OPENERS})
    tried = 0
    for entry, answer in zip(shown, asked, strict=True):
        entry["data"] |= {name: answer[name] for name in ("controls", "leads", "far", "elsewhere")}
        entry["data"]["keys"] = answer["isThere"]
        if not answer["controls"] or answer["isThere"] or answer["elsewhere"]:
            continue
        if tried == MOST_TRIED:
            entry["data"]["controls"] = 0
            continue
        if not tried:
            await live.hold_network(True)
        tried += 1
        try:
            entry["data"]["keys"] = await _opens(live, entry["data"]["index"], answer["openers"])
        except LiveError:  # a key has led away from the page
            entry["data"]["controls"] = 0
            break
    if tried:
        await live.hold_network(False)


async def _opens(live: LivePage, index: int, openers: list[dict[str, Any]]) -> bool:
    for opener in openers:
        for key in ("", "ArrowDown", "Enter", "" if opener["isLink"] else "Space"):
            if not await live.evaluate(_FOCUS, opener["path"]):
                break
            if key:
                await live.press(key)
            await live.pause(OPENS_S if key else FOCUS_S)
            if await live.evaluate(_IS_OPEN, index):
                return True
    return False


_CONTROLS = """
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const canFocus = (element) => element.tabIndex >= 0 && !element.disabled;
  const controlsIn = (element) => [element, ...element.querySelectorAll("*")]
    .filter((inner) => inner.matches(CONTROLS) && canFocus(inner));
  const takesFocus = (element) => {
    element.focus({ preventScroll: true });
    return focused() === element;
  };
"""

_ASK = (
    """({ indices, most }) => {"""
    + _CONTROLS
    + """
  if (!globalThis.isKept) {
    addEventListener("click", (event) => { if (event.isTrusted) event.preventDefault(); });
    addEventListener("submit", (event) => event.preventDefault(), true);
    globalThis.isKept = true;
  }
  const pageOf = (link) => link.href.split("#")[0];
  const answerOf = (content) => {
    const none = { controls: 0, leads: "", far: null, elsewhere: false, isThere: false, openers: [] };
    if (!content || !content.isConnected) return none;
    const controls = controlsIn(content);
    if (!controls.length) return none;
    const isThere = isSeen(content) || takesFocus(controls[0]);
    const links = controls.filter((control) => control.localName === "a");
    const others = new Set([...document.querySelectorAll("a[href]")]
      .filter((link) => !content.contains(link) && isSeen(link)).map((link) => link.href));
    const elsewhere = links.length === controls.length && links.every((link) => others.has(link.href));
    const near = [];
    // What stands around the content, from near to far, as far as the menu or the part of the page that it is in.
    for (let part = content.parentElement, level = 0; part && part !== document.body && level < 4; level += 1) {
      near.push(...controlsIn(part).filter((control) => !content.contains(control) && isSeen(control)));
      if (near.length >= most || part.matches("nav, header, main, form, table, [role=navigation]")) break;
      part = part.parentElement;
    }
    const named = [...document.querySelectorAll("[aria-controls]")].filter((control) =>
      control.getAttribute("aria-controls").split(/\\s+/).some((id) => {
        const part = document.getElementById(id);
        return part && part.contains(content);
      }));
    const openers = [...new Set([...named, ...near])].slice(0, most)
      .filter((opener) => !opener.matches("input, select, textarea, [type=submit]"));
    const owner = openers.find((opener) => opener.localName === "a" && pageOf(opener) !== location.href.split("#")[0]
      && /^https?:/.test(opener.href));
    // A button elsewhere that opens something: it may be the one, though nothing says so.
    const MENU = /men[uúü]|navigat|navegaci|naviga[zç]|rubri[ck]|themen|th[eè]mes|temas|topics|services|\\u2630/i;
    const OPENS = "[aria-haspopup], [aria-expanded], [aria-controls]";
    const called = (control) => control.getAttribute("aria-label") || textOf(control) || control.title;
    const far = [...document.querySelectorAll("button, [role=button], summary, " + OPENS)]
      .find((control) => (control.matches(OPENS) || MENU.test(called(control))) && !openers.includes(control)
        && !content.contains(control) && canFocus(control) && isSeen(control));
    return {
      far: far ? called(far) : null,
      controls: controls.length, leads: owner ? owner.href : "", elsewhere, isThere,
      openers: openers.map((opener) => ({ path: selectorPath(opener), isLink: opener.localName === "a" })),
    };
  };
  return indices.map((index) => answerOf((globalThis.contents || [])[index]));
}"""
)

_FOCUS = """(path) => {
  const opener = elementAt(path);
  if (!opener || !isSeen(opener)) return false;
  opener.focus();
  return true;
}"""

_IS_OPEN = (
    """(index) => {"""
    + _CONTROLS
    + """
  const content = (globalThis.contents || [])[index];
  if (!content || !content.isConnected) return true; // it is made anew each time: nothing shows that keys cannot
  const before = focused();
  if (isSeen(content) || takesFocus(controlsIn(content)[0] || content)) return true;
  if (before) before.focus();
  return false;
}"""
)
