"""Writes one JSON document with everything a report says; its schema is report.schema.json.

Written piece by piece, one list element a line, so that a large site needs no more memory than a small one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, TextIO

from sqlalchemy import Connection, Engine

from checks import standards
from reports import analysis
from reports.escape import json_value
from reports.record import join_target, records
from store.statements import read_checks

FORMAT = "curbcut-report"
FORMAT_VERSION = 1

_PRIVATE = {"id", "page_id", "is_page", "is_document", "finding_id"}


def write(engine: Engine, scan_id: int, stream: TextIO) -> None:
    """Write the whole report of one scan to `stream`, as plain ASCII; NoScanError if there is no such scan."""
    with engine.connect() as connection:
        analysis.load_scan(connection, scan_id)  # no such scan: say so before anything is written
        separator = "{\n"
        for name, part in _PARTS.items():
            stream.write(f"{separator}{json.dumps(name)}: ")
            _write_value(stream, part(connection, scan_id))
            separator = ",\n"
        stream.write("\n}\n")


def _write_value(stream: TextIO, value: Any) -> None:
    """Write one member's value; an iterator becomes a list, one element a line."""
    if isinstance(value, Iterator):
        _write_elements(stream, value)
    else:
        stream.write(_json(value))


def _write_elements(stream: TextIO, elements: Iterator[Any]) -> None:
    stream.write("[")
    separator = "\n"
    for element in elements:
        stream.write(separator + _json(element))
        separator = ",\n"
    stream.write("\n]")


def _json(value: Any) -> str:
    return json.dumps(json_value(value), allow_nan=False)


def _scan(connection: Connection, scan_id: int) -> dict[str, Any]:
    return asdict(analysis.load_scan(connection, scan_id))


def _totals(connection: Connection, scan_id: int) -> dict[str, Any]:
    urls = analysis.totals(connection, scan_id)
    return {
        "urls": urls.n_urls,
        "checked": urls.n_checked,
        "by_state": [asdict(row) for row in urls.rows],
        "findings": asdict(analysis.finding_totals(connection, scan_id)),
        "documents": analysis.count_documents(connection, scan_id),
    }


def _profile(connection: Connection, scan_id: int) -> dict[str, Any]:
    profile = standards.profile(analysis.load_scan(connection, scan_id).profile)
    return {
        "id": profile.id,
        "title": profile.title,
        "url": profile.url,
        "note": profile.note,
        "wcag_version": profile.wcag_version,
    }


def _criteria(connection: Connection, scan_id: int) -> Iterator[dict[str, Any]]:
    found = analysis.criteria_results(connection, scan_id)
    for result in found.results + found.others:
        yield asdict(result) | {"label": result.label, "sentence": result.sentence}


def _rules(connection: Connection, scan_id: int) -> Iterator[dict[str, Any]]:
    return map(asdict, analysis.rule_coverage(connection, scan_id))


def _looks(connection: Connection, scan_id: int) -> Iterator[dict[str, Any]]:
    return map(_public, analysis.looks(connection, scan_id))


def _issues(connection: Connection, scan_id: int) -> Iterator[dict[str, Any]]:
    for issue in analysis.issues(connection, scan_id, outcome=None, style=None):
        example = _public(issue.example) | {"target": join_target(issue.example.target)}
        more = {"impact": issue.impact or None, "sentence": issue.sentence, "example": example}
        if issue.picture:
            more["picture"] = _public(issue.picture)
        yield asdict(issue) | more


def _language(connection: Connection, scan_id: int) -> dict[str, Any]:
    texts = analysis.readability_summary(connection, scan_id)
    return asdict(texts) | {"longest": list(map(_public, texts.longest)), "hardest": list(map(_public, texts.hardest))}


def _not_checked(connection: Connection, scan_id: int) -> Iterator[dict[str, Any]]:
    return map(asdict, analysis.not_checked(connection, scan_id))


def _documents(connection: Connection, scan_id: int) -> Iterator[dict[str, Any]]:
    for row in analysis.documents(connection, scan_id):
        told = _public(row)
        del told["detail"]  # it stands in the explanation
        yield told


def _statements(connection: Connection, scan_id: int) -> Iterator[dict[str, Any]]:
    for address, checks in read_checks(connection, scan_id).items():
        yield {"url": address or None, "checks": [asdict(row) for row in checks]}


def _public(
    row: analysis.Place | analysis.Picture | analysis.PageText | analysis.DocumentRow | analysis.LookRow,
) -> dict[str, Any]:
    """Return a row without what only our own database and HTML report have a use for."""
    return {name: value for name, value in asdict(row).items() if name not in _PRIVATE}


_PARTS: Mapping[str, Callable[[Connection, int], Any]] = {
    "format": lambda _connection, _scan_id: FORMAT,
    "format_version": lambda _connection, _scan_id: FORMAT_VERSION,
    "scan": _scan,
    "profile": _profile,
    "totals": _totals,
    "criteria": _criteria,
    "rules": _rules,
    "closer_looks": _looks,
    "issues": _issues,
    "language": _language,
    "pages": records,
    "not_checked": _not_checked,
    "documents": _documents,
    "statements": _statements,
}
