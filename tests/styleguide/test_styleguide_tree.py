"""A tree that is searched quickly: its answers are Beautiful Soup's own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement
from hypothesis import given
from hypothesis import strategies as st

from styleguide.tree import tree_of

HTML = """<!doctype html><html lang="en"><head><title>Bins</title><meta name="description" content="x"></head><body>
<nav class="top menu"><ul><li><a href="/a" class="on">A</a></li><li><a name="b">B</a></li></ul></nav>
<main><h1>Bins <b>and <strong>bags</strong></b></h1><o:p>Office</o:p><!-- note -->
<p hidden="">One<br>two <img alt=""></p>
<table><tr><th scope="col">Day</th><td>Mon<table><tr><td>x</td></tr></table></td></tr></table>
<form><label for="q">Q<input id="q" type="text" disabled></label><select id="s"><option>1</option></select></form>
</main>
</body></html>"""

SEARCHES: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((), {}),
    ((), {"limit": 2}),
    ((True,), {}),
    ((True,), {"limit": 3}),
    (("td",), {}),
    (("td",), {"limit": 1}),
    (("",), {}),
    ((["td", "th"],), {}),
    (([],), {}),
    ((("b", "strong"),), {"limit": 1}),
    ((frozenset({"b", "strong"}),), {}),
    (("o:p",), {}),
    ((["o:p", "p"],), {}),
    (("a",), {"href": True}),
    (("a",), {"href": False}),
    (("a",), {"href": "/a"}),
    (("a",), {"class_": True}),
    (("a",), {"href": re.compile("a")}),
    ((None,), {"hidden": True}),
    ((None,), {"id": True, "disabled": True}),
    ((None,), {"id": "q"}),
    (("label",), {"attrs": {"for": True}}),
    ((None,), {"attrs": {"class": "menu"}}),
    ((re.compile("^h[1-6]$"),), {}),
    ((lambda tag: tag.name == "p",), {}),
    ((), {"string": True}),
    (("title",), {"string": "Bins"}),
    (("p",), {"recursive": False}),
]


def _shown(found: Any) -> list[str]:
    return [str(one) for one in found]


@pytest.mark.parametrize(("names", "others"), SEARCHES)
def test_searches_answer_as_beautiful_soup_does(names: tuple[Any, ...], others: dict[str, Any]) -> None:
    plain, quick = BeautifulSoup(HTML, "lxml"), tree_of(HTML)
    assert str(plain) == str(quick)
    for one, other in zip([plain, *plain.find_all(True)], [quick, *quick.find_all(True)], strict=True):
        assert isinstance(one, Tag)
        assert isinstance(other, Tag)
        assert _shown(one.find_all(*names, **others)) == _shown(other.find_all(*names, **others))
        first = {key: value for key, value in others.items() if key != "limit"}
        assert str(one.find(*names, **first)) == str(other.find(*names, **first))
        up = {key: value for key, value in others.items() if key not in {"string", "recursive"}}
        assert _shown(one.find_parents(*names, **up)) == _shown(other.find_parents(*names, **up))
        along = {key: value for key, value in others.items() if key != "recursive"}
        assert _shown(one.find_next_siblings(*names, **along)) == _shown(other.find_next_siblings(*names, **along))
        assert _shown(one.find_previous_siblings(*names, **along)) == _shown(
            other.find_previous_siblings(*names, **along)
        )


AROUND = ("parent", "next_element", "previous_element", "next_sibling", "previous_sibling")
PIECES = """
<p> </p> <div~class='a__b'> </div> <pre> __ </pre> <b> </b> x <table>
<tr> <td~headers='a~b'> </table> <script> </script>
<!--c--> <a~href=x~rel='y~z'~class=z> </a> <textarea> </textarea> <body> </html> <!doctype~html>
<svg> </svg> <a:b~c:d=e>
<p~{a}b=c> &amp; <rt> <li> <ul> </ul> <template> </template> <select><option> <?a~b?> <![CDATA[x]]> <meta~charset=x>
<meta~http-equiv=content-type~content='text/html;~charset=x'> <br/> \x00 \xe9 <p~xmlns:a=b> </a:b>"""
MARKUP = ["\n", *(piece.replace("~", " ").replace("__", "  ") for piece in PIECES.split())]


def same_tree(html: str) -> None:
    """Fail unless the page's tree is Beautiful Soup's own: every element, what it knows, and what is around it."""
    plain, quick = BeautifulSoup(html, "lxml"), tree_of(html)
    ours, theirs = [quick, *quick.descendants], [plain, *plain.descendants]
    assert len(ours) == len(theirs)
    places = [{id(node): place for place, node in enumerate(nodes)} for nodes in (ours, theirs)]
    for own, other in zip(ours, theirs, strict=True):
        for name in AROUND:
            assert places[0].get(id(getattr(own, name))) == places[1].get(id(getattr(other, name))), (name, own)
        if own is not quick:
            assert known(own) == known(other)
        if not isinstance(own, Tag):
            assert (type(own), str(own)) == (type(other), str(other))
    assert str(quick) == str(plain)


def known(node: PageElement) -> dict[str, Any]:
    """Return what an element knows besides its neighbours, with the types of its attributes' values."""
    found = {key: value for key, value in vars(node).items() if key not in (*AROUND, "contents", "parser_class")}
    return {**found, "types": [type(value) for value in getattr(node, "attrs", {}).values()]}


def test_tree_is_beautiful_soups() -> None:
    same_tree(HTML)
    same_tree("")


@given(st.lists(st.sampled_from(MARKUP), max_size=25))
def test_tree_of_broken_markup_is_beautiful_soups(pieces: list[str]) -> None:
    same_tree("".join(pieces))
