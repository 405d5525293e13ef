"""Fingerprints outlast what does not matter and change with what does; components name a place in a template."""

from __future__ import annotations

import random
import string

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from checks.elements import element_of
from checks.fingerprint import component, fingerprint, region
from checks.stable import stable_classes, stable_token

RULE = "axe/link-name"


def target(html: str) -> Tag:
    """Return the element marked data-t in a page body."""
    found = BeautifulSoup(f"<html><body>{html}</body></html>", "lxml").select_one("[data-t]")
    assert found is not None, html
    return found


def named(html: str, message_id: str = "") -> str:
    return fingerprint(RULE, element_of(target(html)), message_id)


def placed(html: str) -> str:
    return component(RULE, element_of(target(html)))


# What may happen to markup between two crawls without the barrier being another: (what, before, after).
KEEPS = [
    ("order of attributes", '<a data-t href="/x" title="Go">Go</a>', '<a title="Go" data-t href="/x">Go</a>'),
    ("indentation", "<a data-t href='/x'>Bus times</a>", "<a data-t href='/x'>\n    Bus\n    times\n</a>"),
    ("case", "<p data-t>Bus times</p>", "<p data-t>BUS TIMES</p>"),
    ("no-break spaces", "<p data-t>Bus times</p>", "<p data-t>Bus\u00a0times</p>"),
    ("a counter", "<a data-t href='/c'>3 comments</a>", "<a data-t href='/c'>12 comments</a>"),
    ("a class by css-in-js", "<p data-t class='css-1x2y3z'>A</p>", "<p data-t class='css-9q8w7e'>A</p>"),
    (
        "a class by styled-components",
        "<p data-t class='sc-bdVaJa fKzPqW'>A</p>",
        "<p data-t class='sc-gtsrHT jQxLmN'>A</p>",
    ),
    (
        "a class by css modules",
        "<p data-t class='card_title__3xY2z'>A</p>",
        "<p data-t class='card_title__9aB8c'>A</p>",
    ),
    ("any class where text names it", "<p data-t class='old'>A text</p>", "<p data-t class='new'>A text</p>"),
    ("a class of state", "<a data-t href='/x' class='active'></a>", "<a data-t href='/x'></a>"),
    ("order of classes", "<b data-t class='one two'></b>", "<b data-t class='two one'></b>"),
    ("a numbered id", "<input data-t id='field-17' name='mail'>", "<input data-t id='field-18' name='mail'>"),
    ("an id by React", "<input data-t id=':r1:' name='mail'>", "<input data-t id=':r7:' name='mail'>"),
    ("an id by a toolkit", "<div data-t id='ember231'>Map</div>", "<div data-t id='ember988'>Map</div>"),
    ("a random id", "<div data-t id='a8f3c2d1'>Map</div>", "<div data-t id='77be01fa'>Map</div>"),
    ("a uuid as id", "<p data-t id='3f2b8c1e-9a4d-4e7b-8c2a-1d5e6f7a8b9c'>A</p>", "<p data-t>A</p>"),
    ("a style", "<p data-t style='color:red'>A</p>", "<p data-t style='color:blue'>A</p>"),
    ("data attributes", "<p data-t data-v='1'>A</p>", "<p data-t data-x='2'>A</p>"),
    ("tabindex", "<a data-t href='/x' tabindex='0'>A</a>", "<a data-t href='/x'>A</a>"),
    ("a wrapper", "<a data-t href='/x'>A</a>", "<div class='wrap'><div><a data-t href='/x'>A</a></div></div>"),
    ("another parent", "<main><a data-t href='/x'>A</a></main>", "<footer><p><a data-t href='/x'>A</a></p></footer>"),
    ("an item before", "<ul><li data-t>B</li></ul>", "<ul><li>A</li><li data-t>B</li></ul>"),
    ("an item before, in the list", "<ul data-t><li>B</li></ul>", "<ul data-t><li>A</li><li>B</li></ul>"),
    ("text in a region", "<main data-t>One</main>", "<main data-t>Two</main>"),
    ("a session in a link", "<a data-t href='/x;jsessionid=AB12'></a>", "<a data-t href='/x;jsessionid=CD34'></a>"),
    ("a session parameter", "<a data-t href='/x?a=1&amp;sid=77'></a>", "<a data-t href='/x?sid=99&amp;a=1'></a>"),
    ("order of parameters", "<a data-t href='/x?a=1&amp;b=2'></a>", "<a data-t href='/x?b=2&amp;a=1'></a>"),
    ("a slash at the end", "<a data-t href='/x/'></a>", "<a data-t href='/x'></a>"),
    ("a relative link", "<a data-t href='../x/y'></a>", "<a data-t href='../../x/y'></a>"),
    ("a hash in a file name", "<img data-t src='/logo.3f2a1b9c.png'>", "<img data-t src='/logo.9e8d7c6b.png'>"),
    ("a version of a file", "<img data-t src='/logo.png?v=3'>", "<img data-t src='/logo.png?v=4'>"),
    ("another folder", "<img data-t src='/a/logo.png'>", "<img data-t src='/b/c/logo.png'>"),
]

