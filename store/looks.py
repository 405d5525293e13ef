"""The pages that are looked at more closely after the crawl: which, and how far that is.

`pending -> leased -> checked or failed`, as in the ledger: a page's closer look and its findings are one transaction.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, select, update

from store.database import insert_unless_known
from store.schema import look, page, url

PENDING, LEASED, CHECKED, FAILED = "pending", "leased", "checked", "failed"

SHARE_OF_PAGES = 0.07
LEAST_PAGES = 10
"""At most this share of a site's pages is looked at by default, but at least these: the browser is the cost, and a
whole scan may take 1.6 times as long as axe-core alone (`make bench` prints it)."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A page to look at, and why it was chosen in plain words."""

    url_id: int
    why: str


@dataclass(frozen=True, slots=True)
class Look:
    """One page handed out. `url` and `address` as in the ledger's `Lease`."""

    id: int
    url: str
    address: str
    attempts: int


class Looks:
    """One scan's closer looks. Used from the event loop and from the worker thread; one lock keeps writers apart."""

    def __init__(self, engine: Engine, scan_id: int) -> None:
        self._engine = engine
        self._scan_id = scan_id
        self._lock = threading.Lock()

    def plan(self, chosen: Iterable[Chosen]) -> None:
        """Add pages that are not planned yet."""
        rows = [
            {"url_id": c.url_id, "scan_id": self._scan_id, "state": PENDING, "why": c.why, "detail": ""} for c in chosen
        ]
        if rows:
            with self._lock, self._engine.begin() as connection:
                connection.execute(insert_unless_known(connection, look), rows)

    def reclaim(self) -> None:
        """Hand back what an earlier run that died had in work."""
        with self._lock, self._engine.begin() as connection:
            connection.execute(
                update(look)
                .where(look.c.scan_id == self._scan_id, look.c.state == LEASED)
                .values(state=PENDING, attempts=look.c.attempts - 1)
            )

    def lease(self) -> Look | None:
        """Take the next page, or return None when none is left."""
        query = (
            select(url.c.id, url.c.url, url.c.address, look.c.attempts)
            .join(url, url.c.id == look.c.url_id)
            .where(look.c.scan_id == self._scan_id, look.c.state == PENDING)
            .order_by(url.c.id)
            .limit(1)
        )
        with self._lock, self._engine.begin() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            connection.execute(
                update(look).where(look.c.url_id == row.id).values(state=LEASED, attempts=look.c.attempts + 1)
            )
        return Look(row.id, row.url, row.address or row.url, row.attempts + 1)

    def finish(self, taken: Look, elapsed_ms: int, evidence: Callable[[Connection, int], None]) -> None:
        """Write that a look is done together with what it brought: `evidence` writes for the URL id it is given."""
        with self._lock, self._engine.begin() as connection:
            self._set(connection, taken, state=CHECKED, elapsed_ms=elapsed_ms)
            evidence(connection, taken.id)

    def fail(self, taken: Look, detail: str, evidence: Callable[[Connection, int], None]) -> None:
        """Write that a page could not be looked at, and why."""
        with self._lock, self._engine.begin() as connection:
            self._set(connection, taken, state=FAILED, detail=detail)
            evidence(connection, taken.id)

    def release(self, taken: Look, *, give_back: bool = False) -> None:
        """Make a page pending again. `give_back`: the try does not count."""
        with self._lock, self._engine.begin() as connection:
            self._set(connection, taken, state=PENDING, attempts=taken.attempts - give_back)

    def waiting(self) -> int:
        """Return how many pages are still to be looked at, those in work not counted."""
        return self.counts().get(PENDING, 0)

    def counts(self) -> dict[str, int]:
        """Return how many looks stand in each state."""
        query = select(look.c.state, func.count()).where(look.c.scan_id == self._scan_id).group_by(look.c.state)
        with self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def candidates(self) -> list[tuple[int, str, list[int]]]:
        """Return (URL id, address, sketch) of every checked page, by address; a page without a sketch has an empty."""
        query = (
            select(url.c.id, url.c.url, page.c.sketch)
            .join(page, page.c.url_id == url.c.id)
            .where(url.c.scan_id == self._scan_id)
            .order_by(url.c.url)
        )
        with self._engine.connect() as connection:
            return [(row.id, row.url, row.sketch or []) for row in connection.execute(query)]

    def _set(self, connection: Connection, taken: Look, **values: object) -> None:
        connection.execute(update(look).where(look.c.url_id == taken.id).values(**values))
