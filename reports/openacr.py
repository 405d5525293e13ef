"""Writes an OpenACR file (https://github.com/GSA/openacr): the draft of an accessibility conformance report in YAML.

A machine finds barriers; it cannot show that a product supports a criterion. So a criterion with barriers is
"partially-supports", to be looked at by whoever signs, and every other is "not-evaluated".
"""

from __future__ import annotations

from typing import Any, TextIO
from urllib.parse import urlsplit

import yaml
from sqlalchemy import Connection, Engine

from reports import analysis
from reports.analysis import CriterionResult, Verdict
from reports.escape import json_value

CATALOGUES = {"2.2": "2.5-edition-wcag-2.2-508-eu-en"}
CATALOGUE = "2.4-edition-wcag-2.1-508-eu-en"
CHAPTERS = {"A": "success_criteria_level_a", "AA": "success_criteria_level_aa", "AAA": "success_criteria_level_aaa"}
FAILS, NOT_EVALUATED = "partially-supports", "not-evaluated"
METHOD = "Checked by machine only, with {versions}, on {pages} pages. People have to evaluate every criterion."
DRAFT = "A draft from a scan by machine. Levels of conformance are for a person to set; none here is a claim."


def write(engine: Engine, scan_id: int, stream: TextIO) -> None:
    """Write the report to `stream`; NoScanError if there is no such scan."""
    with engine.connect() as connection:
        made = json_value(report(connection, scan_id))
    yaml.safe_dump(made, stream, sort_keys=False, allow_unicode=True, width=100)


def report(connection: Connection, scan_id: int) -> dict[str, Any]:
    """Return the report as plain data."""
    scan = analysis.load_scan(connection, scan_id)
    judged = analysis.criteria_results(connection, scan_id)
    site = urlsplit(scan.start_urls[0]).netloc or scan.start_urls[0]
    versions = ", ".join(f"{name} {version}" for name, version in scan.versions.items())
    levels = dict.fromkeys(result.level for result in judged.results)
    by_level = {level: [_criterion(r) for r in judged.results if r.level == level] for level in levels}
    return {
        "title": f"{site} Accessibility Conformance Report",
        "product": {"name": site, "description": f"The website that begins at {scan.start_urls[0]}"},
        "author": {"name": "", "email": str(scan.settings.get("contact") or "")},
        "vendor": {"name": "", "email": ""},
        "report_date": scan.started_at[:10],
        "version": 1,
        "notes": DRAFT,
        "evaluation_methods_used": METHOD.format(
            versions=versions, pages=analysis.totals(connection, scan_id).n_checked
        ),
        "catalog": CATALOGUES.get(judged.profile.wcag_version, CATALOGUE),
        "chapters": {CHAPTERS[level]: {"criteria": criteria} for level, criteria in by_level.items()},
    }


def _criterion(result: CriterionResult) -> dict[str, Any]:
    level = FAILS if result.verdict is Verdict.FAILED else NOT_EVALUATED
    return {
        "num": result.num,
        "components": [{"name": "web", "adherence": {"level": level, "notes": result.sentence}}],
    }
