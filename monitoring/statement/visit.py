"""Fetches a few pages of a site politely: through the guard, one after the other, as robots.txt allows.

A page that the user named is opened without asking robots.txt, as `curbcut check` does; whatever is found from there is
not.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from checks.statement.model import Answer
from crawler.addresses import is_loopback
from crawler.errors import SiteError
from crawler.plain_fetch import HTML_TYPES, MAX_BYTES, Fetched, fetch
from crawler.robots import Robots, read
from crawler.urls import origin_of
from monitoring.statement.file import read_file
from store.reasons import NO_PDF

PAUSE_S = 1.0
"""Between two requests to one host; a host may ask for more in its robots.txt."""

MAX_PAUSE_S = 10.0
MAX_REQUESTS = 40
"""Pages and links opened for one statement: home page, candidates, and the links that it names."""

NOT_A_PAGE = "media_type"
FILE_TYPES = ("application/pdf", "application/x-pdf", "application/octet-stream")
"""Media types that a PDF comes as."""

ROBOTS = "robots.txt asks programs not to go there"
TOO_MANY = f"more than {MAX_REQUESTS} requests for one statement"


@dataclass(frozen=True, slots=True)
class Visited:
    """What came of one address: the page, or why there is none. A PDF with tags is read as a page.

    `unreadable` says of a file why no program can read it.
    """

    url: str
    soup: BeautifulSoup | None = None
    answer: Answer = field(default_factory=Answer)
    is_file: bool = False
    unreadable: str = ""


class Visitor:
    """Opens addresses, each once. `sleep` and `get` are there for tests."""

    def __init__(
        self,
        user_agent: str,
        *,
        get: Callable[..., Fetched] = fetch,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._user_agent, self._get, self._sleep = user_agent, get, sleep
        self._robots: dict[str, Robots] = {}
        self._last: dict[str, float] = {}
        self._visited: dict[str, Visited] = {}

    def open(self, url: str, *, named: bool = False) -> Visited:
        """Return what stands at an address; `named` by the user, so robots.txt is not asked."""
        if url not in self._visited:
            self._visited[url] = self._open(url, named)
        return self._visited[url]

    def _open(self, url: str, named: bool) -> Visited:
        if len(self._visited) >= MAX_REQUESTS:
            return Visited(url, answer=Answer(reason_not_followed=TOO_MANY))
        if not named and not self._rules(url).allows(url, self._token):
            return Visited(url, answer=Answer(reason_not_followed=ROBOTS))
        self._wait(url)
        try:
            page = self._get(url, user_agent=self._user_agent, accept=(*HTML_TYPES, *FILE_TYPES))
        except SiteError as error:
            if error.reason == NOT_A_PAGE:
                return Visited(url, answer=Answer(200), is_file=True, unreadable=NO_PDF)
            return Visited(url, answer=Answer(error.http_status, problem=error.detail or error.reason))
        if page.content_type in FILE_TYPES:
            read_as = read_file(page.data, page.url)
            soup = BeautifulSoup(read_as.html, "lxml") if read_as.html else None
            return Visited(page.url, soup, Answer(200), is_file=True, unreadable=read_as.problem)
        soup = BeautifulSoup(page.data, "lxml", from_encoding=page.charset or None)
        return Visited(page.url, soup, Answer(200))

    @property
    def _token(self) -> str:
        return self._user_agent.split("/")[0]

    def _rules(self, url: str) -> Robots:
        origin = origin_of(url)
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(urljoin(url, "/robots.txt"))
        return self._robots[origin]

    def _read_robots(self, address: str) -> Robots:
        self._wait(address)
        try:
            return read(200, self._get(address, user_agent=self._user_agent).data, max_bytes=MAX_BYTES)
        except SiteError as error:
            if error.reason == NOT_A_PAGE:
                return Robots(None)  # no text file, so no rules
            return read(error.http_status or 503, b"", max_bytes=MAX_BYTES)

    def _wait(self, url: str) -> None:
        host = (urlsplit(url).hostname or "").lower()
        rules = self._robots.get(origin_of(url))
        pause = min(MAX_PAUSE_S, max(PAUSE_S, (rules.crawl_delay(self._token) if rules else None) or 0.0))
        since = time.monotonic() - self._last.get(host, -MAX_PAUSE_S)
        if since < pause and not is_loopback(host):
            self._sleep(pause - since)
        self._last[host] = time.monotonic()
