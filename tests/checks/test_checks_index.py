"""The index finds what the CSS engine finds."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from checks.elements import is_exposed
from checks.index import PageIndex

SELECTORS = [
    "p",
    "a, b",
    "img[alt], input[type=image][alt]",
    '[role="link"], a[href]',
    "[aria-hidden]",
    "input[type=text]",
    "nav a",
    "p:not([class])",
    'a[class="x y"]',
    'a[class~="x"], [class~=y]',
    "a[href^='#']",
]
NAMES = st.sampled_from(["p", "a", "b", "div", "img", "input", "nav", "section"])
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["alt", "role", "type", "href", "class", "aria-hidden", "data-curbcut-hidden"]),
    st.sampled_from(["", "link", "text", "TEXT", "image", "#a", "x y", "true"]),
    max_size=3,
)
TREES: st.SearchStrategy[Any] = st.recursive(
    st.tuples(NAMES, ATTRIBUTES, st.just([])),
    lambda inner: st.tuples(NAMES, ATTRIBUTES, st.lists(inner, max_size=4)),
    max_leaves=20,
)


def written(tree: Any) -> str:
    name, attributes, children = tree
    own = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{own}>{''.join(map(written, children))}</{name}>"


@given(TREES)
def test_the_index_finds_what_the_css_engine_finds(tree: Any) -> None:
    soup = BeautifulSoup(written(tree), "lxml")
    index = PageIndex(soup)
    for selector in SELECTORS:
        assert [id(tag) for tag in index.select(selector)] == [id(tag) for tag in soup.select(selector)], selector
    for tag in soup.find_all(True):
        assert index.is_exposed(tag) == is_exposed(tag)


@pytest.mark.parametrize("selector", ["p:hover(", "[", "p >> a"])
def test_a_selector_that_is_none_is_refused_as_the_css_engine_does(selector: str) -> None:
    with pytest.raises(Exception, match=r".+"):
        PageIndex(BeautifulSoup("<p></p>", "lxml")).select(selector)
