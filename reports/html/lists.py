"""The long lists: barriers, questions for a person, documents, and what was not checked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice

from sqlalchemy import Connection

from checks.model import Impact, Outcome
from reports import analysis
from reports.analysis import Issue, Picture, words
from reports.analysis.issues import IMPACT_RANKS
from reports.html.links import document_href, has_own_file, issue_href, issue_path, page_href, picture_path
from reports.html.render import Site
from reports.html.tables import Cell, Column, Shown, write_list
from reports.wording import Foreign, say, say_n, to_say

NO_IMPACT = to_say("not rated")
CHART_RULES = 10
MAX_CODE_CHARS = 120
ISSUE_COLUMNS = (
    Column(to_say("Issue")),
    Column(to_say("Impact"), choices=(*words.IMPACTS.values(), NO_IMPACT)),
    Column(to_say("Criteria")),
    Column(to_say("Pages"), "number"),
    Column(to_say("Places"), "number"),
)
PLACE_COLUMNS = (Column(to_say("Page")), Column(to_say("Places"), "number"), Column(to_say("First place on the page")))
NOT_CHECKED_COLUMNS = (
    Column(to_say("Address")),
    Column(
        to_say("What happened"), choices=tuple(label for state, label in words.STATES.items() if state != "checked")
    ),
    Column(to_say("Why"), "long"),
    Column(to_say("Found on")),
)
TEXTS = {
    Outcome.FAILED: (
        "issues",
        to_say("Barriers, those that would help most pages if mended first"),
        to_say("issues"),
    ),
    Outcome.CANT_TELL: (
        "questions",
        to_say("Questions that only a person can answer, those on most pages first"),
        to_say("questions"),
    ),
    Outcome.BEST_PRACTICE: (
        "best-practices",
        to_say("Best practices that are not followed, those on most pages first"),
        to_say("best practices"),
    ),
}


def write_issues(site: Site, connection: Connection, scan_id: int, outcome: Outcome) -> dict[str, int]:
    """Write a list of barriers, questions or best practices, with a file for each that is on more than one page.

    Returns the number of pages of each issue that is on more than one.
    """
    path, caption, noun = TEXTS[outcome]
    style = False if outcome is Outcome.FAILED else None  # a question about words is one for a person, too
    on_pages: dict[str, int] = {}
    rules = islice(analysis.rule_summaries(connection, scan_id, outcome=outcome, style=style), CHART_RULES)

    def rows() -> Iterator[list[Cell]]:
        for issue in analysis.issues(connection, scan_id, outcome=outcome, style=style):
            write_issue(site, connection, scan_id, issue, on_pages)
            yield issue_row(issue)

    write_list(
        site,
        path,
        f"{path}.html",
        caption=say(caption),
        noun=say(noun),
        columns=ISSUE_COLUMNS,
        rows=rows(),
        n_rows=analysis.count_issues(connection, scan_id, outcome=outcome, style=style),
        section=path,
        rules=[(rule.title, rule.n_pages) for rule in rules],
    )
    return on_pages


def write_issue(site: Site, connection: Connection, scan_id: int, issue: Issue, on_pages: dict[str, int]) -> None:
    """Write an issue's picture and, if it is told in a file of its own, that file; note it in `on_pages`."""
    picture = picture_path(issue.id, issue.picture)
    if picture and issue.picture:
        site.path(picture).write_bytes(analysis.picture_data(connection, issue.picture.finding_id) or b"")
    if not has_own_file(issue):
        return
    on_pages[issue.id] = issue.n_pages
    write_list(
        site,
        issue_path(issue.id),
        "issue.html",
        caption=say("Pages with this issue"),
        noun=say("pages"),
        columns=PLACE_COLUMNS,
        rows=_place_rows(connection, scan_id, issue),
        n_rows=issue.n_pages,
        section="language" if issue.is_style else TEXTS[Outcome(issue.outcome)][0],
        issue=issue,
    )