# What makes it another barrier: (what, one, other).
CHANGES = [
    ("the tag", "<a data-t href='/x'>A</a>", "<area data-t href='/x'>"),
    ("the text", "<p data-t>Bus times</p>", "<p data-t>Opening hours</p>"),
    ("where a link leads", "<a data-t href='/bus'></a>", "<a data-t href='/hours'></a>"),
    (
        "the host a link leads to",
        "<a data-t href='https://a.example/'></a>",
        "<a data-t href='https://b.example/'></a>",
    ),
    ("the place in a page", "<a data-t href='#top'></a>", "<a data-t href='#content'></a>"),
    ("a parameter", "<a data-t href='/x?page=1'></a>", "<a data-t href='/x?page=2'></a>"),
    ("the image", "<img data-t src='product-17.jpg'>", "<img data-t src='product-18.jpg'>"),
    ("an image without a name", "<img data-t src='/m/1234.jpg'>", "<img data-t src='/m/1235.jpg'>"),
    (
        "an image in the address",
        "<img data-t src='data:image/gif;base64,AA'>",
        "<img data-t src='data:image/gif;base64,AB'>",
    ),
    ("the field", "<input data-t type='text' name='first'>", "<input data-t type='text' name='last'>"),
    ("the type", "<input data-t type='text' name='a'>", "<input data-t type='tel' name='a'>"),
    ("the label", "<button data-t aria-label='Close'></button>", "<button data-t aria-label='Open'></button>"),
    ("the role", "<div data-t role='tab'>A</div>", "<div data-t role='button'>A</div>"),
    ("the only class", "<button data-t class='btn-close'></button>", "<button data-t class='btn-search'></button>"),
    ("an id of words", "<select data-t id='country'></select>", "<select data-t id='language'></select>"),
]


@pytest.mark.parametrize(("before", "after"), [case[1:] for case in KEEPS], ids=[case[0] for case in KEEPS])
def test_a_fingerprint_outlasts(before: str, after: str) -> None:
    assert named(before) == named(after)


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_a_fingerprint_tells_apart(one: str, other: str) -> None:
    assert named(one) != named(other)


def test_a_fingerprint_tells_rules_and_messages_apart() -> None:
    element = element_of(target("<a data-t href='/x'>A</a>"))
    prints = {
        fingerprint("a", element),
        fingerprint("b", element),
        fingerprint("a", element, "m"),
        component("a", element),
    }
    assert len(prints) == 4
    assert all(len(one) == 16 for one in prints)


def page(main: str, current: str = "home") -> str:
    items = "".join(
        f'<li class="item{" active" if name == current else ""}"><a href="/{name}"></a></li>'
        for name in ("home", "bus")
    )
    return f'<header class="site"><ul class="menu">{items}</ul></header><main>{main}</main>'


def test_a_link_in_a_shared_header_is_one_component_on_every_page() -> None:
    one = page("<p>Welcome</p>").replace('<a href="/bus">', '<a data-t href="/bus">')
    other = page("<div><table></table></div>", current="bus").replace('<a href="/bus">', '<a data-t href="/bus">')
    assert placed(one) == placed(other)
    assert named(one) == named(other)


