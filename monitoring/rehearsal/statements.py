"""Accessibility statements of the made-up country's sites, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

STATEMENT = "accessibility-statement/"
"""The address of a statement, below that of its site."""


@dataclass(frozen=True, slots=True)
class StatementDefect:
    """One thing that is wrong with a statement, and the check that then fails."""

    id: str
    check: str


STATEMENT_DEFECTS = (
    StatementDefect("old", "S-26"),
    StatementDefect("no method", "S-27"),
    StatementDefect("no address", "S-30"),
    StatementDefect("no link to the body", "S-35"),
    StatementDefect("two statuses", "S-14"),
    StatementDefect("no law", "S-05"),
    StatementDefect("claims too much", "S-15"),
)
"""`claims too much` is wrong where the site has failures; `two statuses` leaves nothing to compare with them."""


def failing_checks(
    planted: Collection[str], defects: Collection[str], *, has_markup: bool, has_failures: bool
) -> frozenset[str]:
    """Return the checks that fail on a statement with what is planted in it, and the `defects` of the site's pages.

    `has_markup`: some of those fail a criterion; `has_failures`: some criterion fails, be it in a document alone.
    """
    failing = {each.check for each in STATEMENT_DEFECTS if each.id in planted}
    if not has_failures or "two statuses" in planted:
        failing.discard("S-15")
    if has_markup:
        failing.add("S-12")  # they stand on the statement's own page, too
    if "title" in defects:
        failing.add("S-03")
    return frozenset(failing)


def statement(site: str, address: str, planted: Collection[str], today: date) -> str:
    """Return the words of a statement, for the page's main part."""
    age = timedelta(days=1200 if "old" in planted else 40)
    prepared, reviewed = ((today - each).strftime("%d.%m.%Y") for each in (age + timedelta(days=90), age))
    law = "" if "no law" in planted else ", in accordance with the Accessibility Regulations 2018"
    full = "<p>This website is fully compliant with EN 301 549.</p>"
    partial = "<p>This website is partially compliant with EN 301 549, due to the points below.</p>"
    status = full + partial if "two statuses" in planted else full if "claims too much" in planted else partial
    listed = (
        "<h2>Non-accessible content</h2><ul><li>Some old pictures have no text alternative (success criterion 1.1.1)."
        "</li><li>Some forms name their fields badly (success criterion 4.1.2).</li></ul>"
    )
    method = "" if "no method" in planted else "<p>It rests on a self-assessment by the town.</p>"
    mail = "" if "no address" in planted else '<a href="mailto:access@town.example">access@town.example</a>'
    link = "" if "no link to the body" in planted else ': <a href="https://enforcement.example/">its page</a>'
    return "\n".join(
        [
            "<h1>Accessibility statement</h1>",
            f"<p>{site} is committed to making its website accessible{law}. This accessibility statement applies to "
            f'<a href="{address}">the website of {site}</a>.</p>',
            f"<h2>Compliance status</h2>{status}",
            "" if status == full else listed,
            "<h2>Preparation of this accessibility statement</h2>"
            f"<p>This statement was prepared on {prepared}.</p><p>It was last reviewed on {reviewed}.</p>{method}",
            f"<h2>Feedback and contact information</h2><p>Tell us about barriers: {mail}</p>",
            "<h2>Enforcement procedure</h2><p>If our answer does not help you, turn to the Equality Advisory and "
            f"Support Service{link}.</p>",
        ]
    )