def issue_row(issue: Issue) -> list[Cell]:
    """Return an issue as a row of `ISSUE_COLUMNS`; a question with its picture, which may be all that it takes."""
    impact = issue.impact or NO_IMPACT
    rank = IMPACT_RANKS[Impact(issue.impact)] if issue.impact else 0
    return [
        Cell(
            issue.title,
            href=issue_href(issue),
            note=(issue.sentence, Foreign(issue.example.message)),
            code=shortened(issue.example.snippet),
            picture=_shown(issue) if issue.outcome == Outcome.CANT_TELL else None,
        ),
        Cell(say(impact), tone=f"impact-{impact.replace(' ', '-')}", rank=rank),
        Cell(", ".join(issue.wcag) or "–"),
        Cell(issue.n_pages),
        Cell(issue.n_places),
    ]


def _shown(issue: Issue) -> Shown | None:
    path = picture_path(issue.id, issue.picture)
    if not path or issue.picture is None:
        return None
    return Shown(path, issue.picture.width, issue.picture.height, seen_in(issue.picture))


def seen_in(picture: Picture) -> str:
    """Return the text alternative of an issue's picture: a probe takes PNG, a page's capture does not."""
    if picture.media_type == "image/png":
        return say("Screenshot of what was seen during a closer look.")
    return say("Screenshot of the element with an outline around it.")


def shortened(code: str) -> str:
    """Return the beginning of an element's code: enough to tell two issues of one rule apart."""
    return code if len(code) <= MAX_CODE_CHARS else code[:MAX_CODE_CHARS] + " …"


def _place_rows(connection: Connection, scan_id: int, issue: Issue) -> Iterator[list[Cell]]:
    places = analysis.places(connection, scan_id, rule_id=issue.rule, component=issue.component, outcome=issue.outcome)
    for page_id, of_page in groupby(places, key=lambda place: place.page_id):
        first, *others = of_page
        href = f"{page_href(page_id)}#i-{issue.id}" if first.is_page else ""
        if first.is_document:
            href = document_href(page_id)
        yield [
            Cell(first.page_title or first.url, href=href, note=first.url, lang=first.page_lang),
            Cell(1 + len(others)),
            Cell(
                " › ".join(first.target) or (say("the whole document") if first.is_document else say("the whole page")),
                tone="code",
                note=Foreign(first.state),
            ),
        ]


def write_not_checked(site: Site, connection: Connection, scan_id: int) -> None:
    """Write the list of addresses that were not checked, each with its reason."""
    rows = (
        [
            Cell(row.url, address=row.url),
            Cell(row.label, tone=f"state-{row.state}"),
            Cell(row.explanation, note=_particulars(row)),
            Cell(row.found_on or say("a start address"), address=row.found_on),
        ]
        for row in analysis.not_checked(connection, scan_id)
    )
    write_list(
        site,
        "not-checked",
        "not-checked.html",
        caption=say("Addresses that were not checked"),
        noun=say("addresses"),
        columns=NOT_CHECKED_COLUMNS,
        rows=rows,
        n_rows=analysis.count_not_checked(connection, scan_id),
        section="not-checked",
        unchecked=[
            (label, n)
            for label, n in analysis.totals(connection, scan_id).states
            if label != say(words.STATES["checked"])
        ],
    )


def _particulars(row: analysis.NotChecked) -> tuple[str, ...]:
    parts: list[str] = []
    if row.detail and row.detail != row.redirect_to:  # else it would be said twice
        parts.append(Foreign(row.detail if row.detail.endswith((".", "!", "?", "…")) else f"{row.detail}."))
    if row.http_status and str(row.http_status) not in row.detail:
        parts.append(say("Status %(status)s.", status=row.http_status))
    if row.redirect_to:
        parts.append(say("Leads to %(address)s", address=row.redirect_to))
    if row.attempts > 1:
        parts.append(say_n("Tried %(n)s time.", "Tried %(n)s times.", row.attempts))
    return tuple(parts)
