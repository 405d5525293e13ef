"""Walks through pages as a person does: goes to addresses, fills in fields, presses buttons, waits for words.

Fields and buttons are found by what people call them: their label or name. Nothing that is filled in is said in errors:
Playwright's own messages would hold it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Literal

from playwright.async_api import Error, Frame, Locator, Page, Request, Response
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from crawler.errors import SiteError
from crawler.render.capture import Capture, Picks, check_scripts, check_status, site_error

SHOT_MS = 10_000
ACTION_MS = 5_000
"""For one action on an element that is there and can be used."""

POLL_S = 0.1
STAY = "tag => tag.closest('a, form')?.removeAttribute('target')"
"""A new window would be another page; what a press leads to is opened in this one."""

YES, NO = frozenset({"yes", "true", "on", "ja", "oui"}), frozenset({"no", "false", "off", "nein", "non"})


class WalkError(ValueError):
    """A step cannot be done; the message says why, without what was filled in."""


class PlaywrightWalk:
    """One page that is walked through.

    `settled` waits until it has come to rest, `captured` takes it as it stands; both raise SiteError where they cannot.
    """

    def __init__(
        self,
        page: Page,
        settled: Callable[[], Awaitable[None]],
        captured: Callable[[str, int | None, Picks], Awaitable[Capture]],
        timeout_s: float,
    ) -> None:
        self._page = page
        self._settled = settled
        self._captured = captured
        self._timeout_s = timeout_s
        self._secret_fields: list[Locator] = []
        self._status: int | None = None
        self._problem: SiteError | None = None
        self._pending: set[Request] = set()
        self.moves = 0
        """How often the page or a frame of it has gone to another document or address so far."""
        page.on("framenavigated", self._on_moved)
        page.on("request", self._on_request)
        page.on("response", self._on_response)
        page.on("requestfailed", self._on_failed)

    @property
    def url(self) -> str:
        """The address that the page shows now."""
        return self._page.url

    async def title(self) -> str:
        """Return the page's title; empty where the page cannot be asked."""
        try:
            return await asyncio.wait_for(self._page.title(), ACTION_MS / 1000)
        except (Error, TimeoutError):
            return ""

    async def go(self, address: str) -> None:
        """Open an address. Raises SiteError."""
        try:
            await self._page.goto(address, wait_until="commit", timeout=self._timeout_s * 1000)
        except PlaywrightTimeoutError:
            raise SiteError("timeout", f"no answer after {self._timeout_s:g} s") from None
        except Error as error:
            failure = site_error(error.message)
            raise (failure if isinstance(failure, SiteError) else WalkError("it is no web page")) from None
        await self._rest()

    async def fill(self, field: str, value: str, *, is_secret: bool) -> None:
        """Give a field its value: type text, choose an option by its text, or tick (`yes`) or untick (`no`) a box.

        Raises WalkError; for a password that is not secret, too.
        """
        locator = await self._found(field, self._fields, "field")
        try:
            kind = await locator.evaluate("tag => tag.localName === 'select' ? 'select' : tag.type || tag.localName")
            if kind == "password" and not is_secret:
                raise WalkError(
                    f"“{field}” is a password: write ${{NAME}} and set the variable NAME, never the password itself"
                )
            if is_secret:
                self._secret_fields.append(locator)
            await self._give(locator, str(kind), field, value)
        except Error:
            raise WalkError(f"“{field}” does not take what it is to be filled with") from None
        await self._rest()

    async def press(self, name: str) -> None:
        """Press a button or link, or choose an option, by its name. Raises WalkError, SiteError."""
        locator = await self._found(name, self._pressable, "button or link")
        try:
            await locator.evaluate(STAY)
            await locator.click(timeout=ACTION_MS)
        except Error:
            raise WalkError(
                f"“{name}” is there but cannot be pressed: something covers it, or it is disabled"
            ) from None
        await self._rest()

    async def expect(self, text: str) -> None:
        """Wait until the page shows a text. Raises WalkError."""
        await self._found(text, self._texts, "text")
        await self._rest()

    async def screenshot(self, hidden: Sequence[str]) -> bytes:
        """Return the window as a PNG, empty where the browser cannot show it.

        Fields with secrets and the `hidden` texts are painted over.
        """
        texts = [frame.get_by_text(text) for frame in self._page.frames for text in hidden]
        over = [*self._secret_fields, *texts]
        try:
            return await self._page.screenshot(mask=over, scale="css", timeout=SHOT_MS, animations="disabled")
        except Error:
            return b""

    async def capture(self, address: str, picks: Picks) -> Capture:
        """Check and snapshot the page as it stands; `address` is what to call it. Raises SiteError, NotAPageError."""
        return await self._captured(address, self._status, picks)

    async def _give(self, locator: Locator, kind: str, field: str, value: str) -> None:
        if kind == "select":
            await locator.select_option(label=value, timeout=ACTION_MS)
        elif kind in ("checkbox", "radio"):
            if value.casefold() not in YES | NO:
                raise WalkError(f"“{field}” is a box to tick: fill it with yes or no")
            await locator.set_checked(value.casefold() in YES, timeout=ACTION_MS)
        else:
            await locator.fill(value, timeout=ACTION_MS)

    async def _found(self, name: str, ways: Callable[[str, bool], list[Locator]], what: str) -> Locator:
        """Return the first visible element of that name, by its whole name before a part of it, in any frame.

        Raises WalkError.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._timeout_s
        while True:
            for exact in (True, False):
                for way in ways(name, exact):
                    try:
                        visible = way.locator("visible=true")
                        if await visible.count():
                            return visible.first
                    except Error:  # the page is on its way elsewhere
                        break
            if loop.time() > deadline:
                raise WalkError(f"there is no {what} “{name}” on the page after {self._timeout_s:g} s")
            await asyncio.sleep(POLL_S)

    def _fields(self, name: str, exact: bool) -> list[Locator]:
        frames = self._page.frames
        labelled = [frame.get_by_label(name, exact=exact) for frame in frames]
        return [*labelled, *(frame.get_by_placeholder(name, exact=exact) for frame in frames)]

    def _texts(self, text: str, exact: bool) -> list[Locator]:
        return [frame.get_by_text(text, exact=exact) for frame in self._page.frames]

    def _pressable(self, name: str, exact: bool) -> list[Locator]:
        roles: tuple[Literal["button", "link", "tab", "radio", "checkbox"], ...] = (
            "button", "link", "tab", "radio", "checkbox",
        )  # fmt: skip
        return [frame.get_by_role(role, name=name, exact=exact) for role in roles for frame in self._page.frames]

    async def _rest(self) -> None:
        """Wait until what a step has set off is over. Raises SiteError for an answer that is no page."""
        deadline = asyncio.get_running_loop().time() + self._timeout_s
        while True:
            await self._settled()
            if not self._pending:
                break
            if asyncio.get_running_loop().time() > deadline:
                if any(self._is_main(request) for request in self._pending):
                    raise SiteError("timeout", f"no answer after {self._timeout_s:g} s")
                self._pending.clear()  # a frame that does not come leaves the rest of the page as it is
                break
            await asyncio.sleep(POLL_S)
        problem, self._problem = self._problem, None
        if problem is not None:
            raise problem

    def _is_main(self, request: Request) -> bool:
        try:
            return request.is_navigation_request() and request.frame == self._page.main_frame
        except Error:  # the frame is gone
            return False

    def _on_moved(self, _: Frame) -> None:
        self.moves += 1

    def _on_request(self, request: Request) -> None:
        if request.is_navigation_request():
            self._pending.add(request)

    def _on_response(self, response: Response) -> None:
        self._pending.discard(response.request)
        if not self._is_main(response.request):
            return
        self._status = response.status
        try:
            check_status(response.status, response.status_text, response.headers)
            check_scripts(response.headers)
            self._problem = None
        except SiteError as error:
            self._problem = error

    def _on_failed(self, request: Request) -> None:
        self._pending.discard(request)
