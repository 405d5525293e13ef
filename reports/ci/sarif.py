"""SARIF 2.1.0, for code hosts and editors: one run, a descriptor for each rule, a result for each finding.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, TextIO
from urllib.parse import quote, urlsplit

from checks.model import Impact, digest
from reports.ci.model import CiFinding, CiPage, CiReport, CiRule, Kind, Standing, Tally
from reports.escape import json_value
from reports.style.formats import SARIF_SCHEMA

_LEVELS = {Impact.CRITICAL: "error", Impact.SERIOUS: "error", Impact.MODERATE: "warning", Impact.MINOR: "note"}
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

MAX_RESULTS = 25_000
"""GitHub takes no file with more results in a run, not even the first of them."""

_KINDS = {Kind.BARRIER: "fail", Kind.WORDS: "fail", Kind.QUESTION: "review", Kind.PRACTICE: "informational"}


def write(report: CiReport, stream: TextIO) -> None:
    """Write the report to `stream` as plain ASCII, one result at a time."""
    rules = list(report.rules.values())
    index = {rule.id: number for number, rule in enumerate(rules)}
    driver = {"name": "Curbcut", "version": report.version, "rules": [_rule(rule) for rule in rules]}
    stream.write(f'{{"$schema": {json.dumps(SARIF_SCHEMA)}, "version": "2.1.0", "runs": [{{"tool": {{"driver": ')
    stream.write(f'{_json(driver)}}},\n"columnKind": "unicodeCodePoints",\n"results": [')
    separator = "\n"
    unchecked: list[CiPage] = []
    most = _most_of_each(report.tally)
    n_left_out = 0
    for page in report.pages():
        if not page.is_checked:
            unchecked.append(page)
        for found, twin in _with_twins(page):
            most[_gravity(found)] -= 1
            if most[_gravity(found)] < 0:
                n_left_out += 1
                continue
            stream.write(separator + _json(_result(page, found, index, twin)))
            separator = ",\n"
    notes = [_note("error", f"{page.name}: {page.detail}") for page in unchecked]
    if n_left_out:
        notes.append(_note("warning", f"{n_left_out:,} further results of less weight are left out: {_WHY}"))
    invocation = {"executionSuccessful": not unchecked, "toolExecutionNotifications": notes}
    stream.write(f'\n],\n"invocations": [{_json(invocation)}]}}]}}\n')


_WHY = f"a file may hold {MAX_RESULTS:,}. The formats json and csv have all of them."


def _gravity(found: CiFinding) -> int:
    """Return what goes first where not all fit: barriers that count, words, what is accepted, questions, practices."""
    if found.kind is Kind.PRACTICE:
        return 5
    if found.kind is Kind.QUESTION:
        return 4
    if not found.counts:
        return 3
    return 0 if found.is_serious else 1 if found.kind is Kind.BARRIER else 2


def _most_of_each(tally: Tally) -> dict[int, int]:
    """Return how many results of each gravity there is room for."""
    accepted = tally.of(Kind.BARRIER, Kind.WORDS, standing=Standing.ACCEPTED)
    barriers = tally.of(Kind.BARRIER) - tally.of(Kind.BARRIER, standing=Standing.ACCEPTED)
    words = tally.of(Kind.WORDS) - tally.of(Kind.WORDS, standing=Standing.ACCEPTED)
    asked, practices = tally.questions, tally.of(Kind.PRACTICE)
    room, most = MAX_RESULTS, dict[int, int]()
    for gravity, there in enumerate((tally.serious, barriers - tally.serious, words, accepted, asked, practices)):
        most[gravity] = min(there, room)
        room -= most[gravity]
    return most


def _with_twins(page: CiPage) -> Iterator[tuple[CiFinding, int]]:
    """Yield a page's findings, each with its number among those of the same fingerprint."""
    twins: Counter[str] = Counter()
    for found in page.findings:
        twins[found.fingerprint] += 1
        yield found, twins[found.fingerprint]


def _note(level: str, text: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": text}}


def _rule(rule: CiRule) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.description or rule.title},
        "help": {"text": rule.how or rule.description or rule.title},
        "properties": {"tags": ["accessibility", *_tags(rule)]},
    }
    if urlsplit(rule.help_url).scheme in ("http", "https"):
        made["helpUri"] = rule.help_url
    return made


def _tags(rule: CiRule) -> tuple[str, ...]:
    return ("best practice",) if rule.is_practice else tuple(f"WCAG {criterion}" for criterion in rule.wcag)


def _result(page: CiPage, found: CiFinding, index: dict[str, int], twin: int) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(page)}}
    place = found.place
    if place is not None:
        physical["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
    elif page.file:
        physical["region"] = {"startLine": 1}  # GitHub shows no result without a line
    location: dict[str, Any] = {"physicalLocation": physical}
    if found.target:
        location["logicalLocations"] = [{"fullyQualifiedName": found.target, "kind": "element"}]
    result: dict[str, Any] = {
        "ruleId": found.rule,
        "kind": _KINDS[found.kind],
        # SARIF 3.27.10: the level of what is no failure is "none"
        "level": _level(found),
        "message": {"text": found.text or found.rule},
        "locations": [location],
        # The same barrier may stand on many pages, and twice on one; a fingerprint is unique within the run.
        "partialFingerprints": {"curbcut/v1": digest(page.address, found.fingerprint, str(twin))},
        "properties": {"fingerprint": found.fingerprint, "standing": str(found.standing)},
    }
    if found.rule in index:
        result["ruleIndex"] = index[found.rule]
    if found.standing is Standing.ACCEPTED:
        result["suppressions"] = [{"kind": "external", "justification": found.reason or "In the baseline."}]
    return result


def _level(found: CiFinding) -> str:
    if found.kind in (Kind.QUESTION, Kind.PRACTICE):
        return "none"
    return "warning" if found.impact is None else _LEVELS[Impact(found.impact)]


def uri(page: CiPage) -> str:
    """Return a page's file as a relative reference, or its address."""
    if page.file:
        path = PurePath(page.file)
        return path.as_uri() if path.is_absolute() else quote(path.as_posix())
    return _BARE_PERCENT.sub("%25", quote(page.name, safe="%/:=&?~#+!$,;'@()*[]"))


def _json(value: Any) -> str:
    return json.dumps(json_value(value), allow_nan=False)
