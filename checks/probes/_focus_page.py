"""The page's side of the focus walk, as `focus_walk.js` gives it, and what a walk is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from checks.live import LivePage

MOST_ELEMENTS = 20_000
WINDOW_S = 0.2
"""Time in which a new window is announced."""

Stop = dict[str, Any]


class LeftError(Exception):
    """The page has gone elsewhere, and what we kept in it is lost."""


class FocusPage:
    """Calls the functions of `focus_walk.js` on a live page. Each raises LeftError once the page has been left."""

    def __init__(self, live: LivePage) -> None:
        self.live = live
        self.count = 0
        self.windows: list[str] = []
        self.reachable: list[int] = []

    async def start(self) -> None:
        """Prepare the page, and learn how many elements the Tab key should reach."""
        made = f"({{ most }}) => {{ {_script()} globalThis.curbcutWalk = focusWalk(most);"
        found = await self.live.evaluate(f"{made} return globalThis.curbcutWalk.reachable; }}", {"most": MOST_ELEMENTS})
        self.reachable = [int(number) for number in found]
        self.count = len(self.reachable)
        self.windows = await self.live.watch_windows()

    async def call(self, name: str, *arguments: Any) -> Any:
        """Call one function by its name."""
        answer = await self.live.evaluate(_CALL, {"name": name, "arguments": list(arguments)})
        if answer is None:
            raise LeftError
        return answer.get("value")

    def openers(self, *stops: Stop) -> list[int]:
        """Return the ids of these stops if a new window opened since this was last asked: one of them did it."""
        ids = [int(stop["id"]) for stop in stops if stop["id"] >= 0] if self.windows else []
        self.windows.clear()
        return ids

    async def opens_window(self, ident: int) -> bool:
        """Say whether a new window opens when an element gets the focus."""
        await self.call("blur")
        self.windows.clear()
        await self.call("focus", ident)
        await self.live.pause(WINDOW_S)
        return bool(self.windows)

    async def note(self) -> Stop:
        """Return what there is to know of the place where the focus is; `id` is -1 when it is nowhere."""
        found: Stop = await self.call("note")
        return found

    async def describe(self, ids: list[int]) -> dict[int, dict[str, Any]]:
        """Return what a rule is given of elements, by their ids."""
        return {int(entry.pop("id")): entry for entry in await self.call("describe", ids)}


@dataclass
class Walk:
    """One walk through the page. `ended` says how: `wrapped`, `loop`, `left` (the page went elsewhere) or `bound`."""

    stops: list[Stop] = field(default_factory=list)
    presses: int = 0
    wraps: int = 0
    ended: str = ""
    suspects: list[int] = field(default_factory=list)  # of a trap
    thrown: list[int] = field(default_factory=list)  # they were given the focus, and then nothing had it
    opened: list[int] = field(default_factory=list)  # a dialog opened when they were given the focus
    windows: list[int] = field(default_factory=list)  # when they were given the focus, or just before, one opened
    shots: dict[int, bytes] = field(default_factory=dict)  # the neighbourhood of a stop while it has the focus

    @property
    def ids(self) -> list[int]:
        """The stops' ids in their order."""
        return [int(stop["id"]) for stop in self.stops]


_CALL = """async ({ name, arguments: given }) => globalThis.curbcutWalk
  ? { value: await globalThis.curbcutWalk[name](...given) } : null"""


@cache
def _script() -> str:
    return (resources.files("checks") / "probes" / "focus_walk.js").read_text(encoding="utf-8")
