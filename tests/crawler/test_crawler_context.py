"""What a closer look may open besides its own page."""

from __future__ import annotations

from typing import Any, cast

import pytest

from crawler.config import CrawlConfig
from crawler.context import Context
from crawler.robots import read
from crawler.scope import Scope

SITE = "https://www.example.org"
NOTHING = cast(Any, None)  # parts of a crawl that this question does not ask


def context(*, obey_robots: bool, **settings: Any) -> Context:
    config = CrawlConfig(start_urls=(f"{SITE}/",), user_agent="x", obey_robots=obey_robots, **settings)
    made = Context(config, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, Scope.of(config), NOTHING, NOTHING)
    made.robots[SITE] = read(200, b"User-agent: *\nDisallow: /intern/\n", max_bytes=1000)
    return made


@pytest.mark.parametrize(
    ("path", "with_robots", "without"),
    [("/a", True, True), ("/intern/a", False, True), ("/plan.pdf", False, False), ("/print/a", False, False)],
)
def test_a_look_keeps_to_robots_and_to_what_is_left_out(path: str, with_robots: bool, without: bool) -> None:
    assert context(obey_robots=True, exclude=("/print/",)).may_open(SITE + path) is with_robots
    assert context(obey_robots=False, exclude=("/print/",)).may_open(SITE + path) is without


def test_a_host_whose_robots_file_was_not_read_is_left_alone() -> None:
    assert not context(obey_robots=True).may_open("https://maps.example.org/a")
