"""Holds the window upright and across, as people hold a phone, and notes what turns or asks to be turned."""

from __future__ import annotations

from checks.live import VIEWPORT, LivePage
from checks.probe import Probe, Probed
from checks.probes._pictures import picture_of

probe = Probe(__name__, title="Holds the window upright and across", spoils=False, order=15)

UPRIGHT = (412, 915)
ACROSS = (915, 412)
MOST_ELEMENTS = 20_000
MOST_NOTED = 5
MOST_RULES = 20_000
LEAST_SHARE = 0.5
"""Of the page's text: an arrow or a picture may well be turned."""


@probe.run
async def look(live: LivePage) -> Probed:
    """Note parts with most of the page's text that are turned a quarter in one orientation (`turned`), and layers that
    cover the window, or texts that stand in for the page's, in one orientation only (`asking`). `page` is empty for a
    page whose styles never ask for it.
    """
    page = await live.evaluate(_ASKS, MOST_RULES)
    if not page:
        return Probed({"page": []})
    bounds = {"elements": MOST_ELEMENTS, "share": LEAST_SHARE, "most": MOST_NOTED}
    await live.resize(*UPRIGHT)
    await live.evaluate(_REMEMBER, bounds)
    await live.resize(*ACROSS)
    noted = await live.evaluate(_COMPARE, bounds)
    pictures: dict[str, bytes] = {}
    for entry in [*noted["turned"], *noted["asking"]][:1]:
        await live.resize(*(UPRIGHT if entry["data"]["isUpright"] else ACROSS))
        picture = await picture_of(live, entry["data"]["shown"])
        if picture:
            entry["data"]["picture"] = "held"
            pictures["held"] = picture
    await live.evaluate("() => window.scrollTo(0, 0)")
    await live.resize(*VIEWPORT)
    return Probed({"page": page, **noted}, pictures)


_ASKS = """(most) => {
  if (!document.body || !isSeen(document.body) || !(document.body.innerText || "").trim()) return [];
  let left = most;
  const asks = (rules) => {
    for (const rule of rules) {
      if (left-- <= 0) return true; // too many to read: find out by trying
      const condition = rule.media ? rule.media.mediaText : "";
      if (/orientation|aspect-ratio/.test(condition)) return true;
      let inner = rule.cssRules;
      try { if (!inner && rule.styleSheet) inner = rule.styleSheet.cssRules; } catch { return true; }
      if (inner && asks(inner)) return true;
    }
    return false;
  };
  for (const sheet of [...document.styleSheets, ...(document.adoptedStyleSheets || [])]) {
    if (/orientation|aspect-ratio/.test(sheet.media.mediaText)) return [seen(document.body)];
    try { if (asks(sheet.cssRules)) return [seen(document.body)]; } catch { return [seen(document.body)]; }
  }
  return [];
}"""

_TURNS = """
  const angleOf = (element) => {
    const style = getComputedStyle(element);
    const own = new DOMMatrixReadOnly(style.transform === "none" ? "" : style.transform);
    const turn = /^-?[\\d.]+deg$/.test(style.rotate) ? parseFloat(style.rotate) : 0;
    return Math.round((Math.atan2(own.b, own.a) * 180) / Math.PI + turn);
  };
  const lengthOf = (element) => (element.innerText || "").replace(/\\s+/g, "").length;
  const layer = () => { // what covers the middle and all corners of the window
    const places = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]];
    const tops = places.map(([x, y]) => document.elementFromPoint(x * innerWidth, y * innerHeight));
    for (let node = tops[0]; node && !/^(body|html)$/.test(node.localName); node = parentOf(node)) {
      if (!/fixed|absolute/.test(getComputedStyle(node).position)) continue;
      return tops.every((top) => top && (top === node || node.contains(top))) ? node : null;
    }
    return null;
  };
  const state = () => {
    const angles = new Map();
    const all = lengthOf(document.body);
    for (const element of allElements(elements)) {
      if (element.ownerDocument !== document || !element.style) continue;
      const style = getComputedStyle(element);
      if (style.transform === "none" && style.rotate === "none") continue;
      if (isSeen(element) && lengthOf(element) >= share * all) angles.set(element, angleOf(element));
    }
    return { angles, layer: layer(), length: all, text: cut((document.body.innerText || "").trim().replace(/\\s+/g, " "), 300) };
  };
"""  # noqa: E501  JavaScript

_REMEMBER = f"""({{ elements, share }}) => {{
  {_TURNS}
  globalThis.heldUpright = state();
}}"""

_COMPARE = f"""({{ elements, share, most }}) => {{
  {_TURNS}
  const [upright, across] = [globalThis.heldUpright, state()];
  const turned = [];
  for (const element of new Set([...upright.angles.keys(), ...across.angles.keys()])) {{
    const [one, two] = [upright.angles.get(element) || 0, across.angles.get(element) || 0];
    const by = Math.abs(one - two) % 180;
    const isUpright = Math.abs(one % 180) > Math.abs(two % 180);
    const shown = selectorPath(element);
    const isQuarter = Math.abs(by - 90) <= 2; // a little askew is a quarter all the same
    turned.push(seen(element, {{ by: Math.abs(one - two) % 360, isQuarter, isUpright, shown }}));
    if (turned.length >= most) break;
  }}
  const asking = [];
  for (const [own, other, isUpright] of [[upright.layer, across.layer, true], [across.layer, upright.layer, false]]) {{
    if (!own || own === other) continue;
    const text = cut((own.textContent || "").trim().replace(/\\s+/g, " "), 300);
    asking.push(seen(own, {{ layer: text, isUpright, shown: selectorPath(own) }}));
  }}
  // A page that has little left in one way to hold it, and that little may ask to turn the device.
  for (const [own, other, isUpright] of [[upright, across, true], [across, upright, false]]) {{
    if (!asking.length && own.length > 0 && own.length < 0.5 * other.length)
      asking.push(seen(document.body, {{ layer: own.text, isUpright, shown: "body" }}));
  }}
  return {{ turned, asking }};
}}"""
