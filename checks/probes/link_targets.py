"""Opens the pages that links of one name lead to, and notes what each of them is about.

Only pages of the same site are opened, by following their links as a reader would, and only where two links have the
same name and the same words around them. A link that may do something when it is followed is left alone.
"""

from __future__ import annotations

from typing import Any

from checks.live import LiveError, LivePage
from checks.probe import Probe, Probed
from checks.probes._controls import CONTROLS_JS, MOST_ELEMENTS
from checks.words import words

probe = Probe(__name__, title="Opens what links of one name lead to", spoils=False, order=75)

MOST_PAIRS = 3
MOST_LINKS = 400
MOST_CHARS = 20_000
"""Characters of a page's text that are compared."""


@probe.run
async def look(live: LivePage) -> Probed:
    """Note pairs of links that are named alike and lead to different addresses (`pairs`), and what is found at each:
    the address that is reached, its heading, and how much of their texts both share. The page is opened anew after it.
    """
    vague = sorted(words("link_texts")["vague"])
    found = await live.evaluate(_FIND, {"all": MOST_ELEMENTS, "most": MOST_LINKS, "vague": vague})
    pairs: list[dict[str, Any]] = found[:MOST_PAIRS]
    pages: dict[str, dict[str, Any] | None] = {}
    for pair in pairs:
        data = pair["data"]
        for address in (data["one"], data["other"]):
            if data["isSameSite"] and address not in pages:
                pages[address] = await _page(live, address)
        one, other = pages.get(data["one"]), pages.get(data["other"])
        if one and other:
            data.update(_compared(one, other))
    if pages:
        await live.reload()
    n_left = len(found) - len(pairs)
    return Probed({"pairs": pairs}, notes=(f"{n_left} more pairs of links were not followed.",) if n_left else ())


async def _page(live: LivePage, address: str) -> dict[str, Any] | None:
    """Open an address and return what its page is about, or None when it is no page or may not be opened."""
    try:
        await live.visit(address)
        page: dict[str, Any] = await live.evaluate(_ABOUT, MOST_CHARS)
    except LiveError:
        return None
    return page


def _compared(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    first, second = set(one["words"]), set(other["words"])
    fewer = min(len(first), len(second))
    return {
        "isSamePage": one["address"] == other["address"],
        "isSameLanguage": one["lang"] == other["lang"],
        "heading": one["heading"],
        "otherHeading": other["heading"],
        "words": fewer,
        "shared": round(len(first & second) / fewer, 2) if fewer else 1.0,
    }


_FIND = (
    "({ all, most, vague }) => {"
    + CONTROLS_JS
    + """
  const DOES = /log-?out|sign-?out|abmeld|deconnex|delete|remove|loesch|unsubscribe|add-?to-?cart|[?&]action=/i;
  const SCRIPTED = /location(?:\\.href)?\\s*=\\s*(['"])([^'"]{1,500})\\1/;
  const BLOCK = /^(block|list-item|table-cell|flex|grid|flow-root)$/;
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\\s+/g, " ").replace(/^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$/gu, "");
  const known = new Set(vague);
  const addressOf = (e) => {
    const raw = e.getAttribute("href") || e.getAttribute("xlink:href") || (SCRIPTED.exec(e.getAttribute("onclick") || "") || [])[2];
    try { return raw ? new URL(raw, e.baseURI) : null; } catch { return null; }
  };
  // The block around a link tells what it means, and so does the heading before it; within the block, the words between
  // this link and the next ones. Where there are none of its own, both links are heard with the same words.
  const blockOf = (e) => { for (let at = parentOf(e); at; at = parentOf(at)) if (BLOCK.test(getComputedStyle(at).display)) return at; return document.body; };
  const elements = allElements(all).filter((e) => e.ownerDocument === document);
  const links = [];
  let heading = null;
  for (const e of elements) {
    if (/^h[1-6]$/.test(e.localName) || e.getAttribute("role") === "heading") heading = e;
    if (!e.matches("a, area, [role=link]") || links.length >= most) continue;
    const address = addressOf(e);
    if (!address || !/^https?:$/.test(address.protocol) || (!isSeen(e) && e.localName !== "area") || isKeptFromAt(e)) continue;
    links.push({ e, address, name: plain(nameOf(e) || (e.ownerSVGElement ? e.textContent : "")), block: blockOf(e), heading });
  }
  const hasOwnWords = (link) => {
    const others = links.filter((other) => other !== link && link.block.contains(other.e)).map((other) => other.e);
    const walker = document.createTreeWalker(link.block, NodeFilter.SHOW_TEXT);
    let before = "", after = "", isPast = false;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (link.e.contains(node)) { isPast = true; continue; }
      const isOther = others.some((other) => other.contains(node));
      if (isPast && isOther) break;
      if (isOther) before = ""; else if (isPast) after += node.data; else before += node.data;
    }
    return { before: plain(before), after: plain(after) };
  };
  const firsts = new Map();
  const pairs = [];
  for (const link of links) {
    if (!link.name || known.has(link.name) || link.e.hasAttribute("aria-describedby") || link.e.title || link.e.closest("table, [role=table], [role=grid]")) continue;
    const group = link.e.closest("nav, section, article, aside, [role=region], [role=navigation], [role=group]");
    const key = [link.name, elements.indexOf(link.heading), elements.indexOf(group), elements.indexOf(link.block)].join("|");
    const first = firsts.get(key);
    if (!first) { firsts.set(key, link); continue; }
    const [one, other] = [first.address, link.address].map((a) => a.href.split("#")[0]);
    if (one === other || [one, other].some((a) => DOES.test(a)) || one === location.href.split("#")[0] || other === location.href.split("#")[0]) continue;
    if (pairs.some((pair) => pair.data.name === link.name)) continue;
    const around = [hasOwnWords(first), hasOwnWords(link)];
    const isAlone = !around[1].before && !around[1].after && !around[0].after;
    pairs.push(seen(link.e, { name: link.name, one: cut(one, 500), other: cut(other, 500), isAlone,
      isSvg: Boolean(link.e.ownerSVGElement), isSameSite: [first, link].every((l) => l.address.origin === location.origin) }));
  }
  return pairs;
}"""  # noqa: E501  JavaScript
)

_ABOUT = """(most) => {
  const main = document.querySelector("main, [role=main]") || document.body;
  const heading = [...document.querySelectorAll("main h1, [role=main] h1, h1")].find(isSeen);
  const tidy = (text) => (text || "").replace(/\\s+/g, " ").trim();
  const text = main ? cut(main.innerText || "", most).toLowerCase() : "";
  return { address: location.href.split("#")[0], lang: (document.documentElement.lang || "").slice(0, 2).toLowerCase(),
    heading: cut(tidy(heading ? heading.innerText : ""), 150), words: [...new Set(text.match(/\\p{L}{4,}|\\d{3,}/gu) || [])] };
}"""  # noqa: E501  JavaScript
