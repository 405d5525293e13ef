"""A tagged PDF as a web page: headings, paragraphs in reading order, links; nothing where tags are missing."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from checks.documents.run import check_document
from checks.documents.samples.pdf import artifact, link, paragraph, pdf, picture, table, untagged
from checks.documents.sandbox import check_safely

TITLE = paragraph("Accessibility statement", "H1", size=18)


def page(*items: object, known: bool = True, **more: object) -> str:
    build = pdf(*items, **more)  # type: ignore[arg-type]
    return check_document(build().data, url="https://elm.example/a.pdf", is_statement=known).statement


def test_headings_paragraphs_and_links_come_in_order() -> None:
    soup = BeautifulSoup(
        page(
            TITLE, artifact("Page 1"), paragraph("We are <committed> & open."), paragraph("Feedback", "H2"),
            link("Write to us", uri="https://elm.example/write?a=1&b=2"), table([["Who", "When"], ["Ada", "May"]]),
            title="Elm", lang="en-GB",
        ),
        "lxml",
    )  # fmt: skip
    assert soup.html is not None
    assert soup.html["lang"] == "en-GB"
    assert soup.main is not None
    found = [(tag.name, tag.get_text()) for tag in soup.main.find_all(["h1", "h2", "p"])]
    assert found == [
        ("h1", "Accessibility statement"), ("p", "We are <committed> & open."), ("h2", "Feedback"),
        ("p", "Write to us"), ("p", "Who"), ("p", "When"), ("p", "Ada"), ("p", "May"),
    ]  # fmt: skip
    assert [a["href"] for a in soup.find_all("a")] == ["https://elm.example/write?a=1&b=2"]


def test_a_bold_line_stands_out_as_it_does_on_a_page() -> None:
    words = paragraph("A long paragraph of the text of this document, which sets what is usual in it, line by line.")
    assert "<p><strong>Feedback</strong></p>" in page(TITLE, words, paragraph("Feedback", bold=True), words)


@pytest.mark.parametrize(
    ("items", "more"),
    [((untagged("Accessibility statement"),), {"tagged": False}), ((picture(0.9),), {"tagged": False})],
)
def test_without_tags_there_is_nothing_to_read(items: tuple[object, ...], more: dict[str, object]) -> None:
    assert page(*items, **more) == ""


def test_only_a_statement_is_kept_unless_it_is_known_for_one() -> None:
    assert page(paragraph("Budget", "H1"), known=False) == ""
    assert "<h1>Budget</h1>" in page(paragraph("Budget", "H1"))
    assert "Accessibility statement" in page(TITLE, known=False)


def test_it_comes_out_of_the_process_that_reads_strangers_files() -> None:
    result = check_safely(pdf(TITLE)().data, url="https://elm.example/a.pdf", declared="pdf")
    assert result.reason == ""
    assert "<h1>Accessibility statement</h1>" in result.statement
    assert check_safely(b"%PDF-1.7 broken", url="https://elm.example/b.pdf", is_statement=True).statement == ""
