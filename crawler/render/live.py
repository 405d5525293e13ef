"""A page that is open in Playwright, as probes may use it: see `checks.live.LivePage`."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Literal, cast

from playwright.async_api import CDPSession, Error, FloatRect, Page

from checks.live import VIEWPORT, Clip, Listener, LiveError, MouseAction, prelude
from checks.model import EngineScript
from crawler.errors import SiteError
from crawler.urls import origin_of

WORLD = "curbcut"
MAX_LISTENERS = 400
MAX_SOURCE_CHARS = 4_000
HOLD = """(function hold(room) {
  try {
    room.__curbcutPending.hold(HELD);
    for (let n = 0; n < room.length && n < 50; n++) hold(room[n]);
  } catch { /* of another origin */ }
})(window)"""
"""Runs in the page's own world, where `pending.js` stands between the page and its open connections."""
TIMERS = "window.__curbcutTimers"
WAITS = f"{TIMERS}?.waits()"
LEAST_ERROR = 400
"""Statuses from here on are errors (RFC 9110, 15.5)."""
MAX_NOTED = 20
MAX_NOTED_CHARS = 300
SHOT_MS = 10_000
LAYOUT_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
READY_FOR_PICTURE = """async () => {
  const late = new Promise((done) => setTimeout(done, 500));
  await Promise.race([document.fonts.ready, late]);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))); // drawn
  const element = focused(); // in a text field a caret blinks
  const hasCaret = element !== null
    && (element.isContentEditable || /^(input|textarea|iframe|object|embed)$/.test(element.localName));
  return { hasCaret, left: visualViewport.pageLeft, top: visualViewport.pageTop };
}"""
CONTEXT_GONE = ("Cannot find context", "Execution context was destroyed", "Cannot find execution context")


def anything(_address: str) -> bool:
    """Let every address be opened."""
    return True


