"""Crawls a site in two parts: its first pages, by which it is estimated, and then the pages chosen (`scan.size`).

The choice is in the database together with the queue, so a scan that is killed goes on with the same pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Engine

from crawler.config import CrawlConfig
from crawler.context import Context
from scan.size import FIRST_PAGES, choose, estimate
from store.choices import known_pages, read_choices, write_choices
from store.ledger import Ledger
from store.schema import State

MOST_ROUNDS = 4
"""Choosing, and then replacing pages that could not be checked; a site whose pages all fail is given up."""


def crawl_by_size(
    config: CrawlConfig,
    ledger: Ledger,
    engine: Engine,
    scan_id: int,
    crawl: Callable[[CrawlConfig], Context | None],
) -> Context | None:
    """Crawl; return the last part's context, None when it was interrupted before the browser ran."""
    first = replace(config, max_pages=min(FIRST_PAGES, config.max_pages or FIRST_PAGES), looks=False)
    chosen_only = replace(config, max_pages=None, discover=False)
    if not read_choices(engine, scan_id):
        context = crawl(first)
        if context is None or context.fatal is not None or _unfinished(ledger):
            return context
        known = known_pages(engine, scan_id)
        chosen = choose(known, [], at_most=config.max_pages)
        write_choices(engine, scan_id, chosen, note=estimate(known).sentence)
        if not _unfinished(ledger) and not config.looks:
            return context
    for _ in range(MOST_ROUNDS):
        context = crawl(chosen_only)
        if context is None or context.fatal is not None or _unfinished(ledger):
            return context
        write_choices(engine, scan_id, choose(known_pages(engine, scan_id), read_choices(engine, scan_id)))
        if not _unfinished(ledger):
            break
    return context


def _unfinished(ledger: Ledger) -> bool:
    counts = ledger.counts()
    return bool(counts[State.PENDING] or counts[State.LEASED])