def test_images_in_one_slot_of_a_template_share_a_component_and_nothing_else() -> None:
    slots = [
        f'<main id="post-{n}"><p class="card card--{n}"><img data-t class="css-{n}ab" src="product-{n}.jpg"></p></main>'
        for n in range(38)
    ]
    assert len({placed(slot) for slot in slots}) == 1
    assert len({named(slot) for slot in slots}) == 38


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<header><a data-t></a></header>", "<footer><a data-t></a></footer>"),
        ("<main><a data-t></a></main>", "<iframe></iframe><nav><a data-t></a></nav>"),
        (
            "<main><div class='card'><a data-t></a></div></main>",
            "<main><div class='teaser'><a data-t></a></div></main>",
        ),
        ("<main><p><a data-t></a></p></main>", "<main><table><tr><td><a data-t></a></td></tr></table></main>"),
        ("<main><a data-t class='more'></a></main>", "<main><a data-t class='logo'></a></main>"),
    ],
)
def test_other_places_are_other_components(one: str, other: str) -> None:
    assert placed(one) != placed(other)


def test_wrappers_that_say_nothing_keep_the_component() -> None:
    assert placed("<main><p><a data-t></a></p></main>") == placed(
        "<main><div><p><span><a data-t></a></span></p></div></main>"
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<header><a data-t></a></header>", "header"),
        ("<header><nav><a data-t></a></nav></header>", "nav"),
        ("<main><article><header><a data-t></a></header></article></main>", "main"),
        ("<article><footer><a data-t></a></footer></article>", ""),
        ("<div role='contentinfo'><a data-t></a></div>", "footer"),
        ("<nav role='presentation'><a data-t></a></nav>", ""),
        ("<aside><p data-t></p></aside>", "aside"),
        ("<nav data-t></nav>", "nav"),
        ("<div><a data-t></a></div>", ""),
    ],
)
def test_regions(html: str, expected: str) -> None:
    assert region(element_of(target(html))) == expected


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("menu-item-4571", "menu-item"),
        ("styles_header__3xY2z", "styles-header"),
        ("css-1x2y3z", ""),
        ("col12", "col12"),
        ("h2", "h2"),
        ("govuk-button--secondary", "govuk-button-secondary"),
        ("navBarItem", "navBarItem"),
        ("mt4", "mt4"),
        ("facebook", "facebook"),
        ("deadbeef01", ""),
        ("fKzPqW", ""),
        ("jss412", ""),
        ("svelte-abc12", ""),
    ],
)
def test_generated_parts_of_names_are_cut(token: str, expected: str) -> None:
    assert stable_token(token) == expected


def test_states_are_no_classes() -> None:
    assert stable_classes(["is-open", "js-menu", "active", "menu", "menu"]) == ["menu"]


attribute_names = st.sampled_from(
    ["class", "id", "href", "src", "alt", "title", "name", "role", "style", "data-x", "onclick"]
)
attribute_values = st.text(alphabet=string.ascii_letters + string.digits + " -_/.:#?=&", max_size=20)


@given(st.dictionaries(attribute_names, attribute_values), st.text(max_size=50), st.randoms())
def test_order_and_space_never_matter(attributes: dict[str, str], text: str, rng: random.Random) -> None:
    def build(pairs: list[tuple[str, str]], gap: str) -> str:
        tag = BeautifulSoup("<html><body></body></html>", "lxml").new_tag("a", attrs=dict(pairs))
        tag.string = gap + gap.join(text.split()) + gap
        element = element_of(tag)
        return fingerprint(RULE, element) + component(RULE, element)

    pairs = list(attributes.items())
    first = build(pairs, " ")
    rng.shuffle(pairs)
    assert build(pairs, " \n\t ") == first


@given(st.text(max_size=300))
def test_no_value_breaks_a_fingerprint(value: str) -> None:
    tag = BeautifulSoup("", "lxml").new_tag("a", attrs={"href": value, "src": value, "id": value, "class": value})
    assert len(fingerprint(RULE, element_of(tag))) == 16
