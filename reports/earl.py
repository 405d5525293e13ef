"""Writes EARL 1.0 as JSON-LD: one assertion for each page, rule and success criterion.

EARL is the Evaluation and Report Language (https://www.w3.org/TR/EARL10-Schema/). What passes or fails is the rule; the
criterion that it belongs to stands in `isPartOf`, under the address by which W3C's WCAG-EM Report Tool knows it. A test
of a criterion has no address of its own: programs put together what is said of one address, and then a rule of three
criteria would say of each page that it is about all three, and that tool would take none.

Written page by page, so that a large site needs no more memory than a small one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from sqlalchemy import Connection, Engine, RowMapping, select

from checks import standards
from checks.model import BEST_PRACTICE, Outcome
from reports import analysis
from reports.analysis.issues import STREAM_ROWS
from reports.escape import json_value
from reports.record import address, join_target
from store.schema import document, finding, page, rule, url

CONTEXT = {
    "earl": "http://www.w3.org/ns/earl#",
    "dcterms": "http://purl.org/dc/terms/",
    "ptr": "http://www.w3.org/2009/pointers#",
    "WCAG20": "http://www.w3.org/TR/WCAG20/#",
    "WCAG21": "http://www.w3.org/TR/WCAG21/#",
    "WCAG": "http://www.w3.org/TR/WCAG/#",
    "id": "@id",
    "type": "@type",
    "Assertion": "earl:Assertion",
    "Assertor": "earl:Assertor",
    "Software": "earl:Software",
    "TestSubject": "earl:TestSubject",
    "TestCase": "earl:TestCase",
    "TestRequirement": "earl:TestRequirement",
    "TestResult": "earl:TestResult",
    "assertedBy": {"@id": "earl:assertedBy", "@type": "@id"},
    "subject": {"@id": "earl:subject", "@type": "@id"},
    "test": {"@id": "earl:test", "@type": "@id"},
    "mode": {"@id": "earl:mode", "@type": "@id"},
    "result": "earl:result",
    "outcome": {"@id": "earl:outcome", "@type": "@id"},
    "pointer": "earl:pointer",
    "info": "earl:info",
    "expression": "ptr:expression",
    "title": "dcterms:title",
    "identifier": "dcterms:identifier",
    "description": "dcterms:description",
    "date": "dcterms:date",
    "source": {"@id": "dcterms:source", "@type": "@id"},
    "isPartOf": {"@id": "dcterms:isPartOf", "@type": "@id"},
}
CLASSES = {
    Outcome.PASSED: "earl:Pass",
    Outcome.FAILED: "earl:Fail",
    Outcome.CANT_TELL: "earl:CannotTell",
    Outcome.INAPPLICABLE: "earl:NotApplicable",
    Outcome.UNTESTED: "earl:NotTested",
}
ASSERTOR = "urn:curbcut:assertor"
MAX_POINTERS = 100
"""Places named of one rule on one page; the description says how many there are."""

_STYLE = "style"


def write(engine: Engine, scan_id: int, stream: TextIO) -> None:
    """Write the assertions of one scan to `stream`, one a line; NoScanError if there is no such scan."""
    with engine.connect() as connection:
        scan = analysis.load_scan(connection, scan_id)
        stream.write(f'{{\n"@context": {_json(CONTEXT)},\n"@graph": [\n')
        stream.write(_json(_assertor(scan.versions)))
        for assertion in assertions(connection, scan_id):
            stream.write(",\n" + _json(assertion))
        stream.write("\n]\n}\n")


def assertions(connection: Connection, scan_id: int) -> Iterator[dict[str, Any]]:
    """Yield every assertion: pages and documents in the order of the scan, rules by id."""
    rules = {row.id: row._mapping for row in connection.execute(select(rule).where(rule.c.scan_id == scan_id))}
    version = standards.profile(analysis.load_scan(connection, scan_id).profile).wcag_version
    for source in (page, document):
        query = (
            select(address().label("address"), url.c.id, url.c.finished_at, source.c.title, source.c.rule_outcomes)
            .join(source, source.c.url_id == url.c.id)
            .where(url.c.scan_id == scan_id)
            .order_by(url.c.id)
        )
        for row in connection.execute(query, execution_options={"yield_per": STREAM_ROWS}):
            places = _places(connection, row.id)
            for rule_id, outcome in sorted(row.rule_outcomes.items()):
                about = rules.get(rule_id)
                if about is None or about["engine"] == _STYLE or about["kind"] == BEST_PRACTICE:
                    continue  # it tests no requirement
                yield from _of_rule(row._mapping, about, outcome, places.get(rule_id, []), version)


def criterion_id(number: str, version: str) -> str:
    """Return the address of a success criterion in a version of WCAG, or in the first that has it.

    The tool knows WCAG20, WCAG21 and WCAG, and stops at another name such as WCAG22: /TR/WCAG/ is the newest version.
    """
    criterion = standards.criteria()[number]
    chosen = version if version in criterion.versions else criterion.versions[-1 if version > criterion.since else 0]
    name = {"2.0": "WCAG20", "2.1": "WCAG21"}.get(chosen, "WCAG")
    return f"{name}:{criterion.id}"


def _of_rule(
    subject: RowMapping, about: RowMapping, outcome: str, places: list[RowMapping], version: str
) -> Iterator[dict[str, Any]]:
    known = [number for number in about["wcag"] or () if number in standards.criteria()]
    for number in known or [""]:
        test: dict[str, Any] = {"type": "TestCase", "identifier": about["id"], "title": about["title"]}
        if number:
            test["isPartOf"] = {"type": "TestRequirement", "id": criterion_id(number, version)}
        else:
            test["id"] = f"urn:curbcut:rule:{about['id']}"
        yield {
            "type": "Assertion",
            "assertedBy": ASSERTOR,
            "subject": {"type": "TestSubject", "id": subject["address"], "title": subject["title"]},
            "test": test,
            "mode": "earl:automatic",
            "result": _result(subject, outcome, places),
        }


def _result(subject: RowMapping, outcome: str, places: list[RowMapping]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "TestResult",
        "outcome": {"id": f"earl:{outcome}", "type": CLASSES[Outcome(outcome)]},
        "date": subject["finished_at"],
    }
    if places:
        more = f" And {len(places) - 1} more." if len(places) > 1 else ""
        found["description"] = f"{places[0]['message']}{more}"
        found["pointer"] = [
            {"type": "ptr:CSSSelectorPointer", "expression": join_target(place["target"] or [])}
            for place in places[:MAX_POINTERS]
            if place["target"]
        ]
    return found


def _places(connection: Connection, url_id: int) -> dict[str, list[RowMapping]]:
    rows = connection.execute(
        select(finding.c.rule, finding.c.message, finding.c.target)
        .where(finding.c.url_id == url_id)
        .order_by(finding.c.outcome.desc(), finding.c.id)  # failures before questions
    )
    found: dict[str, list[RowMapping]] = {}
    for row in rows:
        found.setdefault(row.rule, []).append(row._mapping)
    return found


def _assertor(versions: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": ASSERTOR,
        "type": ["Assertor", "Software"],
        "title": "Curbcut",
        "description": ", ".join(f"{name} {version}" for name, version in versions.items()),
    }


def _json(value: Any) -> str:
    return json.dumps(json_value(value), allow_nan=False)
