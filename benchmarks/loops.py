"""The loops Curbcut is measured against: plain Playwright programs, as a capable person would write them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Browser, Page, async_playwright

from benchmarks.processor import counted
from checks.engines import axe
from checks.standards import profile
from crawler.browsers import find_browser, launch_arguments

RUN_COMPACT = """async (tags) => {
  const results = await axe.run(document, { runOnly: tags, resultTypes: ["violations", "incomplete"] });
  return { violations: results.violations, incomplete: results.incomplete };
}"""
RUN_ALL = "() => axe.run()"


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a loop went, browser start left out; and the processor time it used, browser start included."""

    name: str
    pages: int
    seconds: float
    processor_s: float

    @property
    def pages_per_s(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds

    @property
    def processor_ms(self) -> float:
        """Processor time a page, in milliseconds."""
        return 1000 * self.processor_s / self.pages

    def plus(self, other: Pace) -> Pace:
        """Return both runs of one loop as one."""
        return Pace(
            self.name, self.pages + other.pages, self.seconds + other.seconds, self.processor_s + other.processor_s
        )


Visit = Callable[[Page, str], Awaitable[object]]


async def bare(urls: list[str], tabs: int) -> Pace:
    """(a) Navigation only, in reused pages."""

    async def visit(page: Page, url: str) -> None:
        await page.goto(url, wait_until="load")

    return await _reused("bare navigation", urls, tabs, visit)


async def plain(urls: list[str], tabs: int) -> Pace:
    """(b) Navigate and run axe's rules for the default profile, in reused pages; failures and questions kept."""
    source, tags = axe.source(None), list(profile("en301549-v3.2.1").axe_tags)

    async def visit(page: Page, url: str) -> object:
        await page.goto(url, wait_until="load")
        await page.evaluate(source)
        return await page.evaluate(RUN_COMPACT, tags)

    return await _reused("navigate + axe", urls, tabs, visit)


async def naive(urls: list[str], tabs: int) -> Pace:
    """(c) A new context for each page, `networkidle`, all rules, the whole result."""
    source = axe.source(None)

    async def work(browser: Browser, queue: list[str]) -> None:
        while queue:
            url = queue.pop(0)
            context = await browser.new_context()
            page = await context.new_page()
            await page.goto(url, wait_until="networkidle")
            await page.evaluate(source)
            await page.evaluate(RUN_ALL)
            await context.close()

    return await _timed("naive loop", urls, tabs, work)


async def _reused(name: str, urls: list[str], tabs: int, visit: Visit) -> Pace:
    async def work(browser: Browser, queue: list[str]) -> None:
        context = browser.contexts[0] if browser.contexts else await browser.new_context()
        page = await context.new_page()
        while queue:
            await visit(page, queue.pop(0))

    return await _timed(name, urls, tabs, work)


async def _timed(name: str, urls: list[str], tabs: int, work: Callable[[Browser, list[str]], Awaitable[None]]) -> Pace:
    found = find_browser(None)
    with counted() as processor:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=found.path,
                args=list(launch_arguments(found)),
                chromium_sandbox="--no-sandbox" not in launch_arguments(found),
            )
            await browser.new_context()
            queue = list(urls)
            started = time.perf_counter()
            await asyncio.gather(*(work(browser, queue) for _ in range(tabs)))
            seconds = time.perf_counter() - started
            await browser.close()
    return Pace(name, len(urls), seconds, processor.seconds)
