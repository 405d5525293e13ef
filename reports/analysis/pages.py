"""The scan's pages, its documents, and every address that was not checked, each with its reason. All as streams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select

from checks.model import Readability
from reports.analysis.issues import STREAM_ROWS
from reports.analysis.scans import NOT_REACHED, explain_state
from reports.analysis.words import STATES
from reports.wording import say
from store.reasons import DOCUMENT_REASONS
from store.schema import FINAL_STATES, State, document, page, url


@dataclass(frozen=True, slots=True)
class PageRow:
    """One checked page. `n_failed` leaves out the style engine's findings, `n_style` has those that failed."""

    id: int
    url: str
    final_url: str
    title: str
    lang: str
    http_status: int | None
    depth: int
    found_on: str
    same_as: str
    n_failed: int
    n_cant_tell: int
    n_style: int
    not_run: Mapping[str, str]
    cut_short: tuple[str, ...]
    readability: Readability | None
    elapsed_ms: int


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document the scan met. `reason` and `explanation` say why it was not checked; both are empty if it was."""

    id: int
    url: str
    format: str
    size_bytes: int | None
    found_on: str
    reason: str
    explanation: str
    detail: str
    title: str
    lang: str
    pages: int | None
    words: int
    tagged: bool | None
    producer: str
    n_failed: int
    n_cant_tell: int
    not_run: Mapping[str, str]

    @property
    def is_checked(self) -> bool:
        """Whether rules have run on it."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class NotChecked:
    """An address that was not checked as a page, and why."""

    url: str
    state: str
    label: str
    reason: str
    explanation: str
    detail: str
    http_status: int | None
    redirect_to: str
    found_on: str
    attempts: int


def pages(connection: Connection, scan_id: int) -> Iterator[PageRow]:
    """Stream the checked pages, those with most barriers first."""
    statement = (
        select(page, url.c.url, url.c.http_status, url.c.depth, url.c.found_on)
        .select_from(page.join(url, url.c.id == page.c.url_id))
        .where(page.c.scan_id == scan_id, url.c.state == str(State.CHECKED))
        .order_by(page.c.n_failed.desc(), page.c.n_cant_tell.desc(), page.c.n_style.desc(), url.c.url)
    )
    for row in connection.execute(statement, execution_options={"yield_per": STREAM_ROWS}):
        yield _page(row._mapping)


def count_pages(connection: Connection, scan_id: int) -> int:
    """Return how many pages `pages` would stream."""
    statement = (
        select(func.count())
        .select_from(page.join(url, url.c.id == page.c.url_id))
        .where(page.c.scan_id == scan_id, url.c.state == str(State.CHECKED))
    )
    total: int = connection.execute(statement).scalar_one()
    return total


def page_languages(connection: Connection, scan_id: int) -> tuple[tuple[str, int], ...]:
    """Return (language as the pages declare it, number of pages), the most frequent first."""
    statement = (
        select(page.c.lang, func.count())
        .where(page.c.scan_id == scan_id)
        .group_by(page.c.lang)
        .order_by(func.count().desc(), page.c.lang)
    )
    return tuple((lang, n) for lang, n in connection.execute(statement))


def documents(connection: Connection, scan_id: int) -> Iterator[DocumentRow]:
    """Stream the documents the scan met, those with most barriers first, then by format and address."""
    statement = (
        select(document, url.c.url)
        .select_from(document.join(url, url.c.id == document.c.url_id))
        .where(document.c.scan_id == scan_id)
        .order_by(document.c.n_failed.desc(), document.c.n_cant_tell.desc(), document.c.format, url.c.url)
    )
    for row in connection.execute(statement, execution_options={"yield_per": STREAM_ROWS}):
        yield DocumentRow(
            id=row.url_id,
            url=row.url,
            format=row.format,
            size_bytes=row.size_bytes,
            found_on=row.found_on,
            reason=row.reason,
            explanation=explain_document(row.reason, row.detail),
            detail=row.detail,
            title=row.title,
            lang=row.lang,
            pages=row.pages,
            words=row.words,
            tagged=row.tagged,
            producer=row.producer,
            n_failed=row.n_failed,
            n_cant_tell=row.n_cant_tell,
            not_run=row.not_run or {},
        )


def explain_document(reason: str, detail: str) -> str:
    """Return why a document was not checked as plain sentences; nothing if it was."""
    return f"{say(DOCUMENT_REASONS.get(reason, reason))} {detail}".strip() if reason else ""


def count_documents(connection: Connection, scan_id: int) -> Mapping[str, int]:
    """Return the number of documents per format, the most frequent first."""
    statement = (
        select(document.c.format, func.count().label("n"))
        .where(document.c.scan_id == scan_id)
        .group_by(document.c.format)
        .order_by(func.count().desc(), document.c.format)
    )
    return {row.format: row.n for row in connection.execute(statement)}


def not_checked(connection: Connection, scan_id: int) -> Iterator[NotChecked]:
    """Stream every address that was not checked as a page: failures first, then what the scan left out on purpose."""
    order = case(
        (url.c.state == str(State.FAILED), 0),
        (url.c.state == str(State.DISALLOWED), 1),
        (url.c.state == str(State.OVER_LIMIT), 2),
        (url.c.state == str(State.NOT_A_PAGE), 4),
        (url.c.state == str(State.OUT_OF_SCOPE), 5),
        else_=3,  # not reached yet
    )
    statement = select(url).where(*_not_checked(scan_id)).order_by(order, url.c.reason, url.c.url)
    for row in connection.execute(statement, execution_options={"yield_per": STREAM_ROWS}):
        is_final = row.state in FINAL_STATES
        yield NotChecked(
            url=row.url,
            state=row.state if is_final else NOT_REACHED,
            label=say(STATES[row.state if is_final else NOT_REACHED]),
            reason=row.reason,
            explanation=explain_state(row.state, row.reason),
            detail=row.detail,
            http_status=row.http_status,
            redirect_to=row.redirect_to,
            found_on=row.found_on,
            attempts=row.attempts,
        )


def count_not_checked(connection: Connection, scan_id: int) -> int:
    """Return how many addresses `not_checked` would stream."""
    total: int = connection.execute(select(func.count()).select_from(url).where(*_not_checked(scan_id))).scalar_one()
    return total


def _not_checked(scan_id: int) -> tuple[ColumnElement[bool], ...]:
    return (url.c.scan_id == scan_id, url.c.state != str(State.CHECKED))


def _page(values: Mapping[Any, Any]) -> PageRow:
    readability = values["readability"]
    return PageRow(
        id=values["url_id"],
        url=values["url"],
        final_url=values["final_url"],
        title=values["title"],
        lang=values["lang"],
        http_status=values["http_status"],
        depth=values["depth"],
        found_on=values["found_on"],
        same_as=values["same_as"],
        n_failed=values["n_failed"],
        n_cant_tell=values["n_cant_tell"],
        n_style=values["n_style"],
        not_run=values["not_run"] or {},
        cut_short=tuple(values["cut_short"] or ()),
        readability=Readability(**readability) if readability else None,
        elapsed_ms=values["elapsed_ms"],
    )
