"""A browser with one tab, for what opens pages without a crawl."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from checks.model import EngineScript
from crawler.config import CrawlConfig
from crawler.guard import Guard
from crawler.render.playwright import PlaywrightRenderer


@asynccontextmanager
async def one_tab(config: CrawlConfig, engines: tuple[EngineScript, ...] = ()) -> AsyncIterator[PlaywrightRenderer]:
    """Give a browser that keeps to public hosts and those of `config.allow_private`. Raises BrowserUnusableError."""
    async with Guard(config.allow_private) as guard:
        renderer = PlaywrightRenderer(replace(config, tabs=1), engines, guard.url, config.allow_private)
        try:
            await renderer.start()
            yield renderer
        finally:
            await renderer.close()
