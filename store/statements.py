"""Keeps accessibility statements that a scan met, and what their checks say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select

from checks.model import Outcome
from store.schema import State, document, finding, page, statement, statement_check, url

_STYLE = "style"


@dataclass(frozen=True, slots=True)
class StatementPage:
    """A statement's page, or a PDF as one. `n_failed` counts the failures that were found on it."""

    url_id: int
    url: str
    final_url: str
    title: str
    lang: str
    found_on: str
    n_failed: int
    html: str
    is_file: bool = False


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check of one statement; see `store.schema.statement_check`."""

    check_id: str
    part: str
    title: str
    outcome: str
    message: str
    quote: str
    how: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """What the ledger knows of an address: its state, the server's answer, and why there is none."""

    state: str
    http_status: int | None
    reason: str
    detail: str


def save_statement(connection: Connection, scan_id: int, url_id: int, html: str) -> None:
    """Keep a statement's page; part of the ledger's transaction."""
    connection.execute(insert(statement).values(scan_id=scan_id, url_id=url_id, html=html))


def read_statements(connection: Connection, scan_id: int) -> list[StatementPage]:
    """Return the statements of a scan in the order in which they were met, files only where no page is one."""
    query = (
        select(
            url.c.id.label("url_id"), url.c.url, url.c.found_on, statement.c.html,
            func.coalesce(page.c.final_url, url.c.url).label("final_url"),
            *(func.coalesce(page.c[name], document.c[name]).label(name) for name in ("title", "lang", "n_failed")),
            page.c.url_id.is_(None).label("is_file"),
        )
        .select_from(
            statement.join(url, url.c.id == statement.c.url_id)
            .outerjoin(page, page.c.url_id == url.c.id)
            .outerjoin(document, document.c.url_id == url.c.id)
        )
        .where(statement.c.scan_id == scan_id)
        .order_by(url.c.id)
    )  # fmt: skip
    found = [StatementPage(**row._mapping) for row in connection.execute(query)]
    return [one for one in found if not one.is_file] or found


def why_unread(connection: Connection, scan_id: int, address: str) -> tuple[str, str] | None:
    """Return format and reason of a document: the code for why it was not checked, or "" if it was."""
    row = connection.execute(
        select(document.c.format, document.c.reason)
        .join(url, url.c.id == document.c.url_id)
        .where(document.c.scan_id == scan_id, url.c.url == address)
    ).one_or_none()
    return None if row is None else (row.format, row.reason)


def pages_by_criterion(connection: Connection, scan_id: int, wanted: Collection[str]) -> tuple[dict[str, int], int]:
    """Return on how many checked pages each of these criteria fails, and how many pages have any such failure."""
    query = (
        select(finding.c.url_id, finding.c.wcag)
        .join(page, page.c.url_id == finding.c.url_id)
        .where(finding.c.scan_id == scan_id, finding.c.outcome == Outcome.FAILED, finding.c.engine != _STYLE)
        .execution_options(yield_per=1_000)
    )
    met = {(row.url_id, number) for row in connection.execute(query) for number in row.wcag or () if number in wanted}
    counts = Counter(number for _, number in met)
    order = sorted(counts, key=lambda number: [int(part) for part in number.split(".")])
    return {number: counts[number] for number in order}, len({url_id for url_id, _ in met})


def reached(connection: Connection, scan_id: int, addresses: Iterable[str]) -> dict[str, Reached]:
    """Return what the ledger knows of addresses in canonical spelling; those that it never met are left out."""
    query = select(url).where(url.c.scan_id == scan_id, url.c.url.in_(list(addresses)))
    return {row.url: Reached(row.state, row.http_status, row.reason, row.detail) for row in connection.execute(query)}


def document_named(connection: Connection, scan_id: int, addresses: Iterable[str]) -> str:
    """Return the first of these addresses that is no web page, such as a PDF; else an empty string."""
    known = reached(connection, scan_id, addresses)
    return next((address for address in addresses if address in known and known[address].state == State.NOT_A_PAGE), "")


def start_pages(connection: Connection, scan_id: int) -> list[dict[str, Any]]:
    """Return address and facts of the pages that the scan started from."""
    query = (
        select(url.c.url, page.c.final_url, page.c.facts)
        .join(page, page.c.url_id == url.c.id)
        .where(url.c.scan_id == scan_id, or_(url.c.source == "start", url.c.depth == 0))
        .order_by(url.c.id)
    )
    return [dict(row._mapping) for row in connection.execute(query)]


def write_checks(connection: Connection, scan_id: int, results: Mapping[str, Iterable[CheckRow]]) -> None:
    """Write what the checks say, by the statement's address, in place of what they said before."""
    connection.execute(delete(statement_check).where(statement_check.c.scan_id == scan_id))
    rows = [
        {"scan_id": scan_id, "url": address, "position": position, **asdict(row)}
        for address, checks in results.items()
        for position, row in enumerate(checks)
    ]
    if rows:
        connection.execute(insert(statement_check), rows)


def read_checks(connection: Connection, scan_id: int) -> dict[str, list[CheckRow]]:
    """Return what the checks say of each statement, by address; one entry under "" where no statement was found."""
    query = (
        select(statement_check)
        .where(statement_check.c.scan_id == scan_id)
        .order_by(statement_check.c.url, statement_check.c.position)
    )
    found: dict[str, list[CheckRow]] = {}
    for row in connection.execute(query):
        values = {name: getattr(row, name) for name in CheckRow.__dataclass_fields__}
        found.setdefault(row.url, []).append(CheckRow(**values))
    return found
