"""The first page and the page about success criteria: what a reader needs before any list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from reports import analysis
from reports.analysis import CriterionResult, Verdict
from reports.analysis.criteria import VERDICT_LABELS
from reports.html.render import Site
from reports.html.tables import Cell, Column, one_part
from reports.wording import say, say_n, to_say

TOP_ISSUES = 5
CRITERION_COLUMNS = (
    Column(to_say("Success criterion")),
    Column(to_say("Level"), choices=("A", "AA")),
    Column(to_say("Clause")),
    Column(to_say("Result"), choices=tuple(VERDICT_LABELS.values())),
    Column(to_say("What the scan saw"), "long"),
    Column(to_say("Rules"), "number"),
)
_VERDICT_RANKS = {verdict: rank for rank, verdict in enumerate(Verdict)}


def write(site: Site, connection: Connection, scan_id: int) -> None:
    """Write index.html and criteria.html."""
    judged = analysis.criteria_results(connection, scan_id)
    verdicts = [(say(VERDICT_LABELS[v]), judged.count(v), f"verdict-{v}") for v in Verdict if judged.count(v)]
    site.render(
        "criteria.html",
        "criteria.html",
        section="criteria",
        judged=judged,
        verdicts=verdicts,
        criteria=one_part(
            "criteria",
            say("Success criteria of %(standard)s", standard=judged.profile.title),
            say("criteria"),
            CRITERION_COLUMNS,
            [_criterion_row(result) for result in judged.results],
        ),
        others=one_part(
            "others",
            say("Criteria outside this standard"),
            say("criteria"),
            CRITERION_COLUMNS,
            [_criterion_row(result) for result in judged.others],
        ),
    )
    site.render(
        "index.html",
        "index.html",
        section="index",
        verdicts=verdicts,
        top_issues=list(analysis.issues(connection, scan_id, limit=TOP_ISSUES)),
        settings=[(name, _setting(value)) for name, value in _flat(_settings(connection, scan_id))],
    )


def _settings(connection: Connection, scan_id: int) -> Mapping[str, Any]:
    return analysis.load_scan(connection, scan_id).settings


def _flat(settings: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """Return nested settings as (name, value), such as `crawl.max_pages`."""
    found: list[tuple[str, Any]] = []
    for name, value in settings.items():
        if isinstance(value, Mapping):
            found += _flat(value, f"{prefix}{name}.")
        else:
            found.append((f"{prefix}{name}", value))
    return found


def _setting(value: Any) -> str:
    if value is None or value in ("", []):
        return say("not set")
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return str(value)


def _criterion_row(result: CriterionResult) -> list[Cell]:
    note = ""
    if result.n_pages_not_run:
        note = say_n(
            "Not all rules could run on %(n)s page.",
            "Not all rules could run on %(n)s pages.",
            result.n_pages_not_run,
        )
    return [
        Cell(f"{result.num} {result.handle}", address=result.url, rank=_sc_rank(result.num)),
        Cell(result.level, rank=len(result.level)),
        Cell(", ".join(filter(None, (result.clause, result.document_clause))) or "–", rank=_sc_rank(result.num)),
        Cell(result.label, tone=f"verdict-{result.verdict}", rank=_VERDICT_RANKS[result.verdict]),
        Cell(result.sentence, note=note),
        Cell(len(result.rules)),
    ]


def _sc_rank(num: str) -> float:
    """Return a number that sorts 1.4.10 after 1.4.9."""
    principle, guideline, criterion = (int(part) for part in num.split("."))
    return principle * 10_000 + guideline * 100 + criterion
