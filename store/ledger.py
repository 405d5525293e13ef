"""The ledger: every URL of a scan, where it stands and why. The frontier of the crawl, safe against `kill -9`.

`pending -> leased -> one final state`. A lease is a row, reclaimed when a scan is opened again. A URL's final state,
what was found on it and the links it led to are written in one transaction, so none of them is ever lost or doubled.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, func, select, update

from store.database import insert_unless_known
from store.schema import FINAL_STATES, State, page, url

INSERT_CHUNK = 500
"""Rows of one INSERT: under SQLite's bound on parameters with room to spare."""


@dataclass(frozen=True, slots=True)
class Found:
    """A URL met for the first time. With `state` set it is final at once (out of scope, over a limit)."""

    url: str
    kind: str
    source: str
    depth: int = 0
    found_on: str = ""
    address: str = ""
    state: State = State.PENDING
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Lease:
    """One URL handed out to be fetched."""

    id: int
    url: str
    address: str
    kind: str
    depth: int
    source: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a leased URL ended."""

    state: State
    reason: str = ""
    detail: str = ""
    http_status: int | None = None
    content_type: str = ""
    redirect_to: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """URLs by state, for progress and limits."""

    by_state: dict[str, int]

    def __getitem__(self, state: State) -> int:
        return self.by_state.get(state, 0)

    @property
    def known(self) -> int:
        """All URLs found so far."""
        return sum(self.by_state.values())


def now_iso() -> str:
    """Return the time now as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Ledger:
    """One scan's URLs. Used from the event loop and from the worker thread; one lock keeps writers apart."""

    def __init__(self, engine: Engine, scan_id: int) -> None:
        self._engine = engine
        self._scan_id = scan_id
        self._lock = threading.Lock()
        with engine.connect() as connection:
            rows = connection.execute(select(url.c.url).where(url.c.scan_id == scan_id))
            self._known = {hash(row.url) for row in rows}  # 64 bits each: a fifth of the memory of the texts
        self.dropped = 0
        """URLs that were found after `add` was told to keep no more."""
        self._fresh: set[int] = set()  # what the open transaction adds to `_known` ...
        self._left_out = 0  # ... and to `dropped`

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """One writer at a time. What is remembered of the URLs changes only once the transaction has held."""
        with self._lock:
            self._fresh, self._left_out = set(), 0
            with self._engine.begin() as connection:
                yield connection
            self._known |= self._fresh
            self.dropped += self._left_out

    def reclaim(self) -> int:
        """Hand back every lease of an earlier run that died; return how many there were.

        The try does not count: what ended the run is seldom the page.
        """
        with self._transaction() as connection:
            result = connection.execute(
                update(url)
                .where(url.c.scan_id == self._scan_id, url.c.state == State.LEASED)
                .values(state=State.PENDING, attempts=url.c.attempts - 1)
            )
            return result.rowcount

    def reopen(self, state: State, reasons: Iterable[str]) -> int:
        """Make URLs pending again that ended in `state` for one of `reasons` (a limit that was raised, say)."""
        with self._transaction() as connection:
            result = connection.execute(
                update(url)
                .where(url.c.scan_id == self._scan_id, url.c.state == state, url.c.reason.in_(list(reasons)))
                .values(state=State.PENDING, reason="", detail="", finished_at=None, attempts=0)
            )
            return result.rowcount

    def add(self, found: Iterable[Found], *, at_most: int | None = None) -> int:
        """Write URLs that are not known yet; return how many were new. `at_most` bounds the whole ledger."""
        with self._transaction() as connection:
            return self._add(connection, found, at_most)

    def _add(self, connection: Connection, found: Iterable[Found], at_most: int | None) -> int:
        fresh: dict[str, Found] = {}
        for item in found:
            key = hash(item.url)
            if key in self._known or key in self._fresh:
                continue
            if at_most is not None and len(self._known) + len(self._fresh) >= at_most:
                self._left_out += 1
                continue
            self._fresh.add(key)
            fresh[item.url] = item
        rows = [self._row(item) for item in fresh.values()]
        statement = insert_unless_known(connection, url)
        for start in range(0, len(rows), INSERT_CHUNK):
            connection.execute(statement, rows[start : start + INSERT_CHUNK])
        return len(rows)

    def _row(self, item: Found) -> dict[str, object]:
        return {
            "scan_id": self._scan_id,
            "url": item.url,
            "address": "" if item.address == item.url else item.address,
            "kind": item.kind,
            "source": item.source,
            "depth": item.depth,
            "found_on": item.found_on,
            "state": item.state,
            "reason": item.reason,
            "detail": item.detail,
            "finished_at": now_iso() if item.state in FINAL_STATES else None,
        }

    def lease(self, limit: int, *, kinds: Iterable[str] | None = None) -> list[Lease]:
        """Take up to `limit` pending URLs that are due, shallow and early ones first."""
        due = (
            select(url.c.id, url.c.url, url.c.address, url.c.kind, url.c.depth, url.c.source, url.c.attempts)
            .where(url.c.scan_id == self._scan_id, url.c.state == State.PENDING, url.c.not_before <= time.time())
            .order_by(url.c.depth, url.c.id)
            .limit(limit)
        )
        if kinds is not None:
            due = due.where(url.c.kind.in_(list(kinds)))
        with self._transaction() as connection:
            rows = connection.execute(due).all()
            if rows:
                connection.execute(
                    update(url)
                    .where(url.c.id.in_([r.id for r in rows]))
                    .values(state=State.LEASED, attempts=url.c.attempts + 1)
                )
        return [
            Lease(
                id=r.id,
                url=r.url,
                address=r.address or r.url,
                kind=r.kind,
                depth=r.depth,
                source=r.source,
                attempts=r.attempts + 1,
            )
            for r in rows
        ]

    def finish(
        self,
        lease: Lease,
        verdict: Verdict,
        *,
        found: Iterable[Found] = (),
        at_most: int | None = None,
        evidence: Callable[[Connection, int], None] | None = None,
    ) -> None:
        """Write a URL's final state, its links and its evidence in one transaction.

        `evidence` writes more rows through the connection for the URL id it is given. Whatever it raises undoes all.
        """
        with self._transaction() as connection:
            self._add(connection, found, at_most)
            self._settle(connection, lease.id, verdict)
            if evidence is not None:
                evidence(connection, lease.id)

    def finish_redirected(
        self,
        lease: Lease,
        target: Found,
        *,
        detail: str,
        verdict: Verdict,
        found: Iterable[Found] = (),
        at_most: int | None = None,
        evidence: Callable[[Connection, int], None] | None = None,
    ) -> bool:
        """Write that `lease` led to `target`, which is what was rendered; return whether it counts here.

        The target's row takes the verdict and the evidence unless somebody else has it in work or has finished it:
        then this rendering is dropped, so that no page is counted twice.
        """
        moved = Verdict(State.NOT_A_PAGE, "redirect", detail, verdict.http_status, redirect_to=target.url)
        with self._transaction() as connection:
            self._settle(connection, lease.id, moved)
            self._add(connection, [target], None)
            row = connection.execute(
                select(url.c.id, url.c.state).where(url.c.scan_id == self._scan_id, url.c.url == target.url)
            ).one()
            if row.state != State.PENDING:
                return False
            self._add(connection, found, at_most)
            self._settle(connection, row.id, verdict)
            if evidence is not None:
                evidence(connection, row.id)
            return True

    def holds(self, address: str, content_hash: str) -> bool:
        """Return whether `address` was checked and had this content."""
        query = (
            select(page.c.url_id)
            .join(url, url.c.id == page.c.url_id)
            .where(url.c.scan_id == self._scan_id, url.c.url == address, page.c.content_hash == content_hash)
        )
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def release(self, lease: Lease, *, not_before: float = 0.0, detail: str = "", give_back: bool = False) -> None:
        """Make a leased URL pending again, not before the Unix time given. `give_back`: the try does not count."""
        attempts = url.c.attempts - 1 if give_back else url.c.attempts
        with self._transaction() as connection:
            connection.execute(
                update(url)
                .where(url.c.id == lease.id)
                .values(state=State.PENDING, not_before=not_before, detail=detail, attempts=attempts)
            )

    def postpone(self, origin: str, until: float) -> None:
        """Let every pending URL of an origin (`https://host:port`) wait until the Unix time given."""
        with self._transaction() as connection:
            connection.execute(
                update(url)
                .where(
                    url.c.scan_id == self._scan_id,
                    url.c.state == State.PENDING,
                    url.c.url.startswith(origin + "/", autoescape=True),
                    url.c.not_before < until,
                )
                .values(not_before=until)
            )

    def close_pending(self, reason: str, *, kinds: Iterable[str] | None = None) -> int:
        """End every pending URL as over a limit; return how many."""
        statement = update(url).where(url.c.scan_id == self._scan_id, url.c.state == State.PENDING)
        if kinds is not None:
            statement = statement.where(url.c.kind.in_(list(kinds)))
        with self._transaction() as connection:
            result = connection.execute(statement.values(state=State.OVER_LIMIT, reason=reason, finished_at=now_iso()))
            return result.rowcount

    def counts(self) -> Counts:
        """Return how many URLs stand in each state."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(url.c.state, func.count()).where(url.c.scan_id == self._scan_id).group_by(url.c.state)
            )
            return Counts({row[0]: row[1] for row in rows})

    def next_due(self) -> float | None:
        """Return the Unix time at which the next pending URL may be fetched, or None when none is pending."""
        with self._engine.connect() as connection:
            return connection.execute(
                select(func.min(url.c.not_before)).where(url.c.scan_id == self._scan_id, url.c.state == State.PENDING)
            ).scalar()

    def _settle(self, connection: Connection, url_id: int, verdict: Verdict) -> None:
        connection.execute(
            update(url)
            .where(url.c.id == url_id)
            .values(
                state=verdict.state,
                reason=verdict.reason,
                detail=verdict.detail,
                http_status=verdict.http_status,
                content_type=verdict.content_type,
                redirect_to=verdict.redirect_to,
                finished_at=now_iso(),
            )
        )
