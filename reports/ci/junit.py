"""JUnit XML of a check: a suite for each page, a case for each rule that found something there."""

from __future__ import annotations

from typing import TextIO

from reports import junit
from reports.ci.model import CiFinding, CiPage, CiReport, Kind, Standing


def write(report: CiReport, stream: TextIO) -> None:
    """Write the report to `stream`, page by page."""
    junit.write("curbcut check", lambda: map(_suite, report.pages()), stream)


def _suite(page: CiPage) -> junit.Suite:
    if not page.is_checked:
        return junit.Suite(page.name, [junit.Case("open", error=page.detail)])
    rules = junit.by_rule(page.findings, lambda found: found.rule)
    return junit.Suite(page.name, [_case(page, *rule) for rule in rules.items()] or [junit.Case("all rules")])


def _case(page: CiPage, rule: str, found: list[CiFinding]) -> junit.Case:
    failed = [one for one in found if one.counts]
    return junit.Case(
        rule,
        "\n".join(_line(one) for one in found),
        [one.message for one in failed],
        (failed[0].impact if failed else "") or "words",
        file=page.file,
    )


def _line(found: CiFinding) -> str:
    where = f"{found.place.line}:{found.place.column}" if found.place else found.target
    notes = {Standing.ACCEPTED: " (accepted)", Standing.EXPIRED: " (accepted before, expired)"}
    others = {Kind.QUESTION: " (a person must look)", Kind.PRACTICE: " (best practice, no failure)"}
    note = others.get(found.kind) or notes.get(found.standing, "")
    return f"{where} {found.message}{note}\n    {found.snippet}"
