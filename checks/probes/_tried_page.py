"""A page on which clicks and keys are tried: asks it what has changed, as `script_events.js` and its dialogs tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from checks.live import LivePage

REACTS_S = 0.12
IDLE_S = 0.3
LATE_S = 0.5
"""What fades or waits before it shows something has done so by then."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page did since it was last asked. `said` is the text of a dialog such as alert(), None for none.

    `is_slight` says that only the look of the element that is tried changed; `is_forwarded` that a script clicked
    another control in its place.
    """

    count: int = 0
    left: bool = False
    focused: bool = False
    said: str | None = None
    is_slight: bool = False
    is_forwarded: bool = False

    @property
    def does(self) -> str:
        """What people notice, as the end of a sentence."""
        if self.left:
            return "opens another page"
        if self.said is not None:
            return "shows a message"
        return "moves the focus" if self.focused else "changes the page"

    def is_reaction(self, *, is_restless: bool) -> bool:
        """Say whether the page did something: content changed, the focus moved, or it wanted to go elsewhere."""
        return self.left or self.focused or self.said is not None or (self.count > 0 and not is_restless)


@dataclass(slots=True)
class TriedPage:
    """An open page with `script_events.js` in it, whose network is held."""

    live: LivePage
    said: list[str] = field(default_factory=list)
    is_restless: bool = False

    async def start(self) -> None:
        """Begin to watch the page, and learn whether it changes by itself."""
        self.said = await self.live.watch_dialogs()
        await self.live.evaluate(f"() => {{ {_script()} globalThis.curbcutEvents = scriptEvents(); }}")
        self.is_restless = (await self.settle(IDLE_S)).count > 0

    async def changed(self) -> Answer:
        """Return what the page did since it was last asked."""
        raw = await self.live.evaluate(CHANGED)
        said = self.said[0] if self.said else None
        self.said.clear()
        return Answer(
            count=int(raw["count"]),
            left=bool(raw["left"]),
            focused=bool(raw["focused"]),
            said=said,
            is_slight=bool(raw.get("slight")) and raw["slight"] == raw["count"] and not raw["left"] and said is None,
            is_forwarded=bool(raw.get("forwarded")),
        )

    async def settle(self, wait_s: float = REACTS_S) -> Answer:
        """Wait a moment and return what the page did since it was last asked."""
        await self.live.pause(wait_s)
        return await self.changed()

    async def blur(self) -> None:
        """Take the focus from whatever has it."""
        await self.live.evaluate("() => { if (document.activeElement) document.activeElement.blur(); }")

    async def focus(self, target: Sequence[str]) -> bool:
        """Give an element the focus, and say whether it has it."""
        return bool(await self.live.evaluate(FOCUS, list(target)))

    async def answers(self, key: str, wait_s: float = REACTS_S) -> bool:
        """Press a key where the focus is, and say whether the page does anything."""
        await self.live.press(key)
        return (await self.settle(wait_s)).is_reaction(is_restless=self.is_restless)

    async def click(self, place: Mapping[str, float]) -> Answer:
        """Click a place in the window, and return what the page does; what hovering does is another matter."""
        await self.live.mouse("move", place["x"], place["y"])
        await self.settle()
        await self.live.mouse("down")
        await self.live.mouse("up")
        return await self.settle()

    async def stop(self) -> bool:
        """Stop watching, and say whether the page has answered to nothing that was tried, so that it is as it was."""
        return bool(await self.live.evaluate(STOP))


@cache
def _script() -> str:
    return (resources.files("checks") / "probes" / "script_events.js").read_text(encoding="utf-8")


CHANGED = "() => globalThis.curbcutEvents.changed()"
STOP = "() => globalThis.curbcutEvents.stop()"
FOCUS = "(path) => { const e = elementAt(path); if (e) e.focus(); return Boolean(e) && focused() === e; }"
