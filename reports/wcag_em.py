"""Writes an evaluation that W3C's WCAG-EM Report Tool opens: a sample of pages, and what the scan found on them.

The tool is for people: they test each page of the sample against each criterion. So this file holds barriers and
questions only; where the scan found nothing, the tool shows that nobody has tested yet.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import ceil
from typing import Any, TextIO
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine, select

from checks import standards
from checks.model import Outcome, digest
from reports import analysis
from reports.earl import CLASSES, criterion_id
from reports.escape import json_value
from reports.record import address
from store.schema import finding, look, page, statement, url

TOOL_VERSION = "3"
"""The major version of the tool whose files these are like."""

STEPS = ("about", "defineScope", "exploreTarget", "selectSample")
MAX_STRUCTURED = 50
FEWEST = 10
"""Pages taken when the scan knows neither start pages nor templates."""

MAX_RANDOM = 25
RANDOM_SHARE = 0.1
"""WCAG-EM 1.0, step 3.c: as many random pages as a tenth of the structured sample."""

MAX_MESSAGES = 10
_WCAG_EM = "http://www.w3.org/TR/WCAG-EM/#"
CONTEXT = {
    "dcterms": "http://purl.org/dc/terms/", "title": "dcterms:title", "description": "dcterms:description",
    "summary": "dcterms:summary", "isPartOf": "dcterms:isPartOf",
    "date": {"@id": "dcterms:date", "@type": "W3CDTF"}, "W3CDTF": "http://www.w3.org/TR/NOTE-datetime",
    "earl": "http://www.w3.org/ns/earl#", "Assertion": "earl:Assertion", "TestSubject": "earl:TestSubject",
    "TestResult": "earl:TestResult", "TestRequirement": "earl:TestRequirement", "assertedBy": "earl:assertedBy",
    "subject": "earl:subject", "test": "earl:test", "mode": "earl:mode", "result": "earl:result",
    "outcome": "earl:outcome", "Fail": "earl:Fail", "CannotTell": "earl:CannotTell",
    "WAI": "http://www.w3.org/WAI/", "WCAG20": "http://www.w3.org/TR/WCAG20/#",
    "WCAG21": "http://www.w3.org/TR/WCAG21/#", "WCAG": "http://www.w3.org/TR/WCAG/#",
    "wcagVersion": "WAI:standards-guidelines/wcag/#versions", "wcagem": _WCAG_EM, "version": "wcagem:version",
    "Evaluation": "wcagem:procedure", "defineScope": "wcagem:step1", "scope": "wcagem:step1a",
    "conformanceTarget": "wcagem:step1b", "accessibilitySupportBaseline": "wcagem:step1c",
    "additionalEvaluationRequirements": "wcagem:step1d", "exploreTarget": "wcagem:step2",
    "essentialFunctionality": "wcagem:step2b", "pageTypeVariety": "wcagem:step2c",
    "technologiesReliedUpon": "wcagem:step2d", "selectSample": "wcagem:step3", "structuredSample": "wcagem:step3a",
    "randomSample": "wcagem:step3b", "Webpage": "wcagem:webpage", "auditSample": "wcagem:step4",
    "reportFindings": "wcagem:step5", "documentSteps": "wcagem:step5a", "commissioner": "wcagem:commissioner",
    "evaluator": "wcagem:evaluator", "evaluationSpecifics": "wcagem:step5b",
    "id": "@id", "type": "@type", "language": "@language",
}  # fmt: skip


def write(engine: Engine, scan_id: int, stream: TextIO) -> None:
    """Write the evaluation to `stream`; NoScanError if there is no such scan."""
    with engine.connect() as connection:
        json.dump(json_value(evaluation(connection, scan_id)), stream, indent=1, allow_nan=False)
        stream.write("\n")


def evaluation(connection: Connection, scan_id: int) -> dict[str, Any]:
    """Return the evaluation as plain JSON-LD."""
    scan = analysis.load_scan(connection, scan_id)
    profile = standards.profile(scan.profile)
    structured, at_random = sample(connection, scan_id)
    site = urlsplit(scan.start_urls[0]).netloc or scan.start_urls[0]
    return {
        "@context": CONTEXT,
        "type": "Evaluation",
        "language": "en",
        "version": TOOL_VERSION,
        "defineScope": {
            "id": "_:defineScope",
            "scope": {"title": site, "description": ", ".join(scan.start_urls)},
            "wcagVersion": profile.wcag_version,
            "conformanceTarget": max(profile.levels, key=len),
            "accessibilitySupportBaseline": "",
            "additionalEvaluationRequirements": profile.title,
        },
        "exploreTarget": {
            "id": "_:exploreTarget",
            "technologiesReliedUpon": ["HTML", "CSS", "WAI-ARIA", "JavaScript"],
            "essentialFunctionality": "",
            "pageTypeVariety": "",
        },
        "selectSample": {
            "id": "_:selectSample",
            "structuredSample": [_subject(row) for row in structured],
            "randomSample": [_subject(row) for row in at_random],
        },
        "auditSample": [
            one
            for row in structured + at_random
            for one in _audit(connection, row, profile.criteria, profile.wcag_version)
        ],
        "reportFindings": {
            "documentSteps": [{"id": f"_:{step}"} for step in STEPS],
            "commissioner": "",
            "evaluator": "",
            "date": scan.started_at,
            "title": f"Accessibility evaluation of {site}",
            "summary": "Barriers and questions found by machine. People have to test what is marked as not tested.",
            "evaluationSpecifics": ", ".join(f"{name} {version}" for name, version in scan.versions.items()),
        },
    }


def sample(connection: Connection, scan_id: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the structured and the random sample: start pages, statements and pages of each template; then others.

    "Random" is by a digest of the address, so that a second report has the same pages.
    """
    query = (
        select(url.c.id, address().label("address"), page.c.title, url.c.source, look.c.why, statement.c.url_id)
        .select_from(
            url.join(page, page.c.url_id == url.c.id)
            .outerjoin(look, look.c.url_id == url.c.id)
            .outerjoin(statement, statement.c.url_id == url.c.id)
        )
        .where(url.c.scan_id == scan_id)
        .order_by(url.c.id)
    )
    rows = [dict(row._mapping) for row in connection.execute(query)]
    chosen = [row for row in rows if row["source"] == "start" or row["url_id"] is not None or row["why"] is not None]
    structured = chosen[:MAX_STRUCTURED] or rows[:FEWEST]
    taken = {row["id"] for row in structured}
    others = sorted((row for row in rows if row["id"] not in taken), key=lambda row: digest(row["address"]))
    return structured, others[: min(MAX_RANDOM, ceil(RANDOM_SHARE * len(structured)))]


