"""A comparison as one JSON document."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, TextIO

from reports.analysis import Scan
from reports.comparison.model import KINDS, ORDER, Comparison
from reports.escape import json_value

FORMAT = "curbcut-comparison"
FORMAT_VERSION = 1
_OF_SCAN = ("id", "state", "start_urls", "profile", "versions", "started_at", "finished_at")


def write(comparison: Comparison, stream: TextIO) -> None:
    """Write the comparison to `stream`, as plain ASCII."""
    json.dump(json_value(document(comparison)), stream, indent=1, allow_nan=False)
    stream.write("\n")


def document(comparison: Comparison) -> dict[str, Any]:
    """Return the comparison as JSON data; every fate has its findings, the gravest first."""
    pages = comparison.pages
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "old": _scan(comparison.before),
        "new": _scan(comparison.now),
        "warnings": comparison.warnings,
        "differences": [asdict(each) for each in comparison.differences],
        "pages": {
            "checked_in_both": len(pages.both),
            "only_in_old": pages.only_before,
            "only_in_new": pages.only_now,
        },
        **{
            kind: [
                {
                    "what": fate.name.lower(),
                    "meaning": str(fate),
                    "count": len(rows),
                    "of": len(comparison.kinds[kind].fates),
                    "findings": [asdict(row) for row in rows],
                }
                for fate in ORDER
                for rows in [comparison.rows(kind, fate)]
            ]
            for kind in KINDS
        },
    }


def _scan(scan: Scan) -> dict[str, Any]:
    values = asdict(scan)
    return {name: values[name] for name in _OF_SCAN}
