"""Looks at a consent notice or another layer over the page, and at where the Tab key goes while it is there."""

from __future__ import annotations

from checks.banner import find
from checks.live import LivePage
from checks.probe import Probe, Probed

probe = Probe(__name__, title="Looks at a notice over the page", spoils=True, order=15)

MOST_TABS = 25
"""Presses of Tab after which a layer counts as not met."""


@probe.run
async def look(live: LivePage) -> Probed:
    """Note the layer, how many presses of Tab reach it, and a picture of it."""
    layer = await find(live)
    if layer is None:
        return Probed({"layers": []}, is_untouched=True)
    pictures = {"layer": await live.screenshot()}
    layer["data"].update(picture="layer", tabs=0)
    for tabs in range(1, MOST_TABS + 1):
        if await live.evaluate(_IS_IN, layer["target"]):
            break
        await live.press("Tab")
        layer["data"]["tabs"] = tabs
    else:
        layer["data"]["tabs"] = -1
    return Probed({"layers": [layer]}, pictures)


_IS_IN = """(target) => {
  const layer = elementAt(target);
  for (let e = focused(); e; e = parentOf(e)) if (e === layer) return true;
  return false;
}"""
