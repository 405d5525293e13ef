"""A style report for machines: JSON, JSON lines, SARIF 2.1.0, JUnit XML and GitHub's annotations."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import PurePath
from typing import Any
from urllib.parse import quote, urlsplit

from checks.model import digest
from reports import junit
from reports.escape import json_value, workflow_property, workflow_text
from reports.style.model import PlacedFinding, StyleReport, StyleText

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
TARGET_JOINT = " >>> "

_SARIF_LEVELS = {"error": "error", "warning": "warning", "suggestion": "note"}
_GITHUB_LEVELS = {"error": "error", "warning": "warning", "suggestion": "notice"}


def text_record(text: StyleText) -> dict[str, Any]:
    """Return one text as plain JSON data: the line of the jsonl contract, with the place of each finding."""
    is_checked = not text.error
    record = {
        "url": text.name,
        "final_url": text.name if is_checked else None,
        "status": "checked" if is_checked else "not_checked",
        "reason": None if is_checked else "unreadable",
        "detail": text.error or None,
        "http_status": None,
        "title": text.title if is_checked else None,
        "lang": text.lang if is_checked else None,
        "findings": [_finding_record(found) for found in text.findings],
        "text": asdict(text.readability) if text.readability else None,
        "hard_sentences": [asdict(sentence) for sentence in text.hard_sentences],
        "notes": list(text.notes),
    }
    made: dict[str, Any] = json_value(record)
    return made


def _finding_record(found: PlacedFinding) -> dict[str, Any]:
    finding, place = found.finding, found.place
    return {
        "rule": finding.rule,
        "engine": finding.engine,
        "outcome": str(finding.outcome),
        "wcag": list(finding.wcag),
        "impact": finding.impact,
        "severity": found.severity,
        "message": finding.message,
        "words": found.words,
        "suggestion": finding.suggestion,
        "target": TARGET_JOINT.join(finding.target),
        "snippet": finding.snippet,
        "fingerprint": finding.fingerprint,
        "region": finding.region,
        "help_url": finding.help_url,
        "line": place.line or None,
        "column": place.column or None,
        "end_line": place.end_line or None,
        "end_column": place.end_column or None,
        "block": place.block,
        "span": list(found.span),
    }


def jsonl_line(text: StyleText) -> str:
    """Return one text as a line of JSON."""
    return json.dumps(text_record(text), ensure_ascii=False) + "\n"


def to_json(report: StyleReport) -> str:
    """Return the whole report as JSON."""
    data = {
        "guide": report.guide,
        "version": report.version,
        "texts": [text_record(text) for text in report.texts],
        "rules": [asdict(info) for info in report.rules.values()],
    }
    return json.dumps(json_value(data), ensure_ascii=False, indent=1) + "\n"


def to_sarif(report: StyleReport) -> str:
    """Return the report as SARIF 2.1.0: one run, one rule a descriptor, one result a finding."""
    rule_ids = list(report.rules)
    index = {rule: number for number, rule in enumerate(rule_ids)}
    results = [
        _sarif_result(text, found, index) for text in report.texts for found in text.findings
    ]  # fmt: skip
    unread = [text for text in report.texts if text.error]
    run = {
        "tool": {
            "driver": {
                "name": "Curbcut",
                "version": report.version,
                "semanticVersion": report.version,
                "rules": [_sarif_rule(report, rule) for rule in rule_ids],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not unread,
                "toolExecutionNotifications": [{"level": "error", "message": {"text": text.error}} for text in unread],
            }
        ],
        "results": results,
    }
    data = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(json_value(data), ensure_ascii=False, indent=1) + "\n"


def _sarif_rule(report: StyleReport, rule: str) -> dict[str, Any]:
    info = report.rules[rule]
    described: dict[str, Any] = {
        "id": rule,
        "shortDescription": {"text": info.title},
        "fullDescription": {"text": info.description or info.title},
        "help": {"text": info.how or info.title},
    }
    if info.help_url:
        described["helpUri"] = info.help_url
    return described


def _sarif_result(text: StyleText, found: PlacedFinding, index: dict[str, int]) -> dict[str, Any]:
    place, finding = found.place, found.finding
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(text.name)}}
    if place.line:
        location["region"] = {"startLine": place.line, "startColumn": place.column}
        if place.is_exact:
            location["region"] |= {
                "endLine": place.end_line,
                "endColumn": place.end_column,
                "snippet": {"text": found.words[:500] or " "},
            }
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": "note" if found.is_question else _SARIF_LEVELS[found.severity],
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": location,
                "logicalLocations": [{"fullyQualifiedName": TARGET_JOINT.join(finding.target), "kind": "element"}],
            }
        ],
        # The same words may stand in several files; a fingerprint is unique within the run.
        "partialFingerprints": {"curbcut/v1": digest(text.name, finding.fingerprint)},
    }
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    return result


def _uri(name: str) -> str:
    """Return an address as it is, and a path as a relative reference of a URI."""
    if urlsplit(name).scheme in ("http", "https"):
        return name
    return "stdin" if name == "-" else quote(PurePath(name).as_posix())


def to_junit(report: StyleReport) -> str:
    """Return the report as JUnit XML: a suite a text, a case a rule that found something, or one that passed."""
    stream = io.StringIO()
    junit.write("curbcut style", lambda: map(_junit_suite, report.texts), stream)
    return stream.getvalue()


def _junit_suite(text: StyleText) -> junit.Suite:
    if text.error:
        return junit.Suite(text.name, [junit.Case("read", error=text.error)])
    rules = junit.by_rule(text.findings, lambda found: found.finding.rule)
    return junit.Suite(text.name, [_junit_case(*rule) for rule in rules.items()] or [junit.Case("style")])


def _junit_case(rule: str, found: list[PlacedFinding]) -> junit.Case:
    failed = [one for one in found if not one.is_question]
    lines = "\n".join(_line(one) for one in found)
    return junit.Case(rule, lines, [one.finding.message for one in failed], found[0].severity)


def _line(found: PlacedFinding) -> str:
    place = found.place
    where = f"{place.line}:{place.column}" if place.line else f"block {place.block}"
    return f"{where} {found.finding.message} …{found.finding.snippet}…"


def github_lines(text: StyleText) -> Iterable[str]:
    """Yield one workflow command a finding, which GitHub shows beside the changed line."""
    if text.error:
        yield f"::error title=curbcut::{workflow_text(text.error)}\n"
    for found in text.findings:
        place, finding = found.place, found.finding
        level = "notice" if found.is_question else _GITHUB_LEVELS[found.severity]
        where = f"file={workflow_property(text.name)},"
        if place.line:
            where += f"line={place.line},col={place.column},"
            if place.is_exact:
                where += f"endLine={place.end_line},endColumn={place.end_column},"
        yield f"::{level} {where}title={workflow_property(finding.rule)}::{workflow_text(finding.message)}\n"
