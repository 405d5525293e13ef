"""Scrapy's scheduler on the ledger: what is pending is what the database says, so nothing is lost by a crash."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from sqlalchemy.exc import OperationalError

from crawler.context import Context
from crawler.urls import origin_of
from store.ledger import Lease
from store.looks import Look
from store.schema import State

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

NOT_PAGES = ("document", "sitemap")
LOOK = "look"
WAKE = "wake"
"""A request of this kind is none: handing it to the engine makes it ask for the next one."""


class LedgerScheduler(BaseScheduler):
    """Hands out leased URLs as requests, within the limits on pages and minutes."""

    def __init__(self, spider: Any) -> None:
        context: Context = spider.context
        self._spider = spider
        self._context = context
        self._ledger = context.ledger
        self._buffer: list[Lease] = []
        self._in_work: dict[int, str] = {}  # URL id -> kind
        self._looks_planned = False
        self._alarm: asyncio.TimerHandle | None = None
        counts = self._ledger.counts()
        self._checked = counts[State.CHECKED]
        minutes = context.config.max_minutes
        self._deadline = time.monotonic() + minutes * 60 if minutes else None
        self._expired = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LedgerScheduler:
        """Build the scheduler for a crawler whose spider carries the crawl's context."""
        return cls(crawler.spider)

    def enqueue_request(self, request: Request) -> bool:
        """Refuse: URLs come in through the ledger, never through the engine. See `WAKE`."""
        if request.meta.get("kind") == WAKE:
            return True
        raise NotImplementedError(f"URLs enter through the ledger: {request.url}")

    def has_pending_requests(self) -> bool:
        """Say whether anything is left to do, now or later."""
        if self._context.fatal is not None:
            return bool(self._in_work)
        if self._buffer or self._in_work:
            return True
        try:
            self._apply_limits()
            return self._ledger.next_due() is not None or self._looks_left()
        except Exception as error:  # noqa: BLE001  whatever it is: raised to Scrapy, it leaves the scan waiting for ever
            self._fail(error)
            return False

    def next_request(self) -> Request | None:
        """Return the next URL that is due as a request, or None."""
        if self._context.stopping.is_set():
            return None
        asked_at = time.time()
        try:
            lease = self._next_lease()
            look = self._next_look() if lease is None else None
            if lease is None and look is None:
                self._wake_when_due(asked_at)
        except Exception as error:  # noqa: BLE001  the same
            self._fail(error)
            return None
        if look is not None:
            return self._look_request(look)
        if lease is None:
            return None
        self._in_work[lease.id] = lease.kind
        meta: dict[str, Any] = {"lease": lease, "kind": lease.kind, "download_slot": origin_of(lease.url)}
        spider = self._spider
        return Request(lease.address, callback=spider.parse, errback=spider.on_error, meta=meta, dont_filter=True)

    def done(self, lease: Lease, *, checked: bool) -> None:
        """Note that a lease has ended; `checked` when it brought one more checked page."""
        self._in_work.pop(lease.id, None)
        self._checked += checked

    def look_done(self, look: Look) -> None:
        """Note that a closer look has ended."""
        self._in_work.pop(look.id, None)

    def close(self, reason: str) -> None:
        """Give back what was leased and never handed out."""
        if self._alarm is not None:
            self._alarm.cancel()
        with suppress(OperationalError):  # then a resume takes the leases back
            for lease in self._buffer:
                self._ledger.release(lease, give_back=True)
        self._buffer.clear()

    def _fail(self, error: Exception) -> None:
        """Let the crawl end: the ledger cannot be written, or we are at fault ourselves."""
        self._context.fatal = self._context.fatal or error
        self._context.stopping.set()

    def _wake_when_due(self, asked_at: float) -> None:
        """Let the engine ask again when the next retry is due; by itself it asks every five seconds."""
        due = self._ledger.next_due()
        if due is None or due <= asked_at:
            return  # what is due and was not handed out waits for something else
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = asyncio.get_running_loop().call_later(max(0.0, due - time.time()), self._wake)

    def _wake(self) -> None:
        if engine := self._spider.crawler.engine:
            engine.crawl(Request("data:,", meta={"kind": WAKE}))

    def _next_lease(self) -> Lease | None:
        self._apply_limits()
        if not self._buffer:
            kinds = NOT_PAGES if self._pages_full() else None
            self._buffer = self._ledger.lease(self._batch(), kinds=kinds)
        return self._buffer.pop(0) if self._buffer else None

    def _looks_left(self) -> bool:
        """Say whether pages are to be looked at more closely; choose them once all pages are checked."""
        if not (self._context.renderer.can_look and self._context.config.looks):
            return False
        if not self._looks_planned:
            self._looks_planned = True
            if self._expired:
                self._context.note("The time was up before any page could be looked at more closely.")
            else:
                self._context.looks.plan(self._context.keeper.choose(self._context.looks.candidates()))
        return not self._expired and self._context.looks.waiting() > 0

    def _next_look(self) -> Look | None:
        if any(kind != LOOK for kind in self._in_work.values()) or self._ledger.next_due() is not None:
            return None  # which pages are chosen must not depend on who is first
        return self._context.looks.lease() if self._looks_left() else None

    def _look_request(self, look: Look) -> Request:
        self._in_work[look.id] = LOOK
        meta: dict[str, Any] = {"look": look, "kind": LOOK, "download_slot": origin_of(look.url)}
        spider = self._spider
        return Request(
            look.address, callback=spider.parse_look, errback=spider.on_look_error, meta=meta, dont_filter=True
        )

    def _batch(self) -> int:
        batch = self._context.config.tabs * 2
        limit = self._context.config.max_pages
        if limit is None or self._pages_full():
            return batch
        return max(1, min(batch, limit - self._checked - self._pages_in_work()))

    def _pages_in_work(self) -> int:
        return sum(kind == "page" for kind in self._in_work.values())

    def _pages_full(self) -> bool:
        limit = self._context.config.max_pages
        return limit is not None and self._checked + self._pages_in_work() >= limit

    def _apply_limits(self) -> None:
        if self._deadline is not None and time.monotonic() > self._deadline:
            self._deadline, self._expired = None, True
            self.close("max_minutes")
        if self._expired:  # again and again: pages in work still bring links and retries
            self._ledger.close_pending("max_minutes")
        limit = self._context.config.max_pages
        if limit is not None and self._checked >= limit and not self._pages_in_work():
            self._ledger.close_pending("max_pages", kinds=["page"])
