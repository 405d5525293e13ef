"""Keeps which pages of a site were chosen, and why, where its size decides how many are checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Engine, func, insert, select, update

from store.schema import State, choice, page, scan, url


@dataclass(frozen=True, slots=True)
class Choice:
    """A chosen page. `instead_of` is the address of a chosen page that could not be checked, or empty."""

    url_id: int
    url: str
    why: str
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page that the scan knows: its state in the ledger, and the sketch of its structure if it was checked."""

    url_id: int
    url: str
    state: str
    depth: int
    sketch: list[int]


def known_pages(engine: Engine, scan_id: int) -> list[KnownPage]:
    """Return the site's pages in the order in which they were met: those checked, left out by a limit, or failed."""
    states = (State.CHECKED, State.OVER_LIMIT, State.FAILED)
    query = (
        select(url.c.id, url.c.url, url.c.state, url.c.depth, page.c.sketch)
        .select_from(url.outerjoin(page, page.c.url_id == url.c.id))
        .where(url.c.scan_id == scan_id, url.c.kind == "page", url.c.state.in_(states))
        .order_by(url.c.depth, url.c.id)
    )
    with engine.connect() as connection:
        return [KnownPage(r.id, r.url, r.state, r.depth, r.sketch or []) for r in connection.execute(query)]


def read_choices(engine: Engine, scan_id: int) -> list[Choice]:
    """Return the chosen pages in order."""
    query = (
        select(url.c.id, url.c.url, choice.c.why, choice.c.instead_of)
        .join(choice, choice.c.url_id == url.c.id)
        .where(choice.c.scan_id == scan_id)
        .order_by(choice.c.position)
    )
    with engine.connect() as connection:
        return [Choice(r.id, r.url, r.why, r.instead_of) for r in connection.execute(query)]


def write_choices(engine: Engine, scan_id: int, chosen: Iterable[Choice], *, note: str = "") -> None:
    """Write chosen pages and put those that a limit had left out back into the queue, in one transaction.

    `note` is what a report's reader must know of the choice.
    """
    with engine.begin() as connection:
        last = connection.execute(select(func.max(choice.c.position)).where(choice.c.scan_id == scan_id)).scalar()
        first = 0 if last is None else last + 1
        rows = [
            {"url_id": c.url_id, "scan_id": scan_id, "position": first + n, "why": c.why, "instead_of": c.instead_of}
            for n, c in enumerate(chosen)
        ]
        if not rows:
            return
        connection.execute(insert(choice), rows)
        if note:
            notes = connection.execute(select(scan.c.notes).where(scan.c.id == scan_id)).scalar_one()
            connection.execute(update(scan).where(scan.c.id == scan_id).values(notes=[*notes, note]))
        connection.execute(
            update(url)
            .where(url.c.id.in_([row["url_id"] for row in rows]), url.c.state == State.OVER_LIMIT)
            .values(state=State.PENDING, reason="", detail="", finished_at=None, attempts=0)
        )
