"""Takes a picture of a whole page from its top, and tells where on it the wanted elements stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from checks.live import LiveError, LivePage

WIDTH_PX = 1280
"""As wide as the window that pages are checked in."""

MAX_HEIGHT_PX = 6_000
"""Six or seven screens. What stands lower is seldom seen, and a page may have no end."""

MAX_BYTES = 2 * 1024 * 1024
"""Of one picture: it is sent with the report, and a page of photographs is large."""

QUALITIES = (70, 40)
MAX_WANTED = 500
"""Elements that are looked for on one page."""

SEARCHED = 5_000
"""Elements of a kind among which the words are looked for where the place does not lead to them."""

WAIT_MS = 2_000
"""For pictures that load when they come into view."""

ELEMENT = "element"
"""An element of any kind: only its place leads to it."""

KINDS = {
    ELEMENT: "*",
    "heading": "h1,h2,h3,h4,h5,h6,[role=heading]",
    "link": "a",
    "button": "button,summary,input,[role=button]",
}
"""Where the elements of a kind are looked for."""

Missing = Literal["gone", "hidden", "below"]
"""Why an element has no place on the picture: not on the page, not visible as the page opens, or lower down."""


class Wanted(NamedTuple):
    """An element to find: the selector path to it, its words, and its kind (a key of KINDS)."""

    path: tuple[str, ...]
    text: str
    kind: str


class Box(NamedTuple):
    """An element's place, in pixels of the picture."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class WholePage:
    """A picture of a page. `page_height` is the page's own; `places` has one entry a wanted element, in order.

    `lacks_style` says that a style sheet of the page did not load.
    """

    media_type: str
    data: bytes
    width: int
    height: int
    page_height: int
    places: tuple[Box | Missing, ...]
    lacks_style: bool = False


@cache
def _script() -> str:
    return f"({files('crawler.render').joinpath('whole.js').read_text(encoding='utf-8')})"


async def take(live: LivePage, wanted: Sequence[Wanted]) -> WholePage:
    """Return a picture of the open page, with the places of `wanted`. Raises LiveError."""
    raw = await live.evaluate(
        _script(),
        {
            "wanted": [{"path": list(w.path), "text": w.text, "kind": KINDS[w.kind]} for w in wanted[:MAX_WANTED]],
            "width": WIDTH_PX,
            "height": MAX_HEIGHT_PX,
            "waitMs": WAIT_MS,
            "near": SEARCHED,
        },
    )
    page_height = max(1, int(raw["height"]))
    height = min(page_height, MAX_HEIGHT_PX)
    data = await live.from_top(WIDTH_PX, height, QUALITIES[0])
    if len(data) > MAX_BYTES:
        data = await live.from_top(WIDTH_PX, height, QUALITIES[-1])
    while len(data) > MAX_BYTES and height > 1:
        height = max(1, height // 2)
        data = await live.from_top(WIDTH_PX, height, QUALITIES[-1])
    if len(data) > MAX_BYTES:
        raise LiveError("the picture of the page is too large")
    places = [_place(one, height) for one in raw["boxes"]]
    places += ["below"] * (len(wanted) - len(places))
    return WholePage("image/jpeg", data, WIDTH_PX, height, page_height, tuple(places), bool(raw["lacksStyle"]))


def _place(raw: Any, height: int) -> Box | Missing:
    """Return an element's place on a picture that is `height` high."""
    if raw in ("gone", "hidden", "below"):
        missing: Missing = raw
        return missing
    left, top, width, deep = raw
    if top >= height:
        return "below"
    x, y = max(0, round(left)), max(0, round(top))
    return Box(x, y, max(1, round(left + width) - x), max(1, min(round(top + deep), height) - y))
