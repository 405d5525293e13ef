"""A finding leads to the line and column of its opening tag in the file that was built."""

from __future__ import annotations

import time

import pytest

from reports.ci.model import SourcePlace
from scan.source_places import SourceIndex

PAGE = """<!doctype html>
<html lang="en">
<head><title>Fees <b></title><style>a > b { }</style></head>
<body>
  <!-- <img src="old.png"> -->
  <main>
    <p>One
    <p>Two <img src="a.png"> <img
       src="b.png" class="wide"></p>
    <ul><li>A<li>B <a href="/x?a=1&amp;b=2">x</a></ul>
    <table><tr><td>1<td id="sum">2</table>
    <img src="c.png"><img src="c.png">
    <script>document.write('<img src="d.png">')</script>
  </main>
</body>
"""


def at(selector: str, snippet: str, index: SourceIndex | None = None) -> tuple[int, int, bool] | None:
    place = (index or SourceIndex(PAGE)).place((selector,), snippet, "rule")
    return (place.line, place.column, place.is_exact) if place else None


@pytest.mark.parametrize(
    ("selector", "snippet", "expected"),
    [
        ("html", '<html lang="en">', (2, 1, True)),
        ('img[src$="a.png"]', '<img src="a.png">', (8, 12, True)),
        ("p:nth-child(2) > img:nth-of-type(2)", '<img src="b.png" class="wide loaded">', (8, 30, True)),
        ("html > body > main > ul > li:nth-of-type(2) > a", '<a href="/x?a=1&amp;b=2">x</a>', (10, 20, True)),
        ("#sum", '<td id="sum">2</td>', (11, 21, True)),
        # The selector fits a page that a script has changed; what the tag says finds it.
        ("div.added > img", '<img src="b.png" class="wide">', (8, 30, True)),
        ("tbody > tr > td:nth-of-type(2)", '<td id="sum">2</td>', (11, 21, True)),
        ("main > img", '<img src="a.png">', (8, 12, True)),  # the selector leads to another picture
        ("!!!", '<img src="a.png">', (8, 12, True)),
        # Words: the selector alone.
        ("main > p:nth-of-type(2)", "…Two…", (8, 8, True)),
        ("main > p:nth-of-type(2)", "Two and three", (8, 5, True)),
    ],
)
def test_an_element_is_found_in_the_source(selector: str, snippet: str, expected: tuple[int, int, bool]) -> None:
    assert at(selector, snippet) == expected


@pytest.mark.parametrize(
    ("selector", "snippet"),
    [
        ("img.new", '<img src="d.png">'),  # a script writes it
        ("body > img", '<img src="old.png">'),  # a comment
        ("title > b", "<b></b>"),
        ("p.none", "words"),
    ],
)
def test_what_is_not_in_the_source_has_no_place(selector: str, snippet: str) -> None:
    assert at(selector, snippet) is None


def test_of_tags_that_say_the_same_each_gets_its_own() -> None:
    index = SourceIndex(PAGE)
    found = [at("x > y", '<img src="c.png">', index) for _ in range(3)]
    assert found == [(12, 5, False), (12, 22, False), (12, 22, False)]


def test_a_place_ends_with_the_tag_and_frames_have_none() -> None:
    index = SourceIndex("a\r\nb\r<p\n>")
    assert index.place(("p",), "<p>", "r") == SourcePlace(3, 1, 4, 2)
    assert index.place(("#frame", "p"), "<p class=x>", "r") == SourcePlace(3, 1, 4, 2)
    assert index.place(("#frame", "img"), "<img>", "r") is None


@pytest.mark.parametrize(
    "source", ["<a " * 60_000, "<!--" * 60_000, "<p '" * 60_000, "<script>" * 60_000, "<" * 200_000]
)
def test_hostile_sources_take_linear_time(source: str) -> None:
    started = time.process_time()
    SourceIndex(source).place(("b",), "<b>", "r")
    assert time.process_time() - started < 5
