"""Findings beside the changed lines: GitHub's workflow commands and GitLab's code quality report.

What a baseline accepts is left out: nobody is to mend it in this change.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from checks.model import Impact, digest
from reports.ci.model import CiFinding, CiPage, CiReport, Kind
from reports.escape import json_value, workflow_property, workflow_text

_TOLD = (Kind.QUESTION, Kind.PRACTICE)
"""What is told and never counts."""

_GITLAB = {
    Impact.CRITICAL: "critical",
    Impact.SERIOUS: "major",
    Impact.MODERATE: "minor",
    Impact.MINOR: "info",
}


def write_github(report: CiReport, stream: TextIO) -> None:
    """Write one workflow command a finding: GitHub shows the first ten of each level, so the gravest come first."""
    for page in report.pages():
        if not page.is_checked:
            where = f"file={workflow_property(page.file)}," if page.file else ""
            stream.write(f"::error {where}title=curbcut::{workflow_text(f'{page.name}: {page.detail}')}\n")
    turns: tuple[tuple[str, Callable[[CiFinding], bool]], ...] = (
        ("error", lambda found: found.is_serious and found.counts),
        ("warning", lambda found: found.counts and not found.is_serious),
        ("notice", lambda found: found.kind in _TOLD),
    )
    for level, is_wanted in turns:
        for page in report.pages():
            for found in filter(is_wanted, page.findings):
                stream.write(_command(level, page, found))


def _command(level: str, page: CiPage, found: CiFinding) -> str:
    where = f"file={workflow_property(page.file)}," if page.file else ""
    if found.place is not None:
        place = found.place
        where += f"line={place.line},col={place.column},endLine={place.end_line},endColumn={place.end_column},"
    shown = found.text if page.file else f"{page.name}: {found.text}"
    return f"::{level} {where}title={workflow_property(found.rule)}::{workflow_text(shown)}\n"


def write_gitlab(report: CiReport, stream: TextIO) -> None:
    """Write a JSON list in the form of GitLab's code quality report."""
    stream.write("[")
    separator = "\n"
    for entry in _gitlab_entries(report):
        stream.write(separator + json.dumps(json_value(entry), allow_nan=False))
        separator = ",\n"
    stream.write("\n]\n")


def _gitlab_entries(report: CiReport) -> Iterator[dict[str, Any]]:
    for page in report.pages():
        twins: Counter[str] = Counter()
        for found in page.findings:
            twins[found.fingerprint] += 1
            if not found.counts and found.kind not in _TOLD:
                continue
            yield {
                "description": found.text,
                "check_name": found.rule,
                # the same on every branch, one for each place
                "fingerprint": digest(page.address, found.fingerprint, str(twins[found.fingerprint])),
                "severity": _severity(found),
                "location": {
                    "path": page.file or page.address,
                    "lines": {"begin": found.place.line if found.place else 1},
                },
            }


def _severity(found: CiFinding) -> str:
    if found.kind in _TOLD:
        return "info"
    return "minor" if found.impact is None else _GITLAB[Impact(found.impact)]
