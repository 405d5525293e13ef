"""The list of checked pages and a file about each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from checks.model import Outcome
from reports import analysis
from reports.analysis import Issue, PageRow
from reports.html.links import page_href
from reports.html.render import Site
from reports.html.tables import Cell, Column, write_list
from reports.wording import decimal, say, to_say

NO_LANGUAGE = to_say("not stated")
MAX_LANGUAGES = 20
"""Languages offered as a filter; the list holds what pages claim, which may be anything."""


def write(site: Site, connection: Connection, scan_id: int, on_pages: Mapping[str, int]) -> None:
    """Write the pages; `on_pages` says of each issue that has a file of its own how many pages it is on."""
    languages = analysis.page_languages(connection, scan_id)
    columns = (
        Column(to_say("Page")),
        Column(to_say("Language"), choices=tuple(lang or NO_LANGUAGE for lang, _ in languages[:MAX_LANGUAGES])),
        Column(to_say("Barriers"), "number"),
        Column(to_say("Questions"), "number"),
        Column(to_say("Style"), "number"),
        Column(to_say("Words a sentence"), "number"),
    )

    def rows() -> Iterator[list[Cell]]:
        for page in analysis.pages(connection, scan_id):
            _write_page(site, connection, scan_id, page, on_pages)
            yield _row(page)

    write_list(
        site,
        "pages",
        "pages.html",
        caption=say("Checked pages, those with most barriers first"),
        noun=say("pages"),
        columns=columns,
        rows=rows(),
        n_rows=analysis.count_pages(connection, scan_id),
        section="pages",
        languages=[(lang or say(NO_LANGUAGE), n) for lang, n in languages[:MAX_LANGUAGES]],
    )


def _row(page: PageRow) -> list[Cell]:
    per_sentence = page.readability.words_per_sentence if page.readability else None
    return [
        Cell(page.title or page.url, href=page_href(page.id), note=page.url, lang=page.lang),
        Cell(page.lang or say(NO_LANGUAGE)),
        Cell(page.n_failed),
        Cell(page.n_cant_tell),
        Cell(page.n_style),
        Cell(decimal(per_sentence), rank=per_sentence or 0.0),
    ]


def _write_page(site: Site, connection: Connection, scan_id: int, page: PageRow, on_pages: Mapping[str, int]) -> None:
    barriers: list[Issue] = []
    questions: list[Issue] = []
    style: list[Issue] = []
    practices: list[Issue] = []
    for issue in analysis.page_issues(connection, scan_id, page.id):
        if issue.outcome == Outcome.CANT_TELL:
            questions.append(issue)
        elif issue.outcome == Outcome.BEST_PRACTICE:
            practices.append(issue)
        elif issue.is_style:
            style.append(issue)
        else:
            barriers.append(issue)
    site.render(
        page_href(page.id),
        "page.html",
        section="pages",
        page=page,
        barriers=barriers,
        questions=questions,
        style=style,
        practices=practices,
        on_pages=on_pages,
    )
