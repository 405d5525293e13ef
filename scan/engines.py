"""Reads what the engines brought from a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checks.engines import engines
from checks.judging import PageResult
from checks.model import Finding, Outcome


def read_all(raw: Mapping[str, Any], page_url: str) -> PageResult:
    """Return what all engines say of a page; `raw` holds the output of each by its name."""
    findings: list[Finding] = []
    outcomes: dict[str, Outcome] = {}
    not_run: dict[str, str] = {}
    for engine in engines():
        said = engine.read(raw.get(engine.name, {}), page_url)
        findings += said.findings
        outcomes.update(said.rule_outcomes)
        not_run.update(said.not_run)
    return PageResult(tuple(findings), outcomes, not_run)
