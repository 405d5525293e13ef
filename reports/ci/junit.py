"""JUnit XML, for viewers of test results: a suite for each page, a case for each rule that found something there."""

from __future__ import annotations

from html import escape
from typing import TextIO

from reports.ci.model import CiFinding, CiPage, CiReport, Standing
from reports.escape import xml_text


def write(report: CiReport, stream: TextIO) -> None:
    """Write the report to `stream`, page by page; the totals stand in front, as viewers want them."""
    tests = failures = errors = 0
    for page in report.pages():
        n_tests, n_failures, n_errors = _counts(page)
        tests, failures, errors = tests + n_tests, failures + n_failures, errors + n_errors
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(f'<testsuites name="curbcut check" tests="{tests}" failures="{failures}" errors="{errors}">\n')
    for page in report.pages():
        stream.write(_suite(page))
    stream.write("</testsuites>\n")


def _by_rule(page: CiPage) -> dict[str, list[CiFinding]]:
    grouped: dict[str, list[CiFinding]] = {}
    for found in page.findings:
        grouped.setdefault(found.rule, []).append(found)
    return grouped


def _counts(page: CiPage) -> tuple[int, int, int]:
    failures = len({found.rule for found in page.findings if found.counts})
    return max(1, len(_by_rule(page))), failures, int(not page.is_checked)


def _suite(page: CiPage) -> str:
    name = _quoted(page.name)
    tests, failures, errors = _counts(page)
    head = f'<testsuite name={name} tests="{tests}" failures="{failures}" errors="{errors}" skipped="0" time="0">\n'
    if not page.is_checked:
        body = f'<testcase classname={name} name="open" time="0"><error message={_quoted(page.detail)}/></testcase>\n'
    elif not page.findings:
        body = f'<testcase classname={name} name="all rules" time="0"/>\n'
    else:
        body = "".join(_case(page, name, rule, found) for rule, found in _by_rule(page).items())
    return f"{head}{body}</testsuite>\n"


def _case(page: CiPage, classname: str, rule: str, found: list[CiFinding]) -> str:
    failed = [one for one in found if one.counts]
    lines = escape(xml_text("\n".join(_line(one) for one in found)))
    file = f" file={_quoted(page.file)}" if page.file else ""
    head = f'<testcase classname={classname} name={_quoted(rule)} time="0"{file}>'
    if not failed:
        return f"{head}<system-out>{lines}</system-out></testcase>\n"
    places = "1 place" if len(failed) == 1 else f"{len(failed)} places"
    message = _quoted(f"{places}: {failed[0].message}")
    return (
        f"{head}<failure type={_quoted(failed[0].impact or 'words')} message={message}>{lines}</failure></testcase>\n"
    )


def _line(found: CiFinding) -> str:
    where = f"{found.place.line}:{found.place.column}" if found.place else found.target
    notes = {Standing.ACCEPTED: " (accepted)", Standing.EXPIRED: " (accepted before, expired)"}
    note = notes.get(found.standing, "") if found.outcome == "failed" else " (a person must look)"
    return f"{where} {found.message}{note}\n    {found.snippet}"


def _quoted(text: str) -> str:
    return f'"{escape(xml_text(text))}"'
