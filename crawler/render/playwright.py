"""Renders with Playwright: few long-lived tabs in one context, restarted when they crash or grow old.

What costs time was measured (DESIGN, decision 3): so no route, no new page per URL, no `networkidle`.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from types import SimpleNamespace
from typing import Any

from playwright.async_api import Browser, BrowserContext, Error, Frame, Page, Playwright, Response, async_playwright
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from checks.live import LivePage
from checks.model import EngineScript
from crawler.browsers import find_browser, launch_arguments
from crawler.config import CrawlConfig
from crawler.errors import BrowserUnusableError, CrawlError, NotAPageError, SiteError
from crawler.guard import bypass_rules
from crawler.render import crop
from crawler.render.blocked import check_not_blocked
from crawler.render.capture import (
    Capture,
    Picks,
    T,
    check_scripts,
    check_status,
    check_type,
    links_from,
    page_from,
    site_error,
)
from crawler.render.live import PlaywrightLive, anything
from crawler.render.script import BLANK, ERROR_PAGE, init_script, page_options, page_script, settle_script
from crawler.render.walk import PlaywrightWalk
from crawler.scratch import Scratch
from crawler.urls import stays_in_document

VIEWPORT = {"width": 1280, "height": 900}
LAUNCH_S = 30.0
LAUNCH_TRIES = 3
CONTEXT_LOST = "Execution context was destroyed"
CONTEXT_TRIES = 3
"""A page that sends itself elsewhere takes the script with it; after so many hops we stop following."""
MOVE_S = 1.0
"""How long the document may be away between two addresses before we try again all the same."""
TAB_TRIES = 3
"""A page whose tab another page has spoilt gets a new tab; so often."""
INTERRUPTED = "interrupted by another navigation"


class _SpoiltError(Exception):
    """The tab failed through another page's doing; `error` is what to say when that does not end."""

    def __init__(self, error: CrawlError) -> None:
        super().__init__(str(error))
        self.error = error


