"""Rules about links, labels and language stay quick on a page with very many of one thing."""

from __future__ import annotations

import importlib
import time

import pytest
from bs4 import BeautifulSoup

from checks.model import Page
from checks.run import check_page

MANY = 800
BOUND_S = 20  # one look at each takes about a second; comparing each with each takes minutes
RULES = [
    importlib.import_module(f"checks.rules.{name}").rule
    for name in (
        "field_has_no_visible_label",
        "form_label_says_nothing",
        "heading_says_nothing",
        "link_text_says_nothing",
        "links_alike_lead_elsewhere",
        "page_language_is_right",
        "page_title_fits_the_page",
        "required_sign_is_explained",
        "same_data_asked_twice",
        "sign_in_needs_memory",
        "text_language_is_right",
        "visible_label_in_name",
    )
]
PAGES = {
    "links": "<div>" + '<a href="/a">here</a>' * MANY + "</div>",
    "lists in a list": "<ul><li>" + '<ul><li><a href="/a">Elm</a></li></ul>' * MANY + "</li></ul>",
    "fields": "<form>" + '<label>Info* <input autocomplete="email"></label>' * MANY + "</form>",
    "forms": "<form><label>Town* <input></label></form>" * MANY,
    "passwords": '<form><input type="password" onpaste="return false"></form>' * MANY,
    "headings": "<h2>Heading</h2>" * MANY,
    "long names": '<a href="/" aria-label="' + "a " * 1_000 + 'b">' + "a " * MANY + "c</a>",
}


@pytest.mark.parametrize("body", PAGES.values(), ids=PAGES.keys())
def test_a_crowded_page_is_judged_in_bounded_time(body: str) -> None:
    html = f'<html lang="en"><head><title>Elm</title></head><body>{body}</body></html>'
    started = time.process_time()
    result = check_page(Page("http://elm.example/", "http://elm.example/", html), RULES, BeautifulSoup(html, "lxml"))
    assert {key: why for key, why in result.not_run.items() if not key.endswith(":more")} == {}
    assert time.process_time() - started < BOUND_S
