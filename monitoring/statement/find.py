"""Finds a site's accessibility statement: links of its home page, central registers, fixed addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag

from bs4 import BeautifulSoup

from checks.elements import text_of
from checks.statement.links import SURE, candidates, fixed_addresses, links_of, score
from checks.statement.model import Answer
from checks.statement.national import is_on_host, statement_hosts
from checks.statement.read import is_statement
from monitoring.statement.visit import Visited, Visitor

MAX_OPENED = 4
"""Candidates that are opened before the search gives up."""


FIXED = "fixed address"
"""Why an address was tried that no link leads to."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be the statement's: why it was taken for one, and what is there."""

    url: str
    why: str
    is_statement: bool
    answer: Answer
    is_file: bool = False
    unreadable: str = ""

    @property
    def may_be_file(self) -> bool:
        """Whether it is a file that is a statement, or that nobody could read."""
        return self.is_file and (self.is_statement or bool(self.unreadable))


@dataclass(frozen=True, slots=True)
class Search:
    """What the search brought. `page` is the statement's page, `home` the page that it began with."""

    home: Visited
    candidates: tuple[Candidate, ...]
    page: Visited | None
    fixed: dict[str, Answer]
    home_links_to_it: bool | None

    @property
    def file(self) -> str:
        """The address of a statement that is a file; an empty string if there is none."""
        return next((c.url for c in self.candidates if c.may_be_file), "")

    @property
    def unreadable(self) -> str:
        """Why that file could not be read; an empty string if it was, or if there is none."""
        return next((c.unreadable for c in self.candidates if c.may_be_file), "")

    @property
    def unread(self) -> str:
        """The address of a statement that is linked to and could not be opened; an empty string if there is none."""
        linked = (c for c in self.candidates if c.why != FIXED)
        return next((c.url for c in linked if not c.is_statement and not c.answer.works), "")


def find_statement(visitor: Visitor, home_url: str) -> Search:
    """Return the search for the statement of the site whose home page the user named. Opens a few pages."""
    home = visitor.open(home_url, named=True)
    found: list[Candidate] = []
    page: Visited | None = None
    if home.is_file or (home.soup is not None and looks_like_statement(home.soup)):
        is_read = home.soup is not None
        named = Candidate(home.url, "you named it", is_read, home.answer, home.is_file, home.unreadable)
        return Search(home, (named,), home if is_read else None, {}, None)
    linked = dict(_linked(home))
    for address, why in [*linked.items(), *((url, FIXED) for url in fixed_addresses(home.url))]:
        if len(found) >= MAX_OPENED or page is not None:
            break
        visited = visitor.open(address)
        is_one = visited.soup is not None and (
            looks_like_statement(visited.soup) or is_on_host(address, statement_hosts())
        )
        found.append(Candidate(address, why, is_one, visited.answer, visited.is_file, visited.unreadable))
        page = visited if is_one else page
    fixed = {address: visitor.open(address).answer for address in fixed_addresses(home.url)}
    links = any(each.url in linked for each in found if each.is_statement or each.may_be_file)
    return Search(home, tuple(found), page, fixed, links if home.soup is not None else None)


def looks_like_statement(soup: BeautifulSoup) -> bool:
    """Return whether a page's title and headings are a statement's."""
    title = text_of(soup.title) if soup.title else ""
    return is_statement(title, [tag.get_text(" ") for tag in soup.find_all(["h1", "h2", "h3"], limit=100)])


def _linked(home: Visited) -> Iterator[tuple[str, str]]:
    if home.soup is None:
        return
    for link in candidates(links_of(home.soup, home.url)):
        value = score(link)
        why = "link" if value >= SURE else "perhaps a link"
        yield urldefrag(link.url)[0], f"{why}: {link.text or link.url}"
