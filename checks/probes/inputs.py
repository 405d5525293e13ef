"""Changes fields with the keyboard while the network is held, and watches what else happens.

No navigation that a page begins meanwhile takes place: it is noted and stopped. New windows are noted and closed.
"""

from __future__ import annotations

from typing import Any

from checks.live import LivePage
from checks.probe import Probe, Probed
from checks.probes._controls import CONTROLS_JS, MOST_ELEMENTS
from checks.words import words

probe = Probe(__name__, title="Changes fields with the keyboard", spoils=False, order=60)

MOST_FIELDS = 8
"""Fields that are tried on a page, of different forms and kinds first."""

FULL_CHARS = 4
"""Fields for at most so many signs (an area code, a year, a part of a card number) are filled."""

ANSWER_S = 0.25
"""Time in which a page answers a key; scripts that wait for the end of typing often wait this long."""

ANSWERS_TO = (
    "beforeinput", "blur", "change", "click", "focus", "focusin", "focusout", "input", "keydown", "keypress", "keyup",
    "select",
)  # fmt: skip
"""What a script must listen for, on a field or around it, to answer a key there. Where none does, nobody waits."""


@probe.run
async def look(live: LivePage) -> Probed:
    """Note what changed when each field was changed. The page is opened anew when there were fields."""
    heard = await live.listeners(ANSWERS_TO)
    options = {
        "all": MOST_ELEMENTS,
        "most": MOST_FIELDS,
        "full": FULL_CHARS,
        "everywhere": any(listener.on != "element" for listener in heard),
        "around": [listener.seen["target"] for listener in heard if listener.on == "element"],
    }
    found = await live.evaluate(_FIELDS, options)
    fields: list[dict[str, Any]] = found["fields"]
    if not fields:
        return Probed({"fields": [], "messages": []})
    address = live.url
    warnings = sorted(words("change_words")["warning"])
    messages: list[Any] = []
    windows = await live.watch_windows()
    await live.hold_network(True)
    try:
        for field in fields:
            windows.clear()
            heard = field["data"].pop("heard")
            if not await live.evaluate(_ARM, {"target": field["target"], "heard": heard}):
                field["data"]["tried"] = False
                continue
            for _ in range(field["data"]["times"]):
                await live.press(field["data"]["key"])
            if heard:
                await live.pause(ANSWER_S)
            noted = await live.evaluate(_NOTED, {"target": field["target"], "warnings": warnings})
            messages += noted.pop("messages")
            field["data"].update(noted, tried=True, opens_window=noted["opened"] or bool(windows))
            if "changed" not in noted:  # the document went away with what watched it
                field["data"]["navigates"] = live.url.split("#")[0] != address.split("#")[0]
                break
    finally:
        await live.reload()
    tried = [field for field in fields if field["data"].get("tried")]
    return Probed({"fields": tried, "messages": messages}, notes=_notes(len(tried), found["total"]))


def _notes(n_tried: int, n_fields: int) -> tuple[str, ...]:
    """Say which fields the bound, or a page that went away, left out."""
    return (f"Only {n_tried} of {n_fields} fields were changed.",) if n_tried < n_fields else ()


_FIELDS = """({ all, most, full, everywhere, around }) => {
  const KEYS = [["select:not([multiple])", "ArrowDown"], ["input[type=radio]", "Space"], ["input[type=checkbox]", "Space"],
    ["textarea, input:not([type]), input[type=text], input[type=search], input[type=tel], input[type=email]", "a"],
    ["input[type=number]", "1"]];
  const keyOf = (e) => (KEYS.find(([selector]) => e.matches(selector)) || [])[1];
  const found = allElements(all).filter((e) => keyOf(e) && !e.disabled && !e.readOnly && isSeen(e)
    && (e.localName !== "select" || e.options.length > 1));
  const kinds = new Map(); // one of each kind and form first, then the others
  const ranked = found.map((e) => {
    const kind = (e.form ? "form" + [...document.forms].indexOf(e.form) : "") + e.localName + e.type;
    kinds.set(kind, (kinds.get(kind) || 0) + 1);
    return [kinds.get(kind), e];
  }).sort((a, b) => a[0] - b[0]);
  // A field for a few signs is filled, as many go on by themselves once it is full.
  const isShort = (e) => /^(text|tel)$/.test(e.type) && e.maxLength > 1 && e.maxLength <= full && !e.value;
  const listening = around.map(elementAt).filter(Boolean);
  const heard = (e) => everywhere || Boolean(e) && (listening.includes(e) || heard(e.parentNode || e.host));
  const fields = ranked.slice(0, most).map(([, e]) => seen(e, { heard: heard(e), times: isShort(e) ? e.maxLength : 1, key: isShort(e) ? "1" : e.localName === "select" && e.selectedIndex === e.options.length - 1
    ? "ArrowUp" : e.type === "radio" && e.checked ? "ArrowDown" : keyOf(e) }));
  return { fields, total: found.length };
}"""  # noqa: E501  JavaScript

