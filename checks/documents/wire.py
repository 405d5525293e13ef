"""Turns a `DocumentResult` into plain JSON data and back: how it comes out of the process that made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from checks.documents.model import DocumentResult, Facts
from checks.model import Finding, Impact, Outcome


def packed(result: DocumentResult) -> dict[str, Any]:
    """Return a result as data for `json.dumps`."""
    return asdict(result)


def unpacked(data: Mapping[str, Any]) -> DocumentResult:
    """Return the result that `packed` was given. Raises KeyError, TypeError or ValueError for anything else."""
    return DocumentResult(
        format=data["format"],
        reason=data["reason"],
        detail=data["detail"],
        facts=Facts(**data["facts"]),
        findings=tuple(_finding(found) for found in data["findings"]),
        rule_outcomes={rule: Outcome(outcome) for rule, outcome in data["rule_outcomes"].items()},
        not_run=dict(data["not_run"]),
        statement=data["statement"],
    )


def _finding(data: Mapping[str, Any]) -> Finding:
    values = dict(data)
    values["outcome"] = Outcome(values["outcome"])
    values["impact"] = Impact(values["impact"]) if values["impact"] else None
    values["target"] = tuple(values["target"])
    values["wcag"] = tuple(values["wcag"])
    values["span"] = tuple(values["span"]) if values["span"] else None
    return Finding(**values)
