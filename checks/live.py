"""What a probe may do with a page that is open in a browser. The crawler gives it; nothing here drives one.

Scripts run in a world of their own: they see the page's elements, and none of what the page did to its built-ins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, Protocol

VIEWPORT = (1280, 900)
"""Width and height in CSS pixels that every probe starts with."""

MouseAction = Literal["move", "down", "up"]


class LiveError(Exception):
    """The page or its browser did not do what a probe asked; its message is one plain line."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A part of the window, in CSS pixels from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Listener:
    """An event listener of a page: its event, the element it is on as `describeTarget` of `live.js` gives it (empty
    for the document and the window), and the source text of its function, cut to a bound."""

    event: str
    on: Literal["element", "document", "window"]
    seen: dict[str, Any]
    source: str


class LivePage(Protocol):
    """One open page. Every method raises LiveError when the page or the browser fails."""

    @property
    def url(self) -> str:
        """The address that the page shows now."""

    async def evaluate(self, function: str, argument: Any = None) -> Any:
        """Call a JavaScript function expression in the main frame with plain data; return plain data.

        `live.js` stands in front of it, so it can use `seen(element, data)` and the other functions there.
        """

    async def press(self, key: str) -> None:
        """Press and release a key or a combination, as `Tab`, `Shift+Tab`, `Escape`, `ArrowDown`, `a`."""

    async def mouse(self, action: MouseAction, x: float = 0, y: float = 0) -> None:
        """Move the mouse to a place in the window, or press or release its left button where it is."""

    async def screenshot(self, clip: Clip | None = None) -> bytes:
        """Return the window, or a part of it, as a PNG with one pixel for each CSS pixel."""

    async def from_top(self, width: int, height: int, quality: int) -> bytes:
        """Return the page from its top left corner, beyond the window, as a JPEG of `quality` (0 to 100)."""

    async def frames(self, count: int, interval_s: float, clip: Clip | None = None) -> Sequence[bytes]:
        """Return `count` screenshots, each at least `interval_s` after the one before it."""

    async def resize(self, width: int, height: int) -> None:
        """Give the window another size in CSS pixels, and wait until the page has been laid out."""

    async def media(self, **features: str) -> None:
        """Set media features, such as `prefers_reduced_motion="no-preference"`; those not named are left."""

    async def hold_network(self, held: bool) -> None:
        """Let no request of this page through, or let them through again. Nothing can be changed on the server so."""

    async def listeners(self, events: Sequence[str]) -> Sequence[Listener]:
        """Return the listeners that scripts have added for these events (attributes such as onclick included)."""

    async def timers(self) -> Sequence[float]:
        """Return the different waits, in milliseconds, of the page's timers that are set; moments and waits of over a
        minute are left out."""

    async def run_timers(self, waits: Sequence[float]) -> None:
        """Run now, and not when they are due, all timers with one of these waits in milliseconds."""

    async def watch_dialogs(self) -> list[str]:
        """Return a list that takes up what the page says in dialogs such as alert() from now on."""

    async def watch_windows(self) -> list[str]:
        """Return a list that takes up the address of each new window that the page opens from now on."""

    async def pause(self, seconds: float) -> None:
        """Wait."""

    async def run_engine(self, name: str) -> Any:
        """Run one of the scan's engines in the page as it stands; return its raw output, as a capture holds it."""

    async def visit(self, address: str) -> None:
        """Open another page of the same site in this one's place and wait until it has settled; `reload` comes back.

        Raises LiveError for what may not be opened (another site, what robots.txt or the scan's owner leaves out), and
        for what is no page or leads to another site.
        """

    async def reload(self) -> None:
        """Open the page's address anew and wait until it has settled, in a window of VIEWPORT's size."""


@cache
def prelude() -> str:
    """Return the JavaScript that stands in front of a probe's functions: `describe.js` and `live.js`."""
    room = resources.files("checks")
    return "\n".join((room / name).read_text(encoding="utf-8") for name in ("describe.js", "live.js"))
