"""Sitemaps: the three forms, and what is done to crawlers with them."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sitemap import SitemapLinks, read

NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
URLSET = f"<urlset {NS}><url><loc> https://h/a </loc><lastmod>yesterday</lastmod></url><url><loc>https://h/b</loc></url></urlset>"


def links(body: bytes | str, *, max_bytes: int = 100_000, max_urls: int = 100) -> SitemapLinks:
    return read(body.encode() if isinstance(body, str) else body, max_bytes=max_bytes, max_urls=max_urls)


def test_a_list_of_pages() -> None:
    assert links(URLSET) == SitemapLinks(pages=("https://h/a", "https://h/b"))


def test_an_index() -> None:
    body = f"<?xml version='1.0'?><sitemapindex {NS}><sitemap><loc>https://h/s1.xml</loc></sitemap></sitemapindex>"
    assert links(body) == SitemapLinks(sitemaps=("https://h/s1.xml",))


def test_plain_text() -> None:
    assert links("\ufeffhttps://h/a\r\n# no\njavascript:x\n http://h/b \n").pages == ("https://h/a", "http://h/b")


def test_gzip() -> None:
    assert links(gzip.compress(URLSET.encode(), mtime=0)).pages == ("https://h/a", "https://h/b")


def test_a_gzip_bomb_is_cut() -> None:
    bomb = gzip.compress(b"<urlset><url><loc>https://h/a</loc></url>" + b" " * 50_000_000, mtime=0)
    assert links(bomb) == SitemapLinks(pages=("https://h/a",), cut=True)


def test_more_addresses_than_the_bound() -> None:
    assert links(URLSET, max_urls=1) == SitemapLinks(pages=("https://h/a",), cut=True)
    assert links("https://h/a\nhttps://h/b", max_urls=1) == SitemapLinks(pages=("https://h/a",), cut=True)


@pytest.mark.parametrize("before", ["\ufeff", "\n\n", "\ufeff \r\n"])
def test_what_stands_before_the_declaration_loses_nothing(before: str) -> None:
    body = f"{before}<?xml version='1.0' encoding='utf-8'?><urlset {NS}><url><loc>https://h/?a=1&amp;b=2</loc></url></urlset>"
    assert links(body) == SitemapLinks(pages=("https://h/?a=1&b=2",))


def test_utf_16() -> None:
    assert links(f'<?xml version="1.0" encoding="UTF-16"?>\n{URLSET}'.encode("utf-16")).pages == (
        "https://h/a",
        "https://h/b",
    )


def test_one_bare_ampersand_changes_no_address() -> None:
    places = ["https://h/?a=1&b=2", "https://h/?a=1&amp;b=2", "<![CDATA[https://h/?c&d]]>", "https://h/&#252;&copy=1"]
    body = "<urlset>" + "".join(f"<url><loc>{place}</loc></url>" for place in places) + "</urlset>"
    wanted = ("https://h/?a=1&b=2", "https://h/?a=1&b=2", "https://h/?c&d", "https://h/ü&copy=1")
    assert links(body).pages == wanted


def test_relative_addresses_are_joined() -> None:
    body = b"<urlset><url><loc>/a</loc></url><url><loc>https://o/b</loc></url><url><loc>//[bad</loc></url></urlset>"
    assert read(body, max_bytes=999, max_urls=9, base="https://h/x/s.xml").pages == (
        "https://h/a",
        "https://o/b",
        "//[bad",
    )


def test_entities_are_not_resolved(tmp_path: object) -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ha">{lol}]><urlset><url><loc>https://h/&l9;</loc></url></urlset>'
    file = (
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><urlset><url><loc>https://h/&f;</loc></url></urlset>'
    )
    for body in (bomb, file):
        assert links(body).pages in ((), ("https://h/&l9;",), ("https://h/&f;",))


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>Not found</body></html>",
        "<",
        "<rss><channel/></rss>",
        b"\x1f\x8b broken",
        gzip.compress(b"x" * 99, mtime=0)[:-9],
        gzip.compress(URLSET.encode(), mtime=0)[:15] + b"\xff" * 40,
    ],
)
def test_what_is_no_sitemap(body: bytes | str) -> None:
    with pytest.raises(ValueError, match=r"it is|its compression"):
        links(body)


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=200).map(lambda b: URLSET.encode()[:120] + b)))
def test_nothing_but_value_error_comes_out(body: bytes) -> None:
    try:
        found = links(body)
    except ValueError:
        return
    assert isinstance(found, SitemapLinks)
