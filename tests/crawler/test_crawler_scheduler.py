"""The scheduler on a real ledger: limits on pages and minutes, and nothing handed out twice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request

from crawler import scheduler as module
from crawler.config import CrawlConfig
from crawler.scheduler import LedgerScheduler
from store.database import open_database
from store.ledger import Found, Lease, Ledger, Verdict
from store.results import start_scan
from store.schema import State


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    engine = open_database(tmp_path / "x.sqlite")
    scan_id = start_scan(engine, start_urls=[], settings={}, versions={}, profile="", rules=[])
    yield Ledger(engine, scan_id)
    engine.dispose()


def scheduler(ledger: Ledger, **settings: Any) -> LedgerScheduler:
    config = CrawlConfig(start_urls=("http://h/",), user_agent="x", **settings)
    stopping = SimpleNamespace(is_set=lambda: False)
    renderer = SimpleNamespace(can_look=False)
    context = SimpleNamespace(config=config, ledger=ledger, stopping=stopping, fatal=None, renderer=renderer)
    return LedgerScheduler(SimpleNamespace(context=context, parse=_nothing, on_error=_nothing))


async def _nothing(_answer: Any) -> None:
    return


def add(ledger: Ledger, *names: str, kind: str = "page") -> None:
    ledger.add([Found(f"http://h/{name}", kind, "link") for name in names])


def take(made: LedgerScheduler) -> list[Lease]:
    leases = []
    while request := made.next_request():
        leases.append(request.meta["lease"])
    return leases


def test_every_url_is_handed_out_once(ledger: Ledger) -> None:
    add(ledger, *map(str, range(20)))
    made = scheduler(ledger, tabs=3)
    leases = take(made)
    assert sorted(lease.url for lease in leases) == sorted(f"http://h/{n}" for n in range(20))
    assert made.has_pending_requests()
    for lease in leases:
        ledger.finish(lease, Verdict(State.CHECKED))
        made.done(lease, checked=True)
    assert not made.has_pending_requests()


def test_pages_stop_at_the_limit_and_documents_go_on(ledger: Ledger) -> None:
    add(ledger, "a", "b", "c", "d")
    add(ledger, "x.pdf", "y.pdf", kind="document")
    made = scheduler(ledger, max_pages=2)
    leases = take(made)
    assert sum(lease.kind == "page" for lease in leases) == 2
    for lease in leases:
        is_page = lease.kind == "page"
        ledger.finish(lease, Verdict(State.CHECKED if is_page else State.NOT_A_PAGE))
        made.done(lease, checked=is_page)
    rest = take(made)
    assert {lease.kind for lease in [*leases, *rest]} == {"page", "document"}
    assert not any(lease.kind == "page" for lease in rest)
    assert ledger.counts()[State.OVER_LIMIT] == 2


def test_a_page_that_failed_makes_room_for_another(ledger: Ledger) -> None:
    add(ledger, "a", "b")
    made = scheduler(ledger, max_pages=1)
    (first,) = take(made)
    ledger.finish(first, Verdict(State.FAILED, "timeout"))
    made.done(first, checked=False)
    assert [lease.url for lease in take(made)] == ["http://h/b"]


def test_time_is_up_for_links_found_later_too(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    add(ledger, *map(str, range(10)))
    made = scheduler(ledger, max_minutes=1, tabs=1)
    request = made.next_request()
    assert request is not None
    clock.now += 61
    assert made.next_request() is None
    assert ledger.counts()[State.OVER_LIMIT] == 9
    ledger.finish(request.meta["lease"], Verdict(State.CHECKED), found=[Found("http://h/late", "page", "link")])
    made.done(request.meta["lease"], checked=True)
    assert not made.has_pending_requests()
    assert made.next_request() is None
    assert ledger.counts().by_state == {State.CHECKED: 1, State.OVER_LIMIT: 10}


def test_what_was_never_handed_out_is_given_back(ledger: Ledger) -> None:
    add(ledger, "a", "b", "c")
    made = scheduler(ledger, tabs=2)
    assert made.next_request() is not None
    made.close("finished")
    assert ledger.counts().by_state == {State.LEASED: 1, State.PENDING: 2}
    assert {lease.attempts for lease in ledger.lease(5)} == {1}


async def test_a_retry_is_asked_for_when_it_is_due(ledger: Ledger) -> None:
    """Not at Scrapy's next heartbeat, up to five seconds later."""
    add(ledger, "a")
    made = scheduler(ledger)
    (lease,) = take(made)
    due = time.time() + 0.1
    ledger.release(lease, not_before=due)
    made.done(lease, checked=False)
    asked: asyncio.Queue[Request] = asyncio.Queue()
    made._spider.crawler = SimpleNamespace(engine=SimpleNamespace(crawl=asked.put_nowait))
    assert made.next_request() is None
    assert made.next_request() is None
    wake = await asyncio.wait_for(asked.get(), 3)
    assert time.time() >= due
    assert asked.empty(), "one alarm, however often it was asked"
    assert made.enqueue_request(wake)
    assert [taken.id for taken in take(made)] == [lease.id]


async def test_what_is_due_and_waits_for_a_place_sets_no_alarm(ledger: Ledger) -> None:
    add(ledger, "a", "b")
    made = scheduler(ledger, max_pages=1)
    assert len(take(made)) == 1
    assert made._alarm is None


def test_urls_come_in_through_the_ledger_alone(ledger: Ledger) -> None:
    with pytest.raises(NotImplementedError):
        scheduler(ledger).enqueue_request(Request("http://h/"))
