"""The language part: how hard the texts are, and each style rule with the passages it met."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from checks.model import Outcome
from reports import analysis
from reports.analysis import Issue, PageText, RuleSummary, SectionSummary
from reports.analysis.words import reading_age
from reports.html.links import issue_href, page_href, rule_path
from reports.html.lists import write_issue
from reports.html.render import Site
from reports.html.tables import Cell, Column, one_part, write_list
from reports.wording import Foreign, decimal, say, say_n, to_say

RULE_COLUMNS = (
    Column(to_say("What to mend")),
    Column(to_say("Guide")),
    Column(to_say("Pages"), "number"),
    Column(to_say("Passages"), "number"),
)
PASSAGE_COLUMNS = (
    Column(to_say("Passage")),
    Column(to_say("Better")),
    Column(to_say("Where"), "long"),
    Column(to_say("Pages"), "number"),
)
SHARED_COLUMNS = (Column(to_say("What to mend"), "long"), Column(to_say("Better")), Column(to_say("Pages"), "number"))
TEXT_COLUMNS = (
    Column(to_say("Page")),
    Column(to_say("Language")),
    Column(to_say("Words"), "number"),
    Column(to_say("Words a sentence"), "number"),
    Column(to_say("Reading age"), "long"),
)
SECTION_COLUMNS = (
    Column(to_say("Section")),
    Column(to_say("Language")),
    Column(to_say("Pages"), "number"),
    Column(to_say("Words"), "number"),
    Column(to_say("Words a sentence"), "number"),
    Column(to_say("Reading age"), "long"),
)
COMPARED_COLUMNS = (Column(to_say("What the site does")), Column(to_say("Rule")), Column(to_say("Pages"), "number"))

TOP_PASSAGES = 20
"""Passages told on the overview: those on most pages, which one mend takes from all of them."""

MAX_COMPARED = 50


def write(site: Site, connection: Connection, scan_id: int) -> dict[str, int]:
    """Write the overview of the language and a file for each style rule.

    Returns the number of pages of each passage that is on more than one.
    """
    on_pages: dict[str, int] = {}
    rules = list(analysis.rule_summaries(connection, scan_id, outcome=Outcome.FAILED, style=True))
    for rule in rules:
        _write_rule(site, connection, scan_id, rule, on_pages)
    text = analysis.readability_summary(connection, scan_id)
    compared = [row for rule in rules if rule.kind == "site" for row in _compared(connection, scan_id, rule)]
    passages = [_shared_row(issue) for issue in _shared_passages(connection, scan_id)]
    site.render(
        "language.html",
        "language.html",
        section="language",
        text=text,
        bands=[(band.label, band.n_pages) for band in text.bands],
        rules=one_part(
            "rules", say("What to mend in the texts"), say("rules"), RULE_COLUMNS, [_rule_row(r) for r in rules]
        ),
        passages=one_part(
            "passages", say("Passages that are on most pages"), say("passages"), SHARED_COLUMNS, passages
        ),
        compared=one_part("compared", say("What shows across pages"), say("findings"), COMPARED_COLUMNS, compared),
        sections=one_part(
            "sections",
            say("Texts by section"),
            say("sections"),
            SECTION_COLUMNS,
            [_section_row(s) for s in text.sections],
        ),
        hardest=one_part(
            "hardest",
            say("Pages with the longest sentences"),
            say("pages"),
            TEXT_COLUMNS,
            [_text_row(t) for t in text.hardest],
        ),
        longest=one_part(
            "longest", say("Pages with most words"), say("pages"), TEXT_COLUMNS, [_text_row(t) for t in text.longest]
        ),
    )
    return on_pages


def _write_rule(site: Site, connection: Connection, scan_id: int, rule: RuleSummary, on_pages: dict[str, int]) -> None:
    def rows() -> Iterator[list[Cell]]:
        for issue in analysis.issues(connection, scan_id, outcome=Outcome.FAILED, style=True, rule_id=rule.rule):
            write_issue(site, connection, scan_id, issue, on_pages)
            yield _passage_row(issue)

    write_list(
        site,
        rule_path(rule.rule),
        "rule.html",
        caption=say("Passages, those on most pages first"),
        noun=say("passages"),
        columns=PASSAGE_COLUMNS,
        rows=rows(),
        n_rows=analysis.count_issues(connection, scan_id, outcome=Outcome.FAILED, style=True, rule_id=rule.rule),
        section="language",
        rule=rule,
    )


def _shared_passages(connection: Connection, scan_id: int) -> Iterator[Issue]:
    for issue in analysis.issues(connection, scan_id, outcome=Outcome.FAILED, style=True, limit=TOP_PASSAGES):
        if issue.n_pages > 1:
            yield issue


def _shared_row(issue: Issue) -> list[Cell]:
    """Return the row of a phrase that stands on several pages, in one sentence or in many."""
    example = issue.example
    passage = example.snippet
    told = (
        say("Such as: %(passage)s", passage=passage)
        if issue.n_elements > 1
        else say("Always: %(passage)s", passage=passage)
    )
    return [
        Cell(Foreign(example.message), href=issue_href(issue), note=told if passage else ""),
        Cell(example.suggestion or "–", lang=example.page_lang),
        Cell(issue.n_pages),
    ]


def _compared(connection: Connection, scan_id: int, rule: RuleSummary) -> Iterator[list[Cell]]:
    found = analysis.issues(
        connection, scan_id, outcome=Outcome.FAILED, style=True, rule_id=rule.rule, limit=MAX_COMPARED
    )
    for issue in found:
        yield [
            Cell(Foreign(issue.example.message), href=issue_href(issue)),
            Cell(rule.title, href=f"{rule_path(rule.rule)}.html"),
            Cell(issue.n_pages),
        ]


def _section_row(section: SectionSummary) -> list[Cell]:
    unscored = say_n("%(n)s page without a score", "%(n)s pages without a score", section.n_no_score)
    return [
        Cell(say("Pages in no folder") if section.section == "/" else section.section),
        Cell(section.lang or say("unknown")),
        Cell(section.n_pages),
        Cell(section.n_words),
        Cell(decimal(section.median_words_per_sentence), rank=section.median_words_per_sentence or 0.0),
        Cell(
            reading_age(section.school_age) or say("no score"),
            note=unscored if section.school_age and section.n_no_score else "",
        ),
    ]


def _rule_row(rule: RuleSummary) -> list[Cell]:
    return [
        Cell(rule.title, href=f"{rule_path(rule.rule)}.html", note=rule.who),
        Cell(rule.guide or "–"),
        Cell(rule.n_pages),
        Cell(rule.n_elements),
    ]


def _passage_row(issue: Issue) -> list[Cell]:
    example = issue.example
    return [
        Cell(
            example.snippet or Foreign(example.message),
            note=Foreign(example.message) if example.snippet else "",
            lang=example.page_lang,
        ),
        Cell(example.suggestion or "–", lang=example.page_lang),
        Cell(example.page_title or example.url, href=issue_href(issue), note=example.url, lang=example.page_lang),
        Cell(issue.n_pages),
    ]


def _text_row(text: PageText) -> list[Cell]:
    numbers = text.readability
    return [
        Cell(text.title or text.url, href=page_href(text.page_id), note=text.url, lang=numbers.lang),
        Cell(numbers.lang or say("unknown")),
        Cell(numbers.words),
        Cell(decimal(numbers.words_per_sentence), rank=numbers.words_per_sentence or 0.0),
        Cell(reading_age(numbers.school_age) or say("no score")),  # the page's own file says why
    ]
