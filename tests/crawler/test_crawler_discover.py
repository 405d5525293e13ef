"""What becomes of each address that a page names."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from crawler.config import CrawlConfig
from crawler.context import Context
from crawler.crawl import _starts
from crawler.discover import classify, discover
from crawler.politeness import Politeness
from crawler.robots import read
from crawler.scope import Scope
from store.ledger import Found

START = "https://example.org/"


def context(**settings: Any) -> Context:
    config = CrawlConfig(start_urls=(START,), user_agent="x", **settings)
    return cast(Context, SimpleNamespace(config=config, scope=Scope.of(config)))


def row(href: str, depth: int = 1, **settings: Any) -> Found:
    return classify(context(**settings), href, source="link", depth=depth, found_on=START)


@pytest.mark.parametrize(
    ("href", "state", "reason", "kind"),
    [
        ("https://example.org/a", "pending", "", "page"),
        ("https://example.org/a.pdf", "pending", "", "document"),
        ("https://example.org/a.jpg", "not_a_page", "other_media", "media"),
        ("https://other.example/", "out_of_scope", "host", "page"),
        ("file:///etc/passwd", "out_of_scope", "scheme", "page"),
        ("view-source:https://example.org/", "out_of_scope", "scheme", "page"),
        ("intent://x#Intent;end", "out_of_scope", "scheme", "page"),
        ("https://example.org:0/", "failed", "bad_url", "page"),
        ("https://example.org/" + "a" * 70_000, "failed", "bad_url", "page"),
        ("https://example.org/a/b/a/b/a/b/a", "over_limit", "max_depth", "page"),
    ],
)
def test_states_that_are_clear_at_once(href: str, state: str, reason: str, kind: str) -> None:
    found = row(href)
    assert (found.state, found.reason, found.kind) == (state, reason, kind)
    assert len(found.url) < 2_100


@pytest.mark.parametrize(("settings", "n_sitemaps"), [({}, 1), ({"discover": False}, 0), ({"follow": False}, 0)])
def test_sitemaps_are_read_only_by_a_crawl_that_looks_for_more(settings: dict[str, bool], n_sitemaps: int) -> None:
    crawling = context(**settings)
    added: list[Found] = []
    crawling.add = added.extend  # type: ignore[method-assign, assignment]
    robots = read(200, b"Sitemap: https://example.org/pages.xml", max_bytes=1_000)
    Politeness(cast(Any, None), crawling)._add_sitemaps("https://example.org", robots)
    assert [found.kind for found in added] == ["sitemap"] * n_sitemaps
    assert [found.kind for found in _starts(crawling.config)] == ["page", *["sitemap"] * n_sitemaps]


def test_too_deep() -> None:
    assert row("https://example.org/a", depth=3, max_depth=2).reason == "max_depth"
    assert row("https://example.org/a", depth=2, max_depth=2).reason == ""


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://name:secret@example.org/a?x=1#part", "https://example.org/a?x=1"),
        ("https://example.org?x@evil.example/", "https://example.org?x@evil.example/"),
        ("https://example.org/@evil.example/", "https://example.org/@evil.example/"),
        (" https://example.org/\ta?utm_source=x\n", "https://example.org/a?utm_source=x"),
        ("https://evil.example@example.org/", "https://example.org/"),
    ],
)
def test_what_is_fetched_is_on_the_host_that_was_judged(href: str, address: str) -> None:
    found = row(href)
    assert found.url.startswith("https://example.org/")
    assert found.address == address


def test_links_that_are_no_addresses_leave_no_row() -> None:
    hrefs = ["mailto:a@b", "TEL:1", "javascript:x", "data:,x", "blob:https://example.org/1", "about:blank", START]
    found = list(discover(context(), hrefs, source="link", depth=1, found_on=START))
    assert [f.url for f in found] == [START]
