"""What the probes of layout and pixels leave behind, and how they bear strange pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from checks.live import VIEWPORT, LivePage
from checks.probe import Probed
from checks.probes import controls_in_pixels, narrow_window, orientation, resized_text, text_on_pictures

LookAt = Callable[..., tuple[str, Any]]
PROBES = (narrow_window.probe, orientation.probe, resized_text.probe, text_on_pictures.probe, controls_in_pixels.probe)
STATE = """() => [innerWidth, innerHeight, scrollX, scrollY, document.adoptedStyleSheets.length,
  document.body.outerHTML.replaceAll(' style=""', "")]"""  # the browser's driver hides carets, and leaves that behind
ALL = """
<style>@media (orientation: portrait) { body { rotate: 90deg } } input { border: 1px solid #ddd }</style>
<p style="background: linear-gradient(#fff, #eee); color: #aaa">Some text that is read</p>
<div style="height: 2.4em; overflow: hidden; width: 50vw">Words that are cut off at a smaller size, as there is no room
for them in a box of a fixed height, and words that nobody reads.</div>
<input aria-label="Name"><p style="height: 3000px">Long</p>
"""


@pytest.mark.browser
def test_each_probe_leaves_the_page_as_it_was_and_shows_pictures(look_at: LookAt) -> None:
    async def visit(live: LivePage) -> dict[str, Probed]:
        before = await live.evaluate(STATE)
        assert before[:2] == list(VIEWPORT)
        seen: dict[str, Probed] = {}
        for probe in PROBES:
            seen[probe.name] = await probe.look(live)
            assert await live.evaluate(STATE) == before, probe.name
        return seen

    _, seen = look_at(ALL, visit)
    for name, key in (
        ("orientation", "turned"),
        ("resized_text", "zoomed"),
        ("text_on_pictures", "texts"),
        ("controls_in_pixels", "fields"),
    ):
        probed = seen[name]
        picture = probed.pictures[probed.data[key][0]["data"]["picture"]]
        assert Image.open(io.BytesIO(picture)).width > 20, name


@pytest.mark.browser
@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 400 + "Deep" + "</div>" * 400,
        "<p>" + "word " * 30_000 + "</p>",
        '<div style="position: relative">'
        + '<span style="position: absolute; left: 0; top: 0">One over the other</span>' * 1_500
        + "</div>",
        '<input style="border: 1px solid #ddd" aria-label="Name">' * 1_000,
        '<p style="background: linear-gradient(#fff, #eee); color: #aaa; height: 2000px">Text</p>' * 200,
        '<html lang="en"><head><title>No body</title></head><frameset><frame src="about:blank"></frameset></html>',
        "<svg><text>A drawing only</text></svg>",
        '<p style="width: 1e9px; height: 1e9px; overflow: hidden">Huge</p>',
        "<script>Element.prototype.getBoundingClientRect = Range.prototype.getClientRects = null;"
        "window.getComputedStyle = () => { throw 1; };</script><p style='width: 900px'>Built-ins are broken</p>",
        "<script>addEventListener('resize', () => document.body.replaceChildren());</script><p>Gone when resized</p>",
    ],
)
def test_strange_pages_end_in_data(html: str, look_at: LookAt) -> None:
    async def visit(live: LivePage) -> list[Probed]:
        return [await probe.look(live) for probe in PROBES]

    _, seen = look_at(html, visit)
    assert len(seen) == len(PROBES)
