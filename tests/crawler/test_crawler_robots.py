"""robots.txt as RFC 9309 has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.robots import read

BOUND = 512 * 1024
TOKEN = "Curbcut"  # noqa: S105 - the name robots.txt knows us by


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 301])
def test_missing_means_free(status: int) -> None:
    assert read(status, b"User-agent: *\nDisallow: /", max_bytes=BOUND).allows("https://h/a", TOKEN)


@pytest.mark.parametrize("status", [429, 500, 503, 599])
def test_unreachable_means_stay_away(status: int) -> None:
    robots = read(status, b"", max_bytes=BOUND)
    assert robots.unreachable == f"HTTP {status}"
    assert not robots.allows("https://h/a", TOKEN)


def test_rules_delay_and_sitemaps() -> None:
    body = b"\xef\xbb\xbfUser-agent: curbcut\nDisallow: /no\nAllow: /no/but\nCrawl-delay: 86400\nSitemap: https://h/s.xml\n"
    robots = read(200, body, max_bytes=BOUND)
    assert not robots.allows("https://h/no/way", TOKEN)
    assert robots.allows("https://h/no/but", TOKEN)
    assert robots.allows("https://h/yes", TOKEN)
    assert robots.crawl_delay(TOKEN) == 86400
    assert robots.sitemaps() == ("https://h/s.xml",)


@pytest.mark.parametrize("delay", [b"0", b"-1", b"nan", b"soon", b""])
def test_a_delay_that_is_none(delay: bytes) -> None:
    assert read(200, b"User-agent: *\nCrawl-delay: " + delay, max_bytes=BOUND).crawl_delay(TOKEN) is None


def test_a_web_page_in_its_place_forbids_nothing() -> None:
    assert read(200, b"<!doctype html><html><p>Disallow: none</p></html>", max_bytes=BOUND).allows("https://h/a", TOKEN)


def test_only_the_first_bytes_count() -> None:
    body = b"User-agent: *\n#" + b"x" * BOUND + b"\nDisallow: /\n"
    assert read(200, body, max_bytes=BOUND).allows("https://h/a", TOKEN)


@given(st.binary(max_size=300), st.text(max_size=30))
def test_no_body_breaks_the_reader(body: bytes, path: str) -> None:
    robots = read(200, b"User-agent: *\nDisallow: " + body, max_bytes=BOUND)
    assert robots.allows("https://h/" + path.encode("utf-8", "replace").decode(), TOKEN) in (True, False)
    assert isinstance(robots.sitemaps(), tuple)
