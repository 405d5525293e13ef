"""The page on the site's accessibility statements: what is wrong, what a person must look at, and the rest."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from reports.html.render import Site
from reports.wording import say, to_say
from store.schema import page, url
from store.statements import CheckRow, read_checks

PARTS = {
    "overview": to_say("The whole"),
    "information": to_say("Introduction and place"),
    "status": to_say("Compliance status"),
    "non_accessible": to_say("Non-accessible content"),
    "preparation": to_say("Preparation"),
    "feedback": to_say("Feedback and contact"),
    "enforcement": to_say("Enforcement"),
}
FIRST = ("failed", "cantTell")
_REST = {
    "passed": to_say("Nothing wrong found"),
    "untested": to_say("Not looked up"),
    "inapplicable": to_say("Does not apply"),
}


def write(site: Site, connection: Connection, scan_id: int) -> None:
    """Write the page; a scan that did not look for statements says so there."""
    found = read_checks(connection, scan_id)
    site.render(
        "statement.html",
        "statement.html",
        section="statement",
        is_top=True,
        looked=bool(found),
        statements=[(address, _grouped(rows), _rest(rows)) for address, rows in found.items()],
        langs=_languages(connection, scan_id, found),
        parts=PARTS,
    )


def count_failures(connection: Connection, scan_id: int) -> int:
    """Return how many checks of statements fail, over all statements."""
    return sum(row.outcome == "failed" for rows in read_checks(connection, scan_id).values() for row in rows)


def _languages(connection: Connection, scan_id: int, addresses: Iterable[str]) -> dict[str, str]:
    """Return the language that each statement's page says it is in, for what is quoted of it."""
    query = (
        select(url.c.url, page.c.lang)
        .join(page, page.c.url_id == url.c.id)
        .where(url.c.scan_id == scan_id, url.c.url.in_(list(addresses)))
    )
    return {row.url: row.lang for row in connection.execute(query)}


def _grouped(rows: Iterable[CheckRow]) -> dict[str, list[CheckRow]]:
    rows = list(rows)
    return {outcome: [row for row in rows if row.outcome == outcome] for outcome in FIRST}


def _rest(rows: Iterable[CheckRow]) -> list[tuple[str, CheckRow]]:
    rows = list(rows)
    return [(say(label), row) for outcome, label in _REST.items() for row in rows if row.outcome == outcome]