class PlaywrightRenderer:
    """Captures pages in up to `config.tabs` tabs at once."""

    can_look = True

    def __init__(
        self, config: CrawlConfig, engines: tuple[EngineScript, ...], proxy: str, direct: frozenset[str]
    ) -> None:
        self._config = config
        self._engines = engines
        self._proxy = proxy
        self._direct = direct
        self._script = page_script(engines)
        self._options = page_options(engines, config.limits)
        self._slots: asyncio.Queue[_Tab] = asyncio.Queue()
        self._launching = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._context: BrowserContext | None = None
        self._launches = 0
        self._gone = asyncio.Event()  # set when the browser of the last launch is gone
        self._killed: set[int] = set()  # numbers of the launches that we ended
        self._pages: set[Page] = set()
        self._opening = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._scratch: Scratch | None = None
        self._found = find_browser(config.browser_path)
        self._version = ""

    def version(self) -> str:
        """Return the browser's name and version."""
        return self._version or f"{self._found.name} {self._found.version}"

    async def start(self) -> None:
        """Start the browser and its tabs. Raises BrowserUnusableError."""
        self._scratch = Scratch()
        with self._scratch.as_temp_folder():  # the driver hands it on to each browser, for its profile
            await self._start_driver()
        await self._living_context()
        for _ in range(self._config.tabs):
            self._slots.put_nowait(_Tab())

    async def _start_driver(self) -> None:
        """Start the driver's process to the end even when cancelled: half started, nobody could stop it."""
        starting = asyncio.ensure_future(async_playwright().start())
        try:
            self._playwright = await asyncio.shield(starting)
        except asyncio.CancelledError:
            with contextlib.suppress(Exception):  # the same signal may have ended it
                self._playwright = await asyncio.wait_for(starting, LAUNCH_S)
            raise

    async def close(self) -> None:
        """Stop the browser and remove its temporary files."""
        for thing in (self._context, self._browser):
            if thing is not None:
                with contextlib.suppress(Error, TimeoutError):
                    await asyncio.wait_for(thing.close(), self._config.limits.close_s)
        if self._playwright is not None:
            with contextlib.suppress(Exception):  # the driver may be gone already; nothing is left to save
                await asyncio.wait_for(self._playwright.stop(), self._config.limits.close_s)
        if self._scratch is not None:
            self._scratch.remove()

    async def capture(self, address: str, *, named: bool, picks: Picks) -> Capture:
        """Open, settle, check and snapshot one page; see `Renderer.capture`."""
        tab = await self._slots.get()
        try:
            for _ in range(TAB_TRIES - 1):
                with contextlib.suppress(_SpoiltError):
                    return await self._capture_in(tab, address, named=named, picks=picks)
            try:
                return await self._capture_in(tab, address, named=named, picks=picks)
            except _SpoiltError as spoilt:
                raise spoilt.error from spoilt
        finally:
            if tab.used >= self._config.limits.navigations_per_tab:
                await self._drop(tab)
            self._slots.put_nowait(tab)

    async def look(
        self, address: str, visit: Callable[[LivePage], Awaitable[T]], *, may_open: Callable[[str], bool] = anything
    ) -> T:
        """Open one page for `visit`, in a context of its own; see `Renderer.look`."""
        async with self._alone() as (tab, page):
            try:
                seen = await asyncio.wait_for(self._visit(page, address, visit, may_open), self._config.limits.look_s)
            except TimeoutError:
                raise SiteError("timeout", f"not done after {self._config.limits.look_s:g} s", retry=True) from None
            except Error as error:
                raise self._failure_of(tab, error) from error
            if self._has_ended(tab):  # what was seen ends where the browser did
                raise SiteError("crashed", "the browser ended during the closer look", retry=True)
            return seen

    @contextlib.asynccontextmanager
    async def _alone(self) -> AsyncIterator[tuple[_Tab, Page]]:
        """Give a tab with a page in a context of its own, which goes with all traces of what was done there."""
        tab = await self._slots.get()
        try:
            await self._drop(tab)
            try:
                page = await self._page_of(tab, alone=True)
            except _SpoiltError as spoilt:
                raise spoilt.error from spoilt
            yield tab, page
        finally:
            await self._drop(tab)
            self._slots.put_nowait(tab)

    async def _visit(
        self, page: Page, address: str, visit: Callable[[LivePage], Awaitable[T]], may_open: Callable[[str], bool]
    ) -> T:
        async def opened(to: str = address) -> int | None:
            response = await self._navigate(page, to)
            if response is not None:
                check_scripts(response.headers)
            await self._settle(page)
            return response.status if response is not None else None

        await opened()
        session = await page.context.new_cdp_session(page)
        return await visit(PlaywrightLive(page, session, opened, self._engines, may_open))

    async def _settle(self, page: Page) -> None:
        await _evaluate_where_it_stays(page, settle_script(), self._options["settle"])

    async def _capture_in(self, tab: _Tab, address: str, *, named: bool, picks: Picks) -> Capture:
        page = await self._page_of(tab)
        try:
            return await asyncio.wait_for(
                self._capture(page, address, named=named, picks=picks), self._config.limits.page_s
            )
        except TimeoutError:
            await self._drop(tab)
            raise SiteError("timeout", f"not done after {self._config.limits.page_s:g} s", retry=True) from None
        except Error as error:
            failure = self._failure_of(tab, error)
            spoilt = tab.launch in self._killed or (tab.used > 1 and _may_be_left_over(error.message))
            if spoilt or not isinstance(failure, NotAPageError):
                await self._drop(tab)
            if spoilt:
                raise _SpoiltError(failure) from error
            raise failure from error
        except SiteError as error:
            if error.reason in ("timeout", "crashed", "check_failed"):
                await self._drop(tab)
            raise

    def _failure_of(self, tab: _Tab, error: Error) -> CrawlError:
        if tab.crashed or "crash" in error.message.lower() or self._has_ended(tab):
            return SiteError("crashed", "the page crashed the browser", retry=True)
        return site_error(error.message)

    async def walk(self, visit: Callable[[PlaywrightWalk], Awaitable[T]]) -> T:
        """Open a page in a context of its own for `visit`, which goes where it will; return what `visit` returns.

        Raises WalkError, SiteError, NotAPageError, BrowserUnusableError, and whatever `visit` raises.
        """
        async with self._alone() as (tab, page):

            async def captured(address: str, status: int | None, picks: Picks) -> Capture:
                snapshot = self._snapshot(page, address, status, time.monotonic(), named=True, picks=picks)
                return await self._walked(tab, snapshot)

            async def settled() -> None:
                await self._walked(tab, self._settle(page))

            try:
                return await visit(PlaywrightWalk(page, settled, captured, self._config.limits.navigation_s))
            except Error as error:
                raise self._failure_of(tab, error) from error

    async def _walked(self, tab: _Tab, work: Awaitable[T]) -> T:
        """Do a part of a walk within the time for a page. Raises SiteError, NotAPageError."""
        try:
            return await asyncio.wait_for(work, self._config.limits.page_s)
        except TimeoutError:
            raise SiteError("timeout", f"not done after {self._config.limits.page_s:g} s") from None
        except Error as error:
            if CONTEXT_LOST in error.message:
                raise SiteError("check_failed", "the page keeps sending itself elsewhere") from error
            raise self._failure_of(tab, error) from error

    async def _capture(self, page: Page, address: str, *, named: bool, picks: Picks) -> Capture:
        started = time.monotonic()
        response = await self._navigate(page, address)
        status = response.status if response is not None else None
        if response is not None:
            check_status(status, response.status_text, response.headers)
            check_scripts(response.headers)
            check_type(response.headers.get("content-type", ""), named=named)
        return await self._snapshot(page, address, status, started, named=named, picks=picks)

    async def _snapshot(
        self, page: Page, address: str, status: int | None, started: float, *, named: bool, picks: Picks
    ) -> Capture:
        """Settle, check and snapshot the page as it stands."""
        raw = await self._evaluate(page)
        try:
            captured, raw = page_from(raw, address=address, status=status, limits=self._config.limits)
        except SiteError as error:
            if error.final_url.startswith(ERROR_PAGE):
                error.final_url = await _wanted_address(page)
            raise
        if isinstance(raw.get("status"), int):  # the status of where scripts sent the page
            check_status(raw["status"] or None, "", {}, final_url=captured.final_url)
        check_type(captured.content_type, named=named)
        check_not_blocked(captured.html, raw.get("scripts"))
        requests = await asyncio.to_thread(picks, captured)
        crops = [await crop.take(page, r) for r in requests[: self._config.limits.crops_per_page]]
        return Capture(
            page=captured,
            links=links_from(raw, self._config.limits),
            canonical=raw["canonical"] if isinstance(raw.get("canonical"), str) else "",
            crops=tuple(c for c in crops if c is not None),
            elapsed_ms=int((time.monotonic() - started) * 1000),
        )

    async def _navigate(self, page: Page, address: str) -> Response | None:
        if stays_in_document(page.url, address):
            await page.goto(BLANK)
        try:
            return await page.goto(address, wait_until="commit", timeout=self._config.limits.navigation_s * 1000)
        except PlaywrightTimeoutError:
            raise SiteError("timeout", f"no answer after {self._config.limits.navigation_s:g} s", retry=True) from None

    async def _evaluate(self, page: Page) -> Any:
        try:
            return await _evaluate_where_it_stays(page, self._script, self._options)
        except Error as error:
            if CONTEXT_LOST not in error.message:
                raise
            raise SiteError("too_many_redirects", "the page keeps sending itself elsewhere") from error

    async def _page_of(self, tab: _Tab, *, alone: bool = False) -> Page:
        """Return the tab's page, opened if need be; `alone` opens it in a context of its own."""
        if tab.page is None or tab.page.is_closed() or tab.crashed or self._has_ended(tab):
            context = await self._living_context()
            launch = self._launches
            try:
                if alone:
                    context = tab.context = await asyncio.wait_for(self._own_context(context), LAUNCH_S)
                async with self._opening:
                    page = await self._open_page(context)
                    self._pages.add(page)
            except (Error, TimeoutError) as error:
                failure = SiteError("crashed", "the browser could not open a tab", retry=True)
                if launch in self._killed:
                    raise _SpoiltError(failure) from error
                raise failure from error
            tab.open(page, launch)
        assert tab.page is not None  # noqa: S101
        tab.used += 1
        return tab.page

    async def _open_page(self, context: BrowserContext) -> Page:
        """Open a page; Playwright itself waits for ever when the browser dies meanwhile. Raises TimeoutError, Error."""
        opened = asyncio.ensure_future(context.new_page())
        gone = asyncio.ensure_future(self._gone.wait())
        done, _ = await asyncio.wait({opened, gone}, timeout=LAUNCH_S, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if opened in done:
            return opened.result()
        opened.cancel()
        raise TimeoutError

    async def _drop(self, tab: _Tab) -> None:
        page, tab.page, tab.used, tab.crashed = tab.page, None, 0, False
        context, tab.context = tab.context, None
        thing = context or page  # a context closes its pages
        if thing is None:
            return
        if page is not None:
            self._pages.discard(page)
        try:
            await asyncio.wait_for(thing.close(), self._config.limits.close_s)
        except TimeoutError:
            if tab.launch == self._launches:
                await self._kill_browser()  # a tab that cannot be closed takes a processor for good
        except Error:
            return  # it is gone already

    def _has_ended(self, tab: _Tab) -> bool:
        """Return whether the browser that a tab was opened in is gone."""
        return tab.launch != self._launches or not self._is_alive()

    def _is_alive(self) -> bool:
        return self._browser is not None and self._browser.is_connected()

    async def _kill_browser(self) -> None:
        browser, self._browser, self._context = self._browser, None, None
        self._killed.add(self._launches)
        if browser is not None:
            with contextlib.suppress(Error, TimeoutError):  # one that does not end now ends with the driver
                await asyncio.wait_for(browser.close(), self._config.limits.close_s)

    async def _living_context(self) -> BrowserContext:
        async with self._launching:
            if self._is_alive() and self._context is not None:
                return self._context
            for attempt in range(1, LAUNCH_TRIES + 1):
                try:
                    return await asyncio.wait_for(self._launch(), LAUNCH_S)
                except (Error, TimeoutError) as error:
                    if attempt == LAUNCH_TRIES:
                        first_line = str(error).strip().splitlines()[:1]
                        raise BrowserUnusableError(
                            f"The browser {self._found.path} does not start ({' '.join(first_line) or 'no answer'}). "
                            "Run: curbcut doctor"
                        ) from error
            raise AssertionError  # pragma: no cover - the loop returns or raises

    async def _launch(self) -> BrowserContext:
        assert self._playwright is not None  # noqa: S101
        assert self._scratch is not None  # noqa: S101
        self._launches += 1
        self._pages.clear()
        self._browser = await self._playwright.chromium.launch(
            executable_path=self._found.path,
            args=list(launch_arguments(self._found)),
            chromium_sandbox="--no-sandbox" not in launch_arguments(self._found),
            downloads_path=self._scratch.path,
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )
        self._gone = gone = asyncio.Event()
        self._browser.on("disconnected", lambda _: gone.set())
        self._version = f"{self._found.name} {self._browser.version}"
        self._context = await self._new_context(self._browser)
        return self._context

    async def _own_context(self, shared: BrowserContext) -> BrowserContext:
        """Return a context with the cookies that pages have set so far; what is pressed in it reaches no other page."""
        assert shared.browser is not None  # noqa: S101 - it was launched, not attached to
        cookies: Any = await shared.cookies()  # Playwright has one type for reading cookies and one for setting them
        context = await self._new_context(shared.browser)
        with contextlib.suppress(Error):  # a cookie too strange to be set again
            await context.add_cookies(cookies)
        return context

    async def _new_context(self, browser: Browser) -> BrowserContext:
        context = await browser.new_context(
            user_agent=browser_user_agent(browser.version, self._config.user_agent),
            viewport={"width": VIEWPORT["width"], "height": VIEWPORT["height"]},
            accept_downloads=False,
            service_workers="block",
            reduced_motion="reduce",
            timezone_id="UTC",
            ignore_https_errors=self._config.ignore_tls_errors,
            proxy={"server": self._proxy, "bypass": ",".join(bypass_rules(self._direct))},
        )
        await context.add_init_script(init_script())
        for engine in self._engines:
            await context.add_init_script(engine.init)
        context.on("page", self._on_page)
        return context

    def _on_page(self, page: Page) -> None:
        # Our own pages announce themselves here too, before we are given them: hence the lock.
        async def close_popup() -> None:
            async with self._opening:
                pass
            if page not in self._pages:
                with contextlib.suppress(Error):
                    await page.close()

        task = asyncio.ensure_future(close_popup())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class _Tab(SimpleNamespace):
    """One place for a page; the page in it is replaced when it crashes or has been used long enough."""

    def __init__(self) -> None:
        super().__init__()
        self.page: Page | None = None
        self.context: BrowserContext | None = None
        self.used = 0
        self.crashed = False
        self.launch = 0

    def open(self, page: Page, launch: int) -> None:
        self.page, self.used, self.crashed, self.launch = page, 0, False, launch
        page.on("crash", self._on_crash)

    def _on_crash(self, page: Page) -> None:
        if page is self.page:
            self.crashed = True


async def _evaluate_where_it_stays(page: Page, script: str, options: Any) -> Any:
    """Evaluate in the page; where it sends itself elsewhere meanwhile, again when it is there.

    Raises Error, also when the page does not stay anywhere.
    """
    for attempt in range(1, CONTEXT_TRIES + 1):
        moved = asyncio.Event()

        def note(frame: Frame, moved: asyncio.Event = moved) -> None:
            if frame.parent_frame is None:
                moved.set()

        page.on("framenavigated", note)
        try:
            return await page.evaluate(script, options)
        except Error as error:
            if CONTEXT_LOST not in error.message or attempt == CONTEXT_TRIES:
                raise
            # The old document may be gone before the new one is there: each try until then would fail at once.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(moved.wait(), MOVE_S)
        finally:
            page.remove_listener("framenavigated", note)
    raise AssertionError  # pragma: no cover - the loop returns or raises


async def _wanted_address(page: Page) -> str:
    """Return the address that the browser could not open and shows its own error page for."""
    session = await page.context.new_cdp_session(page)
    history = await session.send("Page.getNavigationHistory")
    await session.detach()
    return str(history["entries"][history["currentIndex"]]["url"])


def _may_be_left_over(message: str) -> bool:
    """Say whether a navigation may have failed because the page before it in the tab was still moving."""
    return INTERRUPTED in message or ("ERR_ABORTED" in message and "Download is starting" not in message)


def browser_user_agent(version: str, ours: str) -> str:
    """Return an honest User-Agent that sites still serve as they serve Chrome: its own text, then our name."""
    major = version.split(".", 1)[0]
    engine = f"AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36"
    return f"Mozilla/5.0 (X11; Linux x86_64) {engine} {ours}"
