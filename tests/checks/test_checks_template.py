"""Pages that are built alike share a template, whatever their content."""

from __future__ import annotations

from random import Random

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from checks.template import SKETCH_SIZE, likeness, sketch, templates

ARTICLE = """<body><header class="top"><nav class="menu"><ul><li>a</li></ul></nav></header>
<main class="article"><div class="lead"><p>{}</p></div><div class="body">{}</div><aside class="related"></aside></main>
<footer class="foot"><div class="legal"></div></footer></body>"""
FORM = """<body><div class="app"><form class="apply"><fieldset><legend>x</legend><label>{}</label><input type="text">
</fieldset><div class="buttons"><button>Go</button></div></form><section class="help">
<table><tr><td>{}</td></tr></table></section></div></body>"""


def drawn(html: str, *contents: str) -> tuple[int, ...]:
    return sketch(BeautifulSoup(html.format(*contents), "lxml"))


def test_other_texts_leave_the_template() -> None:
    short, long = drawn(ARTICLE, "a", "<p>b</p>"), drawn(ARTICLE, "c", "<h2>d</h2><p>e <a href='/'>f</a></p>" * 20)
    assert templates([(1, short), (2, long)]) == [[1, 2]]


def test_another_build_is_another_template() -> None:
    pages = [(1, drawn(ARTICLE, "a", "b")), (2, drawn(FORM, "a", "b")), (3, drawn(ARTICLE, "c", "d"))]
    assert templates(pages) == [[1, 3], [2]]


numbers = st.sets(st.integers(0, 500), max_size=SKETCH_SIZE).map(lambda found: tuple(sorted(found)))


@given(numbers, numbers)
def test_likeness_is_a_share_and_has_no_direction(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1
    assert likeness(one, one) == 1


def test_a_component_more_or_less_leaves_a_small_page_in_its_template() -> None:
    page = '<body class="example"><main><div class="{}"><label></label>{}</div></main></body>'
    plain, wrong = drawn(page, "field", ""), drawn(page, "field error", '<div class="hint"></div><input class="wide">')
    assert templates([(1, plain), (2, wrong)]) == [[1, 2]]


def test_what_stands_in_the_head_is_no_template() -> None:
    bare, full = "<head></head>" + ARTICLE, "<head><title></title><base><link><style></style></head>" + ARTICLE
    assert drawn(bare, "a", "b") == drawn(full, "a", "b")


@given(st.lists(numbers, max_size=12), st.randoms())
def test_the_order_of_pages_means_nothing(sketches: list[tuple[int, ...]], random: Random) -> None:
    pages = list(enumerate(sketches))
    shuffled = random.sample(pages, len(pages))
    assert sorted(templates(shuffled)) == sorted(templates(pages))
    assert [len(group) for group in templates(shuffled)] == [len(group) for group in templates(pages)]


def test_a_page_without_elements_has_a_sketch() -> None:
    assert sketch(BeautifulSoup("", "lxml")) == ()
    assert templates([]) == []
