"""JUnit XML, for viewers of test results: suites of cases. What these stand for, each report says itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TextIO, TypeVar

from reports.escape import xml_text

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Case:
    """What was tried once: a rule on a page, say.

    `lines` tell what was found. `failures` are the messages of what fails in it, of the kind `failed_as`; `error` says
    why it could not be tried; `file` is the source file.
    """

    name: str
    lines: str = ""
    failures: Sequence[str] = ()
    failed_as: str = ""
    error: str | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Suite:
    """Cases that belong together: those of a page or a text."""

    name: str
    cases: Sequence[Case]

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many cases there are, how many have failed, and how many could not be tried."""
        return (
            len(self.cases),
            sum(bool(case.failures) for case in self.cases),
            sum(case.error is not None for case in self.cases),
        )


def write(name: str, suites: Callable[[], Iterable[Suite]], stream: TextIO) -> None:
    """Write `suites`, which is called twice: the totals stand in front, as viewers want them."""
    tests, failures, errors = 0, 0, 0
    for suite in suites():
        n_tests, n_failures, n_errors = suite.counts
        tests, failures, errors = tests + n_tests, failures + n_failures, errors + n_errors
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(f'<testsuites name={_quoted(name)} tests="{tests}" failures="{failures}" errors="{errors}">\n')
    for suite in suites():
        stream.write(_suite(suite))
    stream.write("</testsuites>\n")


def by_rule(found: Iterable[Found], rule: Callable[[Found], str]) -> dict[str, list[Found]]:
    """Return findings by the rule that `rule` names, in the order in which they come."""
    grouped: dict[str, list[Found]] = {}
    for one in found:
        grouped.setdefault(rule(one), []).append(one)
    return grouped


def _suite(suite: Suite) -> str:
    tests, failures, errors = suite.counts
    counts = f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="0" time="0"'
    body = "".join(_case(case, suite.name) for case in suite.cases)
    return f"<testsuite name={_quoted(suite.name)} {counts}>\n{body}</testsuite>\n"


def _case(case: Case, classname: str) -> str:
    file = f" file={_quoted(case.file)}" if case.file else ""
    head = f'<testcase classname={_quoted(classname)} name={_quoted(case.name)} time="0"{file}>'
    return f"{head}{_outcome(case)}</testcase>\n"


def _outcome(case: Case) -> str:
    lines = escape(xml_text(case.lines))
    if case.error is not None:
        return f"<error message={_quoted(case.error)}/>"
    if case.failures:
        n = len(case.failures)
        message = f"{n} {'place' if n == 1 else 'places'}: {case.failures[0]}"
        return f"<failure type={_quoted(case.failed_as)} message={_quoted(message)}>{lines}</failure>"
    return f"<system-out>{lines}</system-out>" if lines else ""


def _quoted(text: str) -> str:
    return f'"{escape(xml_text(text))}"'
