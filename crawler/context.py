"""What the parts of one crawl share: its orders, its ledger, its browser, and who keeps what is found."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import Connection

from checks.live import LivePage
from checks.model import Page
from crawler.config import CrawlConfig
from crawler.guard import Guard
from crawler.render.capture import Capture, CropRequest, Renderer
from crawler.robots import Robots
from crawler.scope import Scope
from crawler.urls import kind_of, origin_of
from store.ledger import Found, Lease, Ledger
from store.looks import Chosen, Look, Looks

Evidence = Callable[[Connection, int], None]


class Keeper(Protocol):
    """Judges captures and writes what was found. Called from worker threads."""

    def picks(self, page: Page) -> list[CropRequest]:
        """Return the elements of a page that should be pictured, most wanted first."""

    def evidence(self, capture: Capture) -> Evidence:
        """Judge a capture; return what writes the page and its findings inside the ledger's transaction."""

    def document(self, found: DocumentFound) -> Evidence:
        """Judge a document; return what writes it. Called from threads of its own, as that may take a minute."""

    def choose(self, candidates: list[tuple[int, str, list[int]]]) -> list[Chosen]:
        """Choose the pages to look at more closely among (URL id, address, sketch); called when all are checked."""

    async def look(self, live: LivePage) -> object:
        """Look closely at an open page; return what `looked` takes. Called in the event loop."""

    def looked(self, taken: Look, result: object) -> Evidence:
        """Judge what a look brought; return what writes it."""

    def not_looked(self, taken: Look, reason: str) -> Evidence:
        """Return what writes that a page could not be looked at."""


@dataclass(frozen=True, slots=True)
class DocumentFound:
    """A document as its HTTP answer describes it.

    `body` is None when it was not fetched: because nobody checks its format, or for the code in `reason`.
    """

    lease: Lease
    file_format: str
    size_bytes: int | None
    body: bytes | None = None
    reason: str = ""


@dataclass
class Context:
    """One crawl in motion. The only mutable thing that the crawl's parts share."""

    config: CrawlConfig
    ledger: Ledger
    looks: Looks
    renderer: Renderer
    guard: Guard
    keeper: Keeper
    scope: Scope
    worker: ThreadPoolExecutor
    """One thread for parsing, judging and writing, so that the event loop stays free (DESIGN, decision 10)."""
    readers: ThreadPoolExecutor
    """For documents, each checked in a process of its own, so that a slow one holds up no page."""
    robots: dict[str, Robots] = field(default_factory=dict)
    """What each origin's robots.txt says, as far as it has been read."""
    notes: list[str] = field(default_factory=list)
    fatal: Exception | None = None
    stopping: threading.Event = field(default_factory=threading.Event)

    def note(self, text: str) -> None:
        """Add something the report's reader must know; each text once."""
        if text not in self.notes:
            self.notes.append(text)

    def may_open(self, address: str) -> bool:
        """Say whether a closer look may open another page of the site: the scan's rules hold for it, too."""
        if kind_of(address) != "page" or self.scope.patterns.refusal(address) == "excluded":
            return False
        return self.robots_allow(address)

    def robots_allow(self, address: str) -> bool:
        """Say whether an address may be fetched; where its host's robots.txt has not been read yet, it may not."""
        robots = self.robots.get(origin_of(address))
        return not self.config.obey_robots or (robots is not None and robots.allows(address, self.config.robots_token))

    def add(self, found: list[Found]) -> None:
        """Write newly found URLs within the ledger's bound."""
        self.ledger.add(found, at_most=self.config.limits.urls)
