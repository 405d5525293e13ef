from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from bs4 import Tag

from checks.model import Page
from styleguide.check import check_page
from styleguide.guides import load_guide
from styleguide.places import Places, is_hand_made
from styleguide.text import parse

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("main-content", True),
        ("fees", True),
        ("ember123", False),
        ("react-aria-x", False),
        ("x", False),
        ("a1b2", False),
        ("ui_", True),
        ("sc-aBcDe", False),
    ],
)
def test_hand_made_ids(value: str, expected: bool) -> None:
    assert is_hand_made(value) is expected


@pytest.mark.parametrize(
    "html",
    [
        "<div><p>a</p><p id=x1>b</p></div>",
        "<main id=content><ul><li>a<li><b>b</b></ul></main>",
        "<p id=twice>a</p><div id=twice><p>b</p></div>",
        "<my-card><p>a</p></my-card><a.b>x</a.b><svg:g>y</svg:g>",
        "<table><tbody><tr><td>1<td>2<tr><td>3</table>",
        "<div>" * 50 + "<p>deep</p>",
    ],
)
def test_selector_finds_its_element_again(html: str) -> None:
    soup = parse(f"<html><head><title>t</title></head><body>{html}</body></html>")
    places = Places(soup)
    for node in soup.find_all(True):
        assert isinstance(node, Tag)
        if ":" in node.name:  # soupsieve takes the colon of an escaped name for a namespace
            continue
        [selector] = places.selector_path(node)
        assert soup.select_one(selector) is node, selector


def test_selector_of_a_very_deep_element_stays_short() -> None:
    soup = parse("<body>" + "<div>" * 300 + "<p>deep</p>")
    [selector] = Places(soup).selector_path(soup.p)  # type: ignore[arg-type]
    assert len(selector) < 1_000
    assert soup.select_one(selector) is soup.p


def test_missing_tbody_is_put_in_as_a_browser_does() -> None:
    soup = parse("<table><tr><td>1</td></tr></table>")
    assert Places(soup).selector_path(soup.td) == ("body > table > tbody > tr > td",)  # type: ignore[arg-type]


def test_shadow_roots_are_steps() -> None:
    inner = "<in-ner><curbcut-shadow><b>c</b></curbcut-shadow></in-ner>"
    soup = parse(f"<town-card id=card><curbcut-shadow><p>a</p>{inner}</curbcut-shadow></town-card>")
    assert Places(soup).selector_path(soup.b) == ("#card", ":host > in-ner", ":host > b")  # type: ignore[arg-type]


def test_shadow_element_written_by_the_page_itself_is_survived() -> None:
    soup = parse("<curbcut-shadow>" * 3 + "<p>a</p>")
    assert Places(soup).selector_path(soup.p)[-1] == ":host > p"  # type: ignore[arg-type]


SHADOW_PAGE = """<!DOCTYPE html><html lang=en><body><main><p>Pay prior to May.</p>
<script>1</script><div><p>One</p><p>Two, in order to pay.</p></div>
<table><tr><td>Three, with regard to fees.</td></tr></table>
<x-box><p slot=s>Four, in lieu of fees.</p></x-box></main>
<script>
class Box extends HTMLElement { connectedCallback() {
  const root = this.attachShadow({mode: "open"});
  root.innerHTML = "<style>p{}</style><div><p>Five.</p></div>"
    + "<p>Six, pertaining to fees.</p><slot name=s></slot><x-leaf></x-leaf>";
} }
class Leaf extends HTMLElement { connectedCallback() {
  this.attachShadow({mode: "open"}).innerHTML = "<section><p>Seven, in the event of rain.</p></section>";
} }
customElements.define("x-leaf", Leaf); customElements.define("x-box", Box);
</script></body></html>"""

FIND = """(steps) => {
  let root = document;
  let found = null;
  for (const step of steps) { found = root.querySelector(step); root = found && found.shadowRoot; }
  return found && found.textContent;
}"""


@pytest.mark.browser
def test_targets_select_the_element_in_a_real_page(browser: Browser) -> None:
    snapshot_script = files("crawler.render").joinpath("snapshot.js").read_text("utf-8")
    page = browser.new_page()
    page.set_content(SHADOW_PAGE)
    snapshot = page.evaluate(f"({snapshot_script})({{chars: 1e6, nodes: 1e5, links: 100}})")
    result = check_page(Page("https://t.example/", "https://t.example/", snapshot["html"]), load_guide())
    phrases = {finding.arguments["phrase"]: page.evaluate(FIND, list(finding.target)) for finding in result.findings}
    assert {phrase: text and phrase in text for phrase, text in phrases.items()} == dict.fromkeys(
        ["prior to", "in order to", "with regard to", "in lieu of", "pertaining to", "in the event of"], True
    )
