"""Whole pages in the manner of national templates: what is wrong in them is found, and nothing else fails."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup

from checks.model import Outcome
from checks.statement.blocks import blocks_of, content_of
from checks.statement.evaluation.written import pages, written
from checks.statement.read import is_statement


def test_what_fails_on_each_page_is_what_is_wrong_in_it() -> None:
    for case in written():
        failed = {check for check, outcome in case.outcomes().items() if outcome is Outcome.FAILED}
        assert failed == case.failing, case.name


def test_each_page_is_told_to_be_a_statement() -> None:
    for page in pages():
        soup = BeautifulSoup(page.html, "lxml")
        headings = [tag.get_text(" ") for tag in soup.find_all(["h1", "h2", "h3"])]
        assert soup.title is not None
        assert is_statement(soup.title.get_text(), headings), page.name


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        (
            "<div role=tablist><button role=tab aria-controls=a>One</button>"
            "<button role=tab aria-controls=b>Two</button></div>"
            "<div id=a>First.</div><div id=b data-curbcut-hidden>Second.</div>",
            [("One", 7), ("First.", 0), ("Two", 7), ("Second.", 0)],
        ),
        (
            "<h2><button aria-expanded=false>One</button></h2><div aria-hidden=true><p>First.</p></div>",
            [("One", 2), ("First.", 0)],
        ),
        (
            "<details><summary>One</summary><p data-curbcut-hidden>First.</p></details>",
            [("One", 7), ("First.", 0)],
        ),
        ("<p>Seen.</p><div data-curbcut-hidden><p>An older version.</p></div>", [("Seen.", 0)]),
        (
            "<button aria-controls=a>One</button><div id=a><p>First.</p><p aria-hidden=true>Old.</p></div>",
            [("One", 7), ("First.", 0)],
        ),
    ],
)
def test_panels_are_read_under_the_words_of_their_control(html: str, texts: list[tuple[str, int]]) -> None:
    content = content_of(BeautifulSoup(f"<main>{html}</main>", "lxml"))
    assert content is not None
    assert [(block.text, block.level) for block in blocks_of(content, "https://x.example/")] == texts


def test_pages_are_in_most_languages_of_the_union_and_some_are_wrong() -> None:
    assert len({page.lang for page in pages()}) >= 20
    assert sum(bool(page.failing) for page in pages()) >= 3
    assert all(page.today > date(2026, 1, 1) for page in written())
