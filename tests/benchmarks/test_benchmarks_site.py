"""The generated site is what the measurements say it is: realistic sizes, always the same, every page within reach."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Any

import pytest
from lxml import html

from benchmarks.site import Site, serve_site
from benchmarks.site_assets import FILES
from benchmarks.site_pages import SECTIONS, WORDS, planted

SITE = Site(300)
SAMPLE = range(0, 300, 11)


def _open(address: str) -> Any:
    return urllib.request.urlopen(address, timeout=5)  # noqa: S310 - our own server


def _body(site: Site, path: str) -> bytes:
    status, _, body = site.answer(path, "http://origin.test")
    assert status == 200
    return body


@pytest.mark.parametrize("number", SAMPLE)
def test_pages_are_as_large_as_government_pages_are(number: int) -> None:
    body = _body(SITE, SITE.path(number))
    page = html.fromstring(body)
    assert 20_000 < len(body) < 60_000
    assert 780 <= sum(isinstance(element.tag, str) for element in page.iter()) <= 1_500
    assert 3 <= len(page.findall(".//img")) <= 6
    words = sum(len(p.text_content().split()) for p in page.findall(".//main/p"))
    assert WORDS * 0.6 < words < WORDS * 1.4
    assert len(page.xpath("//nav[@aria-label='Main']//a")) == 30


def test_the_three_templates_take_turns() -> None:
    assert {SITE.path(n).split("/")[1] for n in range(1, 7)} == set(SECTIONS)


def test_a_page_is_always_the_same() -> None:
    assert _body(Site(300), SITE.path(7)) == _body(SITE, SITE.path(7))
    assert _body(SITE, SITE.path(7)) != _body(SITE, SITE.path(10))


@pytest.mark.parametrize("pages", [1, 2, 24, 300, 2_000])
def test_links_lead_to_every_page(pages: int) -> None:
    site, seen, waiting = Site(pages), {0}, [0]
    while waiting:
        for path in site.links(waiting.pop()):
            if (number := site.numbers[path]) not in seen:
                seen.add(number)
                waiting.append(number)
    assert len(seen) == pages


def test_everything_a_page_names_is_there() -> None:
    page = html.fromstring(_body(SITE, "/"))
    named = [*page.xpath("//link[@rel='stylesheet']/@href"), *page.xpath("//script/@src"), *page.xpath("//img/@src")]
    assert len(named) >= 7
    assert set(named) <= set(FILES)
    broken = {path for path in page.xpath("//a/@href") if path.startswith("/") and SITE.answer(path, "")[0] != 200}
    assert broken == {"/contact-by-chat"}, "a broken link in the header, as real sites have"


def test_planted_barriers_are_in_the_html() -> None:
    for number in range(40):
        page = html.fromstring(_body(SITE, SITE.path(number)))
        assert bool(page.xpath("//img[not(@alt)]")) is ("image-alt" in planted(number))
        assert bool(page.xpath("//main//select[not(@aria-label)]")) is ("select-name" in planted(number))
        assert bool(page.xpath("//main//button[not(text())]")) is ("button-name" in planted(number))
        assert bool(page.xpath("//p[@class='feed']")) is ("color-contrast" in planted(number))


def test_the_server_speaks_of_every_page_in_its_sitemap() -> None:
    with serve_site(5, words=60) as origin, _open(f"{origin}/sitemap.xml") as answer:
        assert answer.read().count(b"<loc>") == 5


def test_extras_are_there_only_when_asked_for() -> None:
    assert Site(20).answer("/go/0", "")[0] == 404
    status, headers, _ = Site(20, extras=True).answer("/go/0", "")
    assert (status, headers["Location"]) == (302, Site(20).path(5))
    assert Site(20, extras=True).answer("/files/0.pdf", "")[1]["Content-Type"] == "application/pdf"
    with serve_site(5, sitemap=False) as origin, pytest.raises(urllib.error.HTTPError) as missing:
        _open(f"{origin}/sitemap.xml")
    missing.value.close()
    assert missing.value.code == 404