def _subject(row: dict[str, Any]) -> dict[str, Any]:
    return {"type": ["TestSubject", "Webpage"], "title": row["title"], "description": row["address"]}


def _audit(
    connection: Connection, row: dict[str, Any], criteria: tuple[str, ...], version: str
) -> Iterator[dict[str, Any]]:
    """Yield an assertion for each criterion with barriers or questions on a page; a barrier outweighs questions."""
    query = select(finding.c.wcag, finding.c.outcome, finding.c.message).where(
        finding.c.url_id == row["id"], finding.c.engine != "style"
    )
    messages: dict[str, dict[str, list[str]]] = {}
    for found in connection.execute(query):
        for number in found.wcag or ():
            messages.setdefault(number, {}).setdefault(found.outcome, []).append(found.message)
    for number in criteria:
        if number not in messages:
            continue
        outcome = Outcome.FAILED if Outcome.FAILED in messages[number] else Outcome.CANT_TELL
        said = list(dict.fromkeys(messages[number][outcome]))
        yield {
            "type": "Assertion",
            "mode": "earl:automatic",
            "subject": {"type": ["TestSubject", "Webpage"], "description": row["address"]},
            "test": {"type": "TestRequirement", "id": criterion_id(number, version)},
            "result": {
                "type": "TestResult",
                "outcome": {"id": f"earl:{outcome}", "type": CLASSES[outcome].removeprefix("earl:")},
                "description": "\n".join(said[:MAX_MESSAGES]),
            },
        }
