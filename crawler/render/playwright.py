"""Renders with Playwright: few long-lived tabs in one context, restarted when they crash or grow old.

What costs time was measured (DESIGN, decision 3): so no route, no new page per URL, no `networkidle`.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from playwright.async_api import Browser, BrowserContext, Error, Page, Playwright, Response, async_playwright
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from crawler.browsers import find_browser, launch_arguments
from crawler.config import CrawlConfig
from crawler.errors import BrowserUnusableError, NotAPageError, SiteError
from crawler.render import crop
from crawler.render.capture import (
    Capture,
    Picks,
    check_status,
    check_type,
    links_from,
    page_from,
    site_error,
)
from crawler.render.script import EngineScript, init_script, page_options, page_script

VIEWPORT = {"width": 1280, "height": 900}
LAUNCH_S = 30.0
LAUNCH_TRIES = 3
CONTEXT_LOST = "Execution context was destroyed"
CONTEXT_TRIES = 3
"""A page that sends itself elsewhere takes the script with it; after so many hops we stop following."""


class PlaywrightRenderer:
    """Captures pages in up to `config.tabs` tabs at once."""

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
        self._pages: set[Page] = set()
        self._scratch: Path | None = None
        self._found = find_browser(config.browser_path)
        self._version = ""

    def version(self) -> str:
        """Return the browser's name and version."""
        return self._version or f"{self._found.name} {self._found.version}"

    async def start(self) -> None:
        """Start the browser and its tabs. Raises BrowserUnusableError."""
        self._scratch = Path(tempfile.mkdtemp(prefix="curbcut-"))
        self._playwright = await async_playwright().start()
        await self._living_context()
        for _ in range(self._config.tabs):
            self._slots.put_nowait(_Tab())

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
            shutil.rmtree(self._scratch, ignore_errors=True)

    async def capture(self, address: str, *, named: bool, picks: Picks) -> Capture:
        """Open, settle, check and snapshot one page; see `Renderer.capture`."""
        tab = await self._slots.get()
        try:
            page = await self._page_of(tab)
            return await asyncio.wait_for(
                self._capture(page, address, named=named, picks=picks), self._config.limits.page_s
            )
        except TimeoutError:
            await self._drop(tab)
            raise SiteError("timeout", f"not done after {self._config.limits.page_s:g} s", retry=True) from None
        except Error as error:
            await self._drop(tab)
            if tab.crashed or "crash" in error.message.lower() or not self._is_alive():
                raise SiteError("crashed", "the page crashed the browser", retry=True) from error
            raise site_error(error.message) from error
        except SiteError as error:
            if error.reason in ("timeout", "crashed", "check_failed"):
                await self._drop(tab)
            raise
        finally:
            if tab.used >= self._config.limits.navigations_per_tab:
                await self._drop(tab)
            self._slots.put_nowait(tab)

    async def _capture(self, page: Page, address: str, *, named: bool, picks: Picks) -> Capture:
        started = time.monotonic()
        response = await self._navigate(page, address)
        status = response.status if response is not None else None
        if response is not None:
            check_status(status, response.status_text, response.headers)
            check_type(response.headers.get("content-type", ""), named=named)
        raw = await self._evaluate(page)
        captured, raw = page_from(raw, address=address, status=status, limits=self._config.limits)
        if isinstance(raw.get("status"), int):
            check_status(raw["status"] or None, "", {})  # the status of where scripts sent the page
        check_type(captured.content_type, named=named)
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
        try:
            return await page.goto(address, wait_until="commit", timeout=self._config.limits.navigation_s * 1000)
        except PlaywrightTimeoutError:
            raise SiteError("timeout", f"no answer after {self._config.limits.navigation_s:g} s", retry=True) from None
        except Error as error:
            mapped = site_error(error.message)
            if isinstance(mapped, NotAPageError) or mapped.reason != "check_failed":
                raise mapped from error
            raise

    async def _evaluate(self, page: Page) -> Any:
        for attempt in range(1, CONTEXT_TRIES + 1):
            try:
                return await page.evaluate(self._script, self._options)
            except Error as error:
                if CONTEXT_LOST not in error.message:
                    raise
                if attempt == CONTEXT_TRIES:
                    raise SiteError("too_many_redirects", "the page keeps sending itself elsewhere") from error
        raise AssertionError  # pragma: no cover - the loop returns or raises

    async def _page_of(self, tab: _Tab) -> Page:
        if tab.page is None or tab.page.is_closed() or tab.crashed or not self._is_alive():
            context = await self._living_context()
            try:
                tab.open(await asyncio.wait_for(context.new_page(), LAUNCH_S))
            except (Error, TimeoutError) as error:
                raise SiteError("crashed", "the browser could not open a tab", retry=True) from error
            assert tab.page is not None  # noqa: S101
            self._pages.add(tab.page)
        tab.used += 1
        return tab.page

    async def _drop(self, tab: _Tab) -> None:
        page, tab.page, tab.used, tab.crashed = tab.page, None, 0, False
        if page is None:
            return
        self._pages.discard(page)
        try:
            await asyncio.wait_for(page.close(), self._config.limits.close_s)
        except TimeoutError:
            await self._kill_browser()  # a tab that cannot be closed takes a processor for good
        except Error:
            return  # it is gone already

    def _is_alive(self) -> bool:
        return self._browser is not None and self._browser.is_connected()

    async def _kill_browser(self) -> None:
        if self._browser is not None:
            with contextlib.suppress(Error, TimeoutError):
                await asyncio.wait_for(self._browser.close(), self._config.limits.close_s)

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
        self._pages.clear()
        self._browser = await self._playwright.chromium.launch(
            executable_path=self._found.path,
            args=list(launch_arguments(self._found)),
            chromium_sandbox="--no-sandbox" not in launch_arguments(self._found),
            downloads_path=self._scratch,
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )
        self._version = f"{self._found.name} {self._browser.version}"
        self._context = await self._browser.new_context(
            user_agent=browser_user_agent(self._browser.version, self._config.user_agent),
            viewport={"width": VIEWPORT["width"], "height": VIEWPORT["height"]},
            accept_downloads=False,
            service_workers="block",
            reduced_motion="reduce",
            timezone_id="UTC",
            ignore_https_errors=self._config.ignore_tls_errors,
            proxy={"server": self._proxy, "bypass": ",".join(sorted(self._direct))},
        )
        await self._context.add_init_script(init_script())
        for engine in self._engines:
            await self._context.add_init_script(engine.init)
        self._context.on("page", self._on_page)
        return self._context

    def _on_page(self, page: Page) -> None:
        # Our own pages announce themselves here too, but only we open pages without an opener.
        async def close_popup() -> None:
            with contextlib.suppress(Error):
                if await page.opener() is not None:
                    await page.close()

        task = asyncio.ensure_future(close_popup())
        task.add_done_callback(lambda _: None)


class _Tab(SimpleNamespace):
    """One place for a page; the page in it is replaced when it crashes or has been used long enough."""

    def __init__(self) -> None:
        super().__init__()
        self.page: Page | None = None
        self.used = 0
        self.crashed = False

    def open(self, page: Page) -> None:
        self.page, self.used, self.crashed = page, 0, False
        page.on("crash", self._on_crash)

    def _on_crash(self, page: Page) -> None:
        if page is self.page:
            self.crashed = True


def browser_user_agent(version: str, ours: str) -> str:
    """Return an honest User-Agent that sites still serve as they serve Chrome: its own text, then our name."""
    major = version.split(".", 1)[0]
    engine = f"AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36"
    return f"Mozilla/5.0 (X11; Linux x86_64) {engine} {ours}"