class PlaywrightLive:
    """One open page. `opened` opens its address, or the one it is given, waits until that has settled, and returns its
    status. `engines` have been installed. `may_open` says which other pages of the site may be opened.
    """

    def __init__(
        self,
        page: Page,
        session: CDPSession,
        opened: Callable[..., Awaitable[int | None]],
        engines: Sequence[EngineScript] = (),
        may_open: Callable[[str], bool] = anything,
    ) -> None:
        self._page = page
        self._session = session
        self._opened = opened
        self._engines = {engine.name: engine for engine in engines}
        self._may_open = may_open
        self._world: int | None = None
        self._is_held = False

    @property
    def url(self) -> str:
        """The address that the page shows now."""
        return self._page.url

    async def evaluate(self, function: str, argument: Any = None) -> Any:
        """Call a function expression in a world of our own in the main frame."""
        declaration = f"async function (argument) {{ return await ({function})(argument); }}"
        for is_last in (False, True):
            try:
                answer = await self._send(
                    "Runtime.callFunctionOn",
                    functionDeclaration=declaration,
                    executionContextId=await self._context(),
                    arguments=[{"value": argument}],
                    awaitPromise=True,
                    returnByValue=True,
                    userGesture=False,
                )
            except LiveError as error:
                self._world = None
                if is_last or not any(part in str(error) for part in CONTEXT_GONE):
                    raise
                continue
            if "exceptionDetails" in answer:
                raise LiveError(_exception(answer["exceptionDetails"]))
            return answer["result"].get("value")
        raise AssertionError  # pragma: no cover - the loop returns or raises

    async def press(self, key: str) -> None:
        """Press and release a key or a combination."""
        await self._try(self._page.keyboard.press(key))

    async def mouse(self, action: MouseAction, x: float = 0, y: float = 0) -> None:
        """Move the mouse, or press or release its left button."""
        mouse = self._page.mouse
        await self._try(mouse.move(x, y) if action == "move" else mouse.down() if action == "down" else mouse.up())

    async def screenshot(self, clip: Clip | None = None) -> bytes:
        """Return the window, or a part of it, as a PNG."""
        rect = _inside(clip, self._page.viewport_size) if clip else None
        page = await self.evaluate(READY_FOR_PICTURE)
        if page["hasCaret"]:
            shot = self._page.screenshot(clip=cast(FloatRect, rect), scale="css", timeout=SHOT_MS)
            return cast(bytes, await self._try(shot))
        # A third of the processor time of Playwright's own, which sets up every frame to hide a caret.
        options: dict[str, Any] = {"format": "png", "optimizeForSpeed": True}
        if rect:
            options["clip"] = {**rect, "x": rect["x"] + page["left"], "y": rect["y"] + page["top"], "scale": 1}
        try:
            answer = await asyncio.wait_for(self._send("Page.captureScreenshot", **options), SHOT_MS / 1000)
        except TimeoutError:
            raise LiveError("the browser gave no picture in time") from None
        return base64.b64decode(answer["data"])

    async def from_top(self, width: int, height: int, quality: int) -> bytes:
        """Return the page from its top, as a JPEG."""
        clip = FloatRect(x=0, y=0, width=width, height=height)
        shot = self._page.screenshot(
            type="jpeg", quality=quality, full_page=True, clip=clip, scale="css", timeout=SHOT_MS
        )
        return cast(bytes, await self._try(shot))

    async def frames(self, count: int, interval_s: float, clip: Clip | None = None) -> Sequence[bytes]:
        """Return screenshots over time."""
        shots: list[bytes] = []
        for _ in range(count):
            due = time.monotonic() + interval_s
            shots.append(await self.screenshot(clip))
            await asyncio.sleep(max(0.0, due - time.monotonic()))
        return shots

    async def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        await self._try(self._page.set_viewport_size({"width": width, "height": height}))
        await self.evaluate(LAYOUT_FRAMES)

    async def media(self, **features: str) -> None:
        """Set media features."""
        motion = cast(Literal["reduce", "no-preference"] | None, features.pop("prefers_reduced_motion", None))
        if features:
            raise LiveError(f"This media feature cannot be set: {', '.join(features)}")
        await self._try(self._page.emulate_media(reduced_motion=motion))

    async def hold_network(self, held: bool) -> None:
        """Let no request through, or let them through again."""
        if held == self._is_held:
            return
        await self._go_offline(held)
        # Being offline does not end a WebSocket.
        await self._send("Runtime.evaluate", expression=HOLD.replace("HELD", str(held).lower()))

    async def listeners(self, events: Sequence[str]) -> Sequence[Listener]:
        """Return the listeners that scripts have added for these events."""
        found: list[Listener] = []
        context = await self._context()
        try:
            for place in ("document", "window"):
                # The page's own world: a window of another world does not tell its listeners.
                root = await self._send("Runtime.evaluate", expression=place, objectGroup=WORLD, returnByValue=False)
                heard = await self._send(
                    "DOMDebugger.getEventListeners",
                    objectId=root["result"]["objectId"],
                    depth=-1 if place == "document" else 0,
                    pierce=True,
                )
                wanted = [entry for entry in heard["listeners"] if entry["type"] in events]
                found += [await self._listener(entry, place, context) for entry in wanted[:MAX_LISTENERS]]
        finally:
            await self._send("Runtime.releaseObjectGroup", objectGroup=WORLD)
        return found

    async def timers(self) -> Sequence[float]:
        """Return the waits that `timers.js` has kept; what comes from the page's own world is not believed."""
        answer = await self._send("Runtime.evaluate", expression=WAITS, returnByValue=True)
        waits = answer["result"].get("value")
        return [wait for wait in waits if isinstance(wait, (int, float))] if isinstance(waits, list) else []

    async def run_timers(self, waits: Sequence[float]) -> None:
        """Run all timers with one of these waits now."""
        await self._send("Runtime.evaluate", expression=f"{TIMERS}?.run({json.dumps(list(waits))})")

    async def watch_dialogs(self) -> list[str]:
        """Return a list that takes up what the page says in dialogs; the browser itself closes them."""
        return await self._watch("Page.javascriptDialogOpening", "message")

    async def watch_windows(self) -> list[str]:
        """Return a list that takes up the new windows of the page; the browser closes them."""
        return await self._watch("Page.windowOpen", "url")

    async def pause(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    async def run_engine(self, name: str) -> Any:
        """Run an engine in the page's own world, where its script was installed."""
        engine = self._engines.get(name)
        if engine is None:
            raise LiveError(f"This scan has no engine of the name {name}")
        return await self._try(self._page.evaluate(engine.run, dict(engine.options)))

    async def visit(self, address: str) -> None:
        """Open another page of the same site in this one's place."""
        origin = origin_of(self._page.url)
        if origin_of(address) != origin or not self._may_open(address):
            raise LiveError("this page may not be opened")
        self._world = None
        await self._go_offline(False)
        try:
            status = await self._try(self._opened(address))
        except SiteError as error:
            raise LiveError(str(error)) from error
        if status is not None and status >= LEAST_ERROR:
            raise LiveError(f"the server answered {status}")
        if origin_of(self._page.url) != origin:
            raise LiveError("it leads to another site")

    async def reload(self) -> None:
        """Open the page's address anew and wait until it has settled."""
        self._world = None
        await self._go_offline(False)
        await self._try(self._page.set_viewport_size({"width": VIEWPORT[0], "height": VIEWPORT[1]}))
        await self._try(self._page.emulate_media(reduced_motion="reduce"))
        await self._try(self._opened())

    async def _go_offline(self, offline: bool) -> None:
        """Take the network from the page and from windows that it opens, or give it back.

        The whole context goes offline, which is this page's alone: a window would load from the network before anybody
        could stop it. The page itself is not asked, as it may not answer.
        """
        if not offline and not self._is_held:
            return
        self._is_held = True  # whatever fails from here on
        await self._try(self._page.context.set_offline(offline))
        self._is_held = offline

    async def _listener(self, entry: dict[str, Any], place: str, context: int) -> Listener:
        source = str(entry.get("handler", {}).get("description", ""))[:MAX_SOURCE_CHARS]
        if place == "window" or "backendNodeId" not in entry:
            return Listener(entry["type"], "window", {}, source)
        node = await self._send(
            "DOM.resolveNode", backendNodeId=entry["backendNodeId"], executionContextId=context, objectGroup=WORLD
        )
        answer = await self._send(
            "Runtime.callFunctionOn",
            objectId=node["object"]["objectId"],
            functionDeclaration="function () { return this.nodeType === 1 ? seen(this) : null; }",
            returnByValue=True,
        )
        seen = answer["result"].get("value")
        return Listener(entry["type"], "element" if seen else "document", seen or {}, source)

    async def _context(self) -> int:
        if self._world is None:
            tree = await self._send("Page.getFrameTree")
            frame = tree["frameTree"]["frame"]["id"]
            world = await self._send("Page.createIsolatedWorld", frameId=frame, worldName=WORLD)
            number = int(world["executionContextId"])
            # Once a world, and not with each call; in this mode a second time does no harm.
            await self._send("Runtime.evaluate", expression=prelude(), contextId=number, replMode=True)
            self._world = number
        return self._world

    async def _watch(self, event: str, what: str) -> list[str]:
        """Return a list that takes up one text of each event from now on, within bounds."""
        noted: list[str] = []

        def note(told: dict[str, Any]) -> None:
            if len(noted) < MAX_NOTED:
                noted.append(str(told.get(what, ""))[:MAX_NOTED_CHARS])

        self._session.on(event, note)
        await self._send("Page.enable")
        return noted

    async def _send(self, method: str, **params: Any) -> dict[str, Any]:
        return cast(dict[str, Any], await self._try(self._session.send(method, params)))

    async def _try(self, doing: Awaitable[Any]) -> Any:
        try:
            return await doing
        except Error as error:
            raise LiveError(" ".join(error.message.split())[:300]) from error


def _exception(details: dict[str, Any]) -> str:
    text = details.get("exception", {}).get("description") or details.get("text") or "the script failed"
    return " ".join(str(text).split())[:300]


def _inside(clip: Clip, size: Any) -> dict[str, float]:
    """Return the part of a clip that is in the window. Raises LiveError when there is none."""
    x, y = max(0.0, clip.x), max(0.0, clip.y)
    width, height = min(clip.x + clip.width, size["width"]) - x, min(clip.y + clip.height, size["height"]) - y
    if width < 1 or height < 1:
        raise LiveError("that part of the page is outside the window")
    return {"x": x, "y": y, "width": width, "height": height}
