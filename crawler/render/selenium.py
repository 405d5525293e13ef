"""Renders with Selenium, on this machine or a Grid; axe-core is installed by axe-selenium-python.

Slower than Playwright (DESIGN, decision 3) and without closer looks; for places that already run a Grid.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import Any

import psutil
from axe_selenium_python import Axe
from selenium import webdriver
from selenium.common.exceptions import NoSuchFrameException, TimeoutException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from checks.live import LivePage
from checks.model import EngineScript
from crawler.browsers import Browser, ChromeDriver, find_selenium_pair, launch_arguments
from crawler.config import CrawlConfig
from crawler.errors import BrowserUnusableError, SiteError
from crawler.guard import bypass_rules
from crawler.render import selenium_crop
from crawler.render.blocked import check_not_blocked
from crawler.render.capture import (
    Capture,
    Picks,
    T,
    check_status,
    check_type,
    links_from,
    page_from,
    site_error,
)
from crawler.render.playwright import VIEWPORT, browser_user_agent
from crawler.render.script import BLANK, ERROR_PAGE, page_options, page_script
from crawler.scratch import Scratch
from crawler.urls import stays_in_document

ENDED_S = 5.0
"""How long a browser that was told to end may take before it is killed."""

FRAME_DEPTH = 4
FRAMES = 50
UNMARK_FRAMES = 'for (const f of document.querySelectorAll("[cd_frame_id_]")) f.removeAttribute("cd_frame_id_");'
"""ChromeDriver marks each frame it has been in with an attribute that is not the page's."""

RUN = """const [options, done] = arguments;
Promise.resolve((SCRIPT)(options)).then(done, (error) => done({ failed: String(error) }));"""


