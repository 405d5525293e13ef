"""Runs one crawl to its end: starts guard and browser, runs Scrapy on the ledger, says how it ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from checks.model import EngineScript
from crawler.addresses import private_hosts
from crawler.config import CrawlConfig
from crawler.context import Context, Keeper
from crawler.guard import Guard
from crawler.render.capture import Renderer
from crawler.scope import Scope
from crawler.spider import SiteSpider
from crawler.urls import host_of, kind_of, origin_of
from store.ledger import Found, Ledger
from store.looks import Looks

READERS = 2
"""Documents checked at once. They share the processors with the pages, so few."""

Ready = Callable[[Context, Callable[[], None]], None]
"""Told once the browser runs: the context, and what to call to stop the crawl after the pages in work."""


def scrapy_settings(config: CrawlConfig) -> Settings:
    """Return Scrapy's settings for a crawl; what is dangerous by default is off (DESIGN, decision 8)."""
    limits = config.limits
    handler = "crawler.handler.RenderingHandler"
    values: dict[str, Any] = {
        "TWISTED_REACTOR_ENABLED": False,
        "SCHEDULER": "crawler.scheduler.LedgerScheduler",
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler, "file": None, "data": None, "ftp": None, "s3": None},
        "DOWNLOADER_MIDDLEWARES_BASE": {
            "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
        },
        "DOWNLOADER_MIDDLEWARES": {"crawler.politeness.Politeness": 100},
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {},
        "ITEM_PIPELINES": {},
        "CONCURRENT_REQUESTS": config.tabs + 2,  # two more, so that a file never waits for a tab
        "CONCURRENT_REQUESTS_PER_DOMAIN": config.concurrency_per_host,
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_DELAY_JITTER": 0,
        "DOWNLOAD_TIMEOUT": limits.http_s,
        "DOWNLOAD_MAXSIZE": limits.sitemap_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": not config.ignore_tls_errors,
        "URLLENGTH_LIMIT": 0,
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "COOKIES_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "REDIRECT_ENABLED": False,
        "RETRY_ENABLED": False,
        "USER_AGENT": config.user_agent,
        "LOG_ENABLED": False,
    }
    return Settings(values)


def renderer_for(
    config: CrawlConfig, engines: tuple[EngineScript, ...], *, proxy: str, direct: frozenset[str]
) -> Renderer:
    """Return the renderer the configuration names; each is imported only when it is used."""
    if config.driver == "selenium":
        from crawler.render.selenium import SeleniumRenderer  # noqa: PLC0415

        return SeleniumRenderer(config, engines, proxy, direct)
    from crawler.render.playwright import PlaywrightRenderer  # noqa: PLC0415

    return PlaywrightRenderer(config, engines, proxy, direct)


async def start_hosts_on_private_networks(config: CrawlConfig) -> frozenset[str]:
    """Return the start URLs' hosts that are on private networks: naming them as start allows them."""
    return await private_hosts({host_of(u) for u in config.start_urls})


async def crawl(
    config: CrawlConfig,
    ledger: Ledger,
    looks: Looks,
    keeper: Keeper,
    *,
    engines: tuple[EngineScript, ...],
    ready: Ready,
) -> Context:
    """Crawl until the ledger holds nothing more to do, a limit is met or somebody stops it; return the context.

    `config.allow_private` must hold the start hosts on private networks already. Raises BrowserUnusableError when no
    browser starts; what goes fatally wrong later is in the context's `fatal`.
    """
    async with Guard(config.allow_private) as guard:
        renderer = renderer_for(config, engines, proxy=guard.url, direct=config.allow_private)
        worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="judge")
        readers = ThreadPoolExecutor(max_workers=READERS, thread_name_prefix="document")
        context = Context(config, ledger, looks, renderer, guard, keeper, Scope.of(config), worker, readers)
        try:
            await renderer.start()
            ledger.reclaim()
            looks.reclaim()
            context.add(_starts(config))
            await _run(context, ready)
        finally:
            await renderer.close()
            readers.shutdown()
            worker.shutdown()
    if ledger.dropped:
        context.note(f"The site names more than {config.limits.urls} addresses; {ledger.dropped} were not kept.")
    return context


async def _run(context: Context, ready: Ready) -> None:
    # Scrapy calls its aiohttp handler experimental at every start; it is our choice (it needs no Twisted reactor).
    logging.getLogger("scrapy.core.downloader.handlers._base_streaming").setLevel(logging.ERROR)
    runner = AsyncCrawlerRunner(scrapy_settings(context.config))
    crawler = runner.create_crawler(SiteSpider)
    stops: set[asyncio.Task[None]] = set()

    def stop() -> None:
        context.stopping.set()
        stops.add(asyncio.ensure_future(crawler.stop_async()))

    ready(context, stop)
    await runner.crawl(crawler, context=context)
    await asyncio.gather(*stops, return_exceptions=True)


def _starts(config: CrawlConfig) -> list[Found]:
    rows = [
        Found(u, "document" if kind_of(u) == "document" else "page", "start", address=a)
        for u, a in zip(config.start_urls, config.start_addresses or config.start_urls, strict=True)
    ]
    if config.discovers and config.use_sitemaps:
        origins = dict.fromkeys(origin_of(u) for u in config.start_urls)
        rows += [Found(f"{origin}/sitemap.xml", "sitemap", "start") for origin in origins]
    return rows
