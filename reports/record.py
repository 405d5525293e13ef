"""One page's or checked document's record: the line of the jsonl contract, and what JSON and CSV are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, RowMapping, and_, func, or_, select

from reports.analysis import issue_id
from reports.analysis.issues import STREAM_ROWS
from reports.analysis.pages import explain_document
from reports.analysis.scans import NOT_REACHED, explain_state
from reports.escape import json_value
from store.schema import FINAL_STATES, State, document, finding, page, rule, url

TARGET_JOINT = " >>> "
"""Between the steps of a target: through a frame or an open shadow root."""

SHOULD_BE_PAGES = (State.CHECKED, State.FAILED, State.DISALLOWED, State.OVER_LIMIT)
_TO_BE_FETCHED_AS_PAGE = "page"
_START = "start"
_CHECKED = ""
"""The reason of a document that was checked; null where there is no document."""

_SITEMAP = "sitemap"


def records(connection: Connection, scan_id: int) -> Iterator[dict[str, Any]]:
    """Stream a record for every start URL, every checked document, and every URL that is or should have been a page.

    In the order in which the scan met them, which is the order given for a list of pages. What a site links to that is
    no page or out of scope is left out, unless somebody asked for it by name.
    """
    help_urls = _help_urls(connection, scan_id)
    statement = (
        select(url, page, document)
        .select_from(url.outerjoin(page, page.c.url_id == url.c.id).outerjoin(document, document.c.url_id == url.c.id))
        .where(url.c.scan_id == scan_id, _is_wanted())
        .order_by(url.c.id)
    )
    for row in connection.execute(statement, execution_options={"yield_per": STREAM_ROWS}):
        values = row._mapping
        is_checked = values[url.c.state] == State.CHECKED or values[document.c.reason] == _CHECKED
        findings = _findings(connection, values[url.c.id], help_urls) if is_checked else []
        yield json_value(_record(row, is_checked, findings))


def address() -> ColumnElement[str]:
    """Return the column to show as a URL: as it was asked for or first found, not as the ledger spells it."""
    return func.coalesce(func.nullif(url.c.address, ""), url.c.url)


def join_target(steps: tuple[str, ...] | list[str]) -> str:
    """Return a finding's target as one string."""
    return TARGET_JOINT.join(steps)


def _is_wanted() -> ColumnElement[bool]:
    return or_(
        and_(url.c.source == _START, url.c.kind != _SITEMAP),  # a site's sitemap.xml is looked for unasked
        document.c.reason == _CHECKED,
        and_(url.c.kind == _TO_BE_FETCHED_AS_PAGE, url.c.state.in_([str(s) for s in SHOULD_BE_PAGES])),
    )


def _help_urls(connection: Connection, scan_id: int) -> dict[str, str]:
    rows = connection.execute(select(rule.c.id, rule.c.help_url).where(rule.c.scan_id == scan_id))
    return {row.id: row.help_url for row in rows}


def _record(row: Row[Any], is_checked: bool, findings: list[dict[str, Any]]) -> dict[str, Any]:
    values = row._mapping
    is_final = values[url.c.state] in FINAL_STATES
    state = str(values[url.c.state]) if is_final else NOT_REACHED
    is_document = values[document.c.url_id] is not None
    source = document if is_document else page
    return {
        "kind": "document" if is_document else "page",
        "url": values[url.c.address] or values[url.c.url],
        "final_url": values[page.c.final_url] or values[url.c.redirect_to] or None,
        "status": "checked" if is_checked else "not_checked",
        "reason": None if is_checked else values[document.c.reason] or values[url.c.reason] or state,
        "detail": None if is_checked else _detail(values),
        "state": state,
        "http_status": values[url.c.http_status],
        "title": values[source.c.title] if is_checked else None,
        "lang": values[source.c.lang] if is_checked else None,
        "findings": findings,
        "text": values[page.c.readability] if is_checked else None,
        "not_run": values[source.c.not_run] or {},
        "cut_short": values[page.c.cut_short] or [],
    }


def _detail(values: RowMapping) -> str:
    if values[document.c.reason]:
        return explain_document(values[document.c.reason], values[document.c.detail])
    return f"{explain_state(values[url.c.state], values[url.c.reason])} {values[url.c.detail]}".strip()


def _findings(connection: Connection, url_id: int, help_urls: Mapping[str, str]) -> list[dict[str, Any]]:
    rows = connection.execute(select(finding).where(finding.c.url_id == url_id).order_by(finding.c.id))
    return [_finding(row, help_urls) for row in rows]


def _finding(row: Row[Any], help_urls: Mapping[str, str]) -> dict[str, Any]:
    has_span = row.span_start is not None and row.span_end is not None
    return {
        "rule": row.rule,
        "engine": row.engine,
        "outcome": row.outcome,
        "wcag": row.wcag or [],
        "impact": row.impact,
        "message": row.message,
        "target": join_target(row.target or []),
        "snippet": row.snippet,
        "fingerprint": row.fingerprint,
        "help_url": help_urls.get(row.rule, ""),
        "issue": issue_id(row.rule, row.component, row.outcome),
        "component": row.component,
        "region": row.region,
        "suggestion": row.suggestion,
        "span": [row.span_start, row.span_end] if has_span else None,
        "state": row.state,
    }
