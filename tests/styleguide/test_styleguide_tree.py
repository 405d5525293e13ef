"""A tree that is searched quickly: its answers are Beautiful Soup's own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

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
