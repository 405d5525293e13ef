"""How the hostile tests run a crawl: a real browser, a real ledger, a keeper that stores what it is given."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from checks.engines import axe
from checks.live import LivePage
from checks.model import EngineScript, Judgement, Page, digest
from checks.standards import profile
from crawler.config import CrawlConfig, Limits
from crawler.context import Context, DocumentFound, Evidence
from crawler.crawl import Ready, crawl, start_hosts_on_private_networks
from crawler.render.capture import Capture, CropRequest
from store.database import open_database
from store.ledger import Ledger
from store.looks import Chosen, Look, Looks
from store.results import DocumentRow, Picture, save_document, save_page, start_scan
from store.schema import page, url

PROFILE = "en301549-v3.2.1"
SHORT = Limits(
    navigation_s=5,  # a browser on a busy machine may take two to answer
    load_s=1,
    settle_s=0.6,
    timers_s=0.2,
    page_s=20,
    http_s=2,
    close_s=2,
    retry_s=0.1,
    retry_after_s=2,
    attempts=2,
    crawl_delay_s=0.1,
)


class StoringKeeper:
    """Keeps each capture as the scan would, with axe-core's findings."""

    def __init__(self, scan_id: int) -> None:
        self._scan_id = scan_id
        self.captures: dict[str, Capture] = {}

    def picks(self, page: Page) -> list[CropRequest]:
        findings = axe.normalise(page.engines.get("axe", {}), page.url).findings
        return [CropRequest(f) for f in findings][:1]

    def evidence(self, capture: Capture) -> Evidence:
        self.captures[capture.page.final_url] = capture
        result = axe.normalise(capture.page.engines.get("axe", {}), capture.page.url)
        judged = Judgement(result.findings, result.rule_outcomes, None, result.not_run)
        pictures = [Picture(c.request.finding, c.media_type, c.width, c.height, c.data) for c in capture.crops]

        def write(connection: Connection, url_id: int) -> None:
            save_page(
                connection,
                self._scan_id,
                url_id,
                capture.page,
                judged,
                content_hash=digest(capture.page.html),
                elapsed_ms=capture.elapsed_ms,
                pictures=pictures,
            )

        return write

    def choose(self, candidates: list[tuple[int, str, list[int]]]) -> list[Chosen]:
        return []

    async def look(self, live: LivePage) -> object:
        raise AssertionError("no page was chosen")

    def looked(self, taken: Look, result: object) -> Evidence:
        raise AssertionError("no page was chosen")

    def not_looked(self, taken: Look, reason: str) -> Evidence:
        raise AssertionError("no page was chosen")

    def document(self, found: DocumentFound) -> Evidence:
        def write(connection: Connection, url_id: int) -> None:
            save_document(connection, self._scan_id, url_id, DocumentRow(found.file_format, found.size_bytes))

        return write


@dataclass
class Outcome:
    """What a crawl left behind."""

    urls: dict[str, dict[str, Any]]
    pages: dict[str, dict[str, Any]]
    captures: dict[str, Capture]
    context: Context
    elapsed_s: float = 0.0
    extra: dict[str, Any] = field(default_factory=dict)

    def ends(self) -> dict[str, tuple[str, str]]:
        return {address: (row["state"], row["reason"]) for address, row in self.urls.items()}


def run_crawl(folder: Path, *starts: str, ready: Ready = lambda _context, _stop: None, **settings: Any) -> Outcome:
    """Crawl from `starts` with short limits and return the ledger as it ended."""
    database = open_database(folder / "curbcut.sqlite")
    scan_id = start_scan(database, start_urls=starts, settings={}, versions={}, profile=PROFILE, rules=[])
    keeper = StoringKeeper(scan_id)
    source = axe.source(None)
    tags = profile(PROFILE).axe_tags
    engines = (EngineScript("axe", axe.init_script(source), axe.run_script(), axe.run_options(tags)),)
    config = CrawlConfig(start_urls=starts, user_agent="CurbcutTest/1", **{"limits": SHORT, "tabs": 3, **settings})

    async def run() -> tuple[Context, float]:
        allowed = config.allow_private | await start_hosts_on_private_networks(config)
        loop = asyncio.get_running_loop()
        started = loop.time()
        context = await crawl(
            replace(config, allow_private=allowed),
            Ledger(database, scan_id),
            Looks(database, scan_id),
            keeper,
            engines=engines,
            ready=ready,
        )
        return context, loop.time() - started

    try:
        context, elapsed_s = asyncio.run(run())
        with database.connect() as connection:
            rows = [dict(row) for row in connection.execute(select(url)).mappings()]
            pages = {row["url_id"]: dict(row) for row in connection.execute(select(page)).mappings()}
    finally:
        database.dispose()
    return Outcome(
        urls={row["url"]: row for row in rows},
        pages={row["url"]: pages[row["id"]] for row in rows if row["id"] in pages},
        captures=keeper.captures,
        context=context,
        elapsed_s=elapsed_s,
    )
