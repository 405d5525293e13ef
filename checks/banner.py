"""Finds a consent notice or another layer over a page, and puts it away without agreeing to anything.

The lead-in of a closer look at the page behind. What is pressed, in this order: a button that refuses; one that closes;
Escape. Never one that agrees, and never a link to another page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from checks.live import LivePage
from checks.probes._controls import CONTROLS_JS, MOST_ELEMENTS
from checks.words import words

How = Literal["none", "refused", "closed", "escape", "left"]

AWAY_S = 0.4
"""Time a notice has to fade out."""


@dataclass(frozen=True, slots=True)
class Dismissed:
    """What stood over the page and how it was put away: `none` nothing was there, `left` it is still there.

    `name` is what the layer calls itself, `pressed` the button's name, `seen` the layer as `seen` of live.js gives it.
    """

    how: How
    name: str = ""
    pressed: str = ""
    seen: dict[str, Any] | None = None


async def find(live: LivePage) -> dict[str, Any] | None:
    """Return the layer that stands over the page as live.js's `seen` gives it, with facts, or None. Changes nothing."""
    known = words("consent_words")
    options = {name: sorted(phrases) for name, phrases in known.items()}
    found: dict[str, Any] | None = await live.evaluate(_FIND, {**options, "all": MOST_ELEMENTS, "press": ""})
    return found


async def dismiss(live: LivePage) -> Dismissed:
    """Put a layer over the page away. The site may keep the refusal in a cookie. Raises LiveError."""
    known = words("consent_words")
    options: dict[str, Any] = {name: sorted(phrases) for name, phrases in known.items()}
    layer = await live.evaluate(_FIND, {**options, "all": MOST_ELEMENTS, "press": ""})
    if layer is None:
        return Dismissed("none")
    name = str(layer["data"]["name"])
    ways: tuple[tuple[Literal["reject", "close"], How], ...] = (("reject", "refused"), ("close", "closed"))
    for words_of, how in ways:
        pressed = layer["data"][words_of]
        if not pressed:
            continue
        await live.evaluate(_FIND, {**options, "all": MOST_ELEMENTS, "press": words_of})
        if await _is_gone(live, layer["target"]):
            return Dismissed(how, name, str(pressed), layer)
    await live.press("Escape")
    if await _is_gone(live, layer["target"]):
        return Dismissed("escape", name, "Escape", layer)
    return Dismissed("left", name, "", layer)


async def _is_gone(live: LivePage, target: list[str]) -> bool:
    await live.pause(AWAY_S)
    script = "(target) => { const e = elementAt(target); return !e || !isSeen(e) || e.matches('dialog:not([open])'); }"
    return bool(await live.evaluate(script, target))


_FIND = (
    "async ({ all, subject, reject, accept, close, press }) => {"
    + CONTROLS_JS
    + """
  const COMMON = "#onetrust-banner-sdk, #CybotCookiebotDialog, #usercentrics-root, #didomi-host, #didomi-notice, #tarteaucitronRoot, "
    + "#cookie-law-info-bar, .cc-window, .cky-consent-container, #klaro .cookie-notice, .qc-cmp2-container, #sp_message_container, "
    + "#truste-consent-track, .cmplz-cookiebanner, .govuk-cookie-banner, #cookie-banner, #cookie-notice, #cookieConsent";
  const LEAST_PX = 20000; // smaller layers are buttons and badges
  const elements = allElements(all);
  const boxed = (e) => { const box = e.getBoundingClientRect(); return box.width * box.height; };
  const inWindow = (e) => { const box = e.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; };
  // A dialog that stands in the flow of the page covers nothing, whatever it says of itself.
  const isOver = (e) => { for (let at = e; at; at = parentOf(at)) if (/fixed|absolute|sticky/.test(getComputedStyle(at).position)) return true; return false; };
  const isModal = (e) => e.matches(":modal") || (e.matches("dialog[open], [aria-modal=true]") && isOver(e));
  const isLayer = (e) => isModal(e) || e.matches("[role=dialog], [role=alertdialog]") || getComputedStyle(e).position === "fixed";
  const candidates = elements.filter((e) => isSeen(e) && boxed(e) >= LEAST_PX && inWindow(e) && (e.matches(COMMON) || isLayer(e)));
  const isConsent = (e) => e.matches(COMMON) || (saysOneOf(e.innerText, subject) && [...e.querySelectorAll("button, a, input, [role=button]")]
    .some((b) => saysOneOf(nameOf(b), [...accept, ...reject, ...close])));
  const covers = (e) => boxed(e) >= 0.5 * innerWidth * innerHeight;
  const layer = candidates.find(isConsent) || candidates.find((e) => isModal(e) || (covers(e) && e.matches("[role=dialog], [role=alertdialog]")));
  if (!layer) return null;
  const inside = (layer.shadowRoot ? [...layer.shadowRoot.querySelectorAll("*")] : []).concat([...layer.querySelectorAll("*")]);
  const buttons = inside.filter((e) => e.matches("button, [role=button], input[type=button], input[type=submit], a[href='#'], a[href^='javascript:'], a:not([href])")
    && isSeen(e));
  const byWords = (phrases) => buttons.find((b) => saysOneOf(nameOf(b), phrases) && (phrases === reject || !saysOneOf(nameOf(b), accept)));
  const found = { reject: byWords(reject), close: byWords(close) };
  if (press) { found[press]?.click(); return null; }
  const reachable = inside.filter((e) => e.tabIndex >= 0 && isSeen(e) && e.matches("a[href], button, input, select, textarea, [tabindex], summary"));
  const name = byIds(layer, "aria-labelledby") || layer.getAttribute("aria-label") || layer.querySelector("h1, h2, h3, h4")?.innerText || "";
  return seen(layer, { name: cut(name.trim(), 100), isConsent: isConsent(layer), isModal: isModal(layer), coversMost: covers(layer),
    reject: found.reject ? nameOf(found.reject) : "", close: found.close ? nameOf(found.close) : "", reachable: reachable.length,
    buttons: buttons.length });
}"""  # noqa: E501  JavaScript
)
