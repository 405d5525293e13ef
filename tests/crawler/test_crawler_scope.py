"""Which addresses belong to a scan."""

from __future__ import annotations

import re
from typing import Any

import pytest

from crawler.config import CrawlConfig
from crawler.scope import Scope

START = "https://www.example.org/town/"


def refusal(url: str, start: str = START, **settings: Any) -> str | None:
    return Scope.of(CrawlConfig(start_urls=(start,), user_agent="x", **settings)).refusal(url)


@pytest.mark.parametrize(
    ("url", "settings", "expected"),
    [
        ("https://www.example.org/a", {}, None),
        ("http://example.org/a", {}, None),
        ("https://example.org.evil.example/", {}, "host"),
        ("https://notexample.org/", {"subdomains": True}, "host"),
        ("https://maps.example.org/", {}, "host"),
        ("https://maps.example.org/", {"subdomains": True}, None),
        ("https://www.example.org:8443/", {}, "host"),
        ("https://www.example.org/other", {"path_prefix": "/town/"}, "path"),
        ("https://www.example.org/town/a", {"path_prefix": "/town/"}, None),
        ("https://www.example.org/a?print=1", {"exclude": ("print=",)}, "excluded"),
        ("https://www.example.org/a", {"include": ("/news/",)}, "not_included"),
        ("https://www.example.org/news/a", {"include": ("/news/",)}, None),
        (START, {"include": ("/news/",), "exclude": (".",), "path_prefix": "/x"}, None),
    ],
)
def test_refusal(url: str, settings: dict[str, Any], expected: str | None) -> None:
    assert refusal(url, **settings) == expected


def test_two_ports_of_a_machine_are_two_sites() -> None:
    assert refusal("http://127.0.0.1:8001/", start="http://127.0.0.1:8000/") == "host"


def test_a_pattern_that_is_none_is_said_at_once() -> None:
    with pytest.raises(re.error):
        refusal(START, exclude=("(",))
