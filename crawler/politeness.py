"""Asks robots.txt before a URL is fetched, and sets each host's pace. A Scrapy downloader middleware."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawler.addresses import is_loopback
from crawler.context import Context
from crawler.discover import classify
from crawler.errors import SiteError
from crawler.retry import RETRY_STATUSES, backoff_s
from crawler.robots import Robots, read
from crawler.urls import host_of, origin_of
from store.ledger import Found

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

REDIRECTS = range(300, 400)
NOT_REACHED = frozenset({"dns", "connection", "tls", "private_address"})
"""Where there is no host to talk to, an unread robots.txt is the smaller half of the truth."""


class DisallowedError(IgnoreRequest):
    """robots.txt forbids the URL; `reason` is the ledger's code."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class Politeness:
    """Keeps one answer of robots.txt a host, and one pace."""

    def __init__(self, crawler: Crawler, context: Context) -> None:
        self._crawler = crawler
        self._context = context
        self._reading: dict[str, asyncio.Task[Robots | SiteError]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Politeness:
        """Build the middleware for a crawler whose spider carries the crawl's context."""
        return cls(crawler, crawler.spider.context)  # type: ignore[union-attr]

    async def process_request(self, request: Request) -> None:
        """Let a request pass when the host's robots.txt allows it.

        Raises DisallowedError, or SiteError when the host itself could not be reached.
        """
        taken = request.meta.get("lease") or request.meta.get("look")
        if taken is None:
            return
        origin = origin_of(taken.url)
        self._set_pace(origin, None)
        if not self._context.config.obey_robots:
            return
        robots = await self._robots_of(origin)
        if isinstance(robots, SiteError):
            raise SiteError(robots.reason, robots.detail)
        if robots.unreachable:
            raise DisallowedError("robots_unreachable", robots.unreachable)
        if request.meta["kind"] != "sitemap" and not robots.allows(request.url, self._context.config.robots_token):
            raise DisallowedError("robots")

    async def _robots_of(self, origin: str) -> Robots | SiteError:
        if origin not in self._reading:
            self._reading[origin] = asyncio.ensure_future(self._read(origin))
        return await asyncio.shield(self._reading[origin])

    async def _read(self, origin: str) -> Robots | SiteError:
        limits = self._context.config.limits
        address = f"{origin}/robots.txt"
        robots = Robots(None)
        for _ in range(limits.robots_redirects + 1):
            try:
                response = await self._ask(address)
            except SiteError as error:
                if error.reason in NOT_REACHED and origin_of(address) == origin:
                    return error
                robots = Robots(None, f"{error.reason}: {error.detail}".rstrip(": "))
                break
            except IgnoreRequest as error:  # how Scrapy says that unpacking it passed the limit on bytes
                robots = Robots(None, f"too_large: {error}"[:200])
                break
            except ValueError:
                break  # a redirect to what is no address leads nowhere: as good as missing
            if response.status in REDIRECTS and (location := _location(response)):
                address = _joined(address, location)
                continue
            robots = read(response.status, response.body, max_bytes=limits.robots_bytes)
            break
        self._set_pace(origin, robots.crawl_delay(self._context.config.robots_token))
        self._add_sitemaps(origin, robots)
        self._context.robots[origin] = robots
        return robots

    async def _ask(self, address: str) -> Response:
        """Fetch with as many tries as a page gets: one bad moment must not close a whole site."""
        limits = self._context.config.limits
        for attempt in range(1, limits.attempts):
            if self._context.stopping.is_set():
                break
            try:
                response = await self._fetch(address)
            except SiteError as error:
                if not error.retry:
                    raise
            else:
                if response.status not in RETRY_STATUSES:
                    return response
            await asyncio.sleep(backoff_s(attempt, limits.retry_s))
        return await self._fetch(address)

    async def _fetch(self, address: str) -> Response:
        if not address.startswith(("http://", "https://")):
            raise SiteError("bad_scheme", address[:100])
        meta = {"kind": "robots", "download_slot": f"robots {origin_of(address)}"}
        assert self._crawler.engine is not None  # noqa: S101
        return await self._crawler.engine.download_async(Request(address, meta=meta, dont_filter=True))

    def _set_pace(self, origin: str, crawl_delay_s: float | None) -> None:
        assert self._crawler.engine is not None  # noqa: S101
        downloader = self._crawler.engine.downloader
        config = self._context.config
        if crawl_delay_s is None:
            if origin in downloader.per_slot_settings:
                return
            own_machine = is_loopback(host_of(origin))
            concurrency = config.tabs if own_machine else config.concurrency_per_host
            delay = 0.0 if own_machine else config.delay_s
        else:
            concurrency, delay = 1, max(config.delay_s, min(crawl_delay_s, config.limits.crawl_delay_s))
            if crawl_delay_s > config.limits.crawl_delay_s:
                self._context.note(
                    f"{origin} asks for {crawl_delay_s:g} s between requests (Crawl-delay). "
                    f"Curbcut waited {config.limits.crawl_delay_s:g} s."
                )
        downloader.per_slot_settings[origin] = {"concurrency": concurrency, "delay": delay}
        if slot := downloader.slots.get(origin):
            slot.concurrency, slot.delay = concurrency, delay

    def _add_sitemaps(self, origin: str, robots: Robots) -> None:
        if not (self._context.config.discovers and self._context.config.use_sitemaps):
            return
        rows = []
        for address in robots.sitemaps():
            row = classify(
                self._context, urljoin(origin, address), source="sitemap", depth=0, found_on=f"{origin}/robots.txt"
            )
            if row.reason in ("", "other_media"):
                rows.append(Found(row.url, "sitemap", "sitemap", 0, row.found_on, row.address))
        self._context.add(rows)


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        return ""


def _location(response: Response) -> str:
    value = response.headers.get("Location")
    return value.decode("latin-1") if isinstance(value, bytes) else ""