_ARM = """async ({ target, heard }) => {
  const element = elementAt(target);
  if (!element) return false;
  element.focus({ preventScroll: true });
  if (heard) await new Promise((done) => setTimeout(done, 30)); // a script may lead the focus on
  if (focused() !== element) return false;
  const watch = globalThis.curbcutWatch ||= { navigated: "", opened: false, texts: new Set() };
  watch.navigated = "";
  watch.opened = false;
  watch.texts.clear();
  watch.before = (document.body.innerText || "").length;
  watch.value = element.value + element.checked;
  if (!watch.observer) {
    window.navigation?.addEventListener("navigate", (event) => {
      if (event.hashChange || event.destination.sameDocument) return; // filters write themselves into the address
      watch.navigated = event.destination.url.slice(0, 300);
      if (event.cancelable) event.preventDefault();
    });
    document.addEventListener("curbcut-window", () => { watch.opened = true; }); // see pending.js
    watch.observer = new MutationObserver((records) => {
      for (const record of records) {
        const added = record.type === "characterData" ? [record.target] : record.type === "childList" ? record.addedNodes : [record.target];
        for (const node of [...added].slice(0, 20)) if (watch.texts.size < 100) watch.texts.add(node);
      }
    });
    watch.observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true,
      attributeFilter: ["hidden", "style", "class"] });
  }
  return true;
}"""  # noqa: E501  JavaScript

_NOTED = (
    "async ({ target, warnings }) => {"
    + CONTROLS_JS
    + """
  const watch = globalThis.curbcutWatch;
  const element = elementAt(target);
  if (!watch || !element) return { replaced: true, opened: false, messages: [] };
  const around = element.form || element.closest("fieldset, section, p, div") || document.body;
  const before = around === document.body ? null : around.previousElementSibling; // a line that leads to the form
  const said = cut(around.innerText || "", 2000) + " " + cut(before?.innerText || "", 300) + " " + byIds(element, "aria-describedby") + " " + (element.title || "");
  const now = focused();
  const length = (document.body.innerText || "").length;
  const messages = new Map();
  for (const node of watch.texts) {
    const e = node.nodeType === 3 ? node.parentElement : node;
    if (!e || e.nodeType !== 1 || !e.isConnected || !isSeen(e) || e.contains(element) || e === element) continue;
    const text = (e.innerText || "").replace(/\\s+/g, " ").trim();
    // A short text that tells a number or stands in a place for messages: counters, numbers of results, errors.
    const isMessage = text.length > 2 && text.length <= 150 && (/\\d/.test(text) || /error|invalid|message|status|hint|count|result/i.test(e.className));
    const isLive = e.closest("[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log], [role=timer], output, [role=progressbar]");
    const isOther = e.closest("option, select, [role=listbox], [role=option], [role=dialog], dialog, button, a, script, style, label");
    const describes = e.id && (element.getAttribute("aria-describedby") || "").split(/\\s+/).includes(e.id);
    if (isMessage && !isLive && !isOther && !describes && messages.size < 3) messages.set(e, text);
  }
  return {
    changed: watch.value !== element.value + element.checked,
    navigates: Boolean(watch.navigated), to: watch.navigated, opened: watch.opened,
    isReload: Boolean(watch.navigated) && new URL(watch.navigated).origin + new URL(watch.navigated).pathname === location.origin + location.pathname,
    warns: saysOneOf(said, warnings),
    focusMoved: Boolean(now) && now !== element && !(now.name && now.name === element.name) ? nameOf(now) || now.localName : "",
    replaced: watch.before > 400 && (length < watch.before / 2 || length > watch.before * 2),
    messages: [...messages].map(([e, text]) => seen(e, { says: cut(text, 80), field: nameOf(element) || element.name })),
  };
}"""  # noqa: E501  JavaScript
)