class SeleniumRenderer:
    """Captures pages with up to `config.tabs` WebDriver sessions, each used by one thread at a time."""

    can_look = False  # keys and pixels of a live page are asked of Playwright's browser alone

    def __init__(
        self, config: CrawlConfig, engines: tuple[EngineScript, ...], proxy: str, direct: frozenset[str]
    ) -> None:
        self._config = config
        self._engines = engines
        self._proxy = proxy
        self._direct = direct
        self._run = RUN.replace("SCRIPT", page_script(engines))
        self._options = page_options(engines, config.limits)
        self._slots: asyncio.Queue[WebDriver | None] = asyncio.Queue()
        self._found: Browser | None = None
        self._driver: ChromeDriver | None = None
        if not config.selenium_url:
            self._found, self._driver = find_selenium_pair(config.browser_path)
        self._version = ""
        self._scratch = Scratch()
        self._libraries = [self._write_library(e) for e in engines]

    def version(self) -> str:
        """Return the browser's name and version."""
        return self._version

    def _write_library(self, engine: EngineScript) -> str:
        path = self._scratch.path / f"{engine.name}.js"
        path.write_text(engine.init, encoding="utf-8")
        return str(path)

    async def start(self) -> None:
        """Start the first session. Raises BrowserUnusableError."""
        self._slots.put_nowait(await asyncio.to_thread(self._new_driver))
        for _ in range(self._config.tabs - 1):
            self._slots.put_nowait(None)

    async def look(
        self, address: str, visit: Callable[[LivePage], Awaitable[T]], *, may_open: Callable[[str], bool]
    ) -> T:
        """Raise SiteError: see `can_look`."""
        raise SiteError("check_failed", "closer looks need --driver playwright")

    async def close(self) -> None:
        """End every session."""
        while not self._slots.empty():
            driver = self._slots.get_nowait()
            if driver is not None:
                await asyncio.to_thread(_quit, driver)
        self._scratch.remove()

    async def capture(self, address: str, *, named: bool, picks: Picks) -> Capture:
        """Open, settle, check and snapshot one page; see `Renderer.capture`."""
        driver = await self._slots.get()
        try:
            if driver is None:
                driver = await asyncio.to_thread(self._new_driver)
            return await asyncio.wait_for(
                asyncio.to_thread(self._capture, driver, address, named, picks), self._config.limits.page_s
            )
        except TimeoutError:
            await self._dropped(driver)
            driver = None
            raise SiteError("timeout", f"not done after {self._config.limits.page_s:g} s", retry=True) from None
        except TimeoutException as error:
            await self._dropped(driver)
            driver = None
            raise SiteError("timeout", "the page did not answer in time", retry=True) from error
        except WebDriverException as error:
            await self._dropped(driver)
            driver = None
            message = error.msg or ""
            if "crash" in message or "disconnected" in message or "invalid session" in message:
                raise SiteError("crashed", "the page crashed the browser", retry=True) from error
            raise site_error(message) from error
        finally:
            self._slots.put_nowait(driver)

    async def _dropped(self, driver: WebDriver | None) -> None:
        if driver is not None:
            await asyncio.to_thread(_quit, driver)

    def _capture(self, driver: WebDriver, address: str, named: bool, picks: Picks) -> Capture:
        started = time.monotonic()
        if stays_in_document(driver.current_url, address):
            driver.get(BLANK)
        driver.get(address)
        for library in self._libraries:
            _inject(driver, library)
        raw: Any = driver.execute_async_script(self._run, self._options)
        if isinstance(raw, dict) and "failed" in raw:
            raise SiteError("check_failed", str(raw["failed"])[:200], retry=True)
        status = raw.get("status") if isinstance(raw, dict) else None
        status = status if isinstance(status, int) and status else None
        try:
            page, raw = page_from(raw, address=address, status=status, limits=self._config.limits)
        except SiteError as error:
            if error.final_url.startswith(ERROR_PAGE):
                error.final_url = driver.current_url  # of what could not be opened
            raise
        check_status(status, "", {}, final_url=page.final_url)
        check_type(page.content_type, named=named)
        check_not_blocked(page.html, raw.get("scripts"))
        crops = [selenium_crop.take(driver, r) for r in picks(page)[: self._config.limits.crops_per_page]]
        return Capture(
            page=page,
            links=links_from(raw, self._config.limits),
            canonical=raw["canonical"] if isinstance(raw.get("canonical"), str) else "",
            crops=tuple(c for c in crops if c is not None),
            elapsed_ms=int((time.monotonic() - started) * 1000),
        )

    def _new_driver(self) -> WebDriver:
        options = webdriver.ChromeOptions()
        options.page_load_strategy = "eager"
        arguments = ["--headless", f"--window-size={VIEWPORT['width']},{VIEWPORT['height']}"]
        if not self._config.selenium_url:  # the guard listens on this machine; a Grid has its own network rules
            arguments += [
                f"--proxy-server={self._proxy}",
                f"--proxy-bypass-list={';'.join(bypass_rules(self._direct))}",
            ]
        if self._found is not None:
            options.binary_location = str(self._found.path)
            arguments += launch_arguments(self._found)
            arguments.append(f"--user-agent={browser_user_agent(self._found.version, self._config.user_agent)}")
        for argument in arguments:
            options.add_argument(argument)
        options.accept_insecure_certs = self._config.ignore_tls_errors
        options.unhandled_prompt_behavior = "dismiss"
        try:
            if self._config.selenium_url:
                driver: WebDriver = webdriver.Remote(command_executor=self._config.selenium_url, options=options)
            else:
                assert self._driver is not None  # noqa: S101 - found together with the browser
                service = Service(str(self._driver.path), env=self._scratch.environment())  # sessions start in threads
                driver = webdriver.Chrome(options=options, service=service)
        except WebDriverException as error:
            where = self._config.selenium_url or "this machine"
            raise BrowserUnusableError(
                f"Selenium cannot start a browser on {where} ({_first_line(error)}). Run: curbcut doctor"
            ) from error
        driver.set_page_load_timeout(self._config.limits.navigation_s)
        driver.set_script_timeout(self._config.limits.page_s)
        self._version = f"{driver.capabilities['browserName']} {driver.capabilities['browserVersion']} (Selenium)"
        return driver


def _inject(driver: WebDriver, library: str, depth: int = 0) -> None:
    """Install axe in this frame and those within: axe-selenium-python does the top document only."""
    Axe(driver, script_url=library).inject()
    if depth >= FRAME_DEPTH:
        return
    for frame in driver.find_elements(By.CSS_SELECTOR, "iframe, frame")[:FRAMES]:
        try:
            driver.switch_to.frame(frame)
        except (NoSuchFrameException, WebDriverException):
            continue
        try:
            _inject(driver, library, depth + 1)
        finally:
            driver.switch_to.parent_frame()
    driver.execute_script(UNMARK_FRAMES)


def _first_line(error: WebDriverException) -> str:
    return next(iter((error.msg or "no answer").splitlines()), "no answer")


def _quit(driver: WebDriver) -> None:
    family = _family(driver)
    with contextlib.suppress(Exception):  # a dead session cannot be ended twice
        driver.quit()
    _, alive = psutil.wait_procs(family, timeout=ENDED_S)
    for process in alive:
        with contextlib.suppress(psutil.Error):
            process.kill()


def _family(driver: WebDriver) -> list[psutil.Process]:
    """Return the processes of a browser on this machine.

    Where the browser is started by a script, as Debian's is, ChromeDriver ends no more than that script when the
    browser is slow to end by itself.
    """
    service = getattr(driver, "service", None)
    if service is None or service.process is None:
        return []
    with contextlib.suppress(psutil.Error):
        return psutil.Process(service.process.pid).children(recursive=True)
    return []
