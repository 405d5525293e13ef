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


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be the statement's: why it was taken for one, and what is there."""

    url: str
    why: str
    is_statement: bool
    answer: Answer
    is_file: bool = False


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
        return next((c.url for c in self.candidates if c.is_file), "")

    @property
    def unread(self) -> str:
        """The address of a statement that is linked to and could not be opened; an empty string if there is none."""
        return next((c.url for c in self.candidates if not c.is_statement and not c.answer.works), "")


def find_statement(visitor: Visitor, home_url: str) -> Search:
    """Return the search for the statement of the site whose home page the user named. Opens a few pages."""
    home = visitor.open(home_url, named=True)
    found: list[Candidate] = []
    page: Visited | None = None
    if home.soup is not None and looks_like_statement(home.soup):
        return Search(home, (Candidate(home.url, "you named it", True, home.answer),), home, {}, None)
    linked = dict(_linked(home))
    for address, why in [*linked.items(), *((url, "fixed address") for url in fixed_addresses(home.url))]:
        if len(found) >= MAX_OPENED or page is not None:
            break
        visited = visitor.open(address)
        is_one = visited.soup is not None and (
            looks_like_statement(visited.soup) or is_on_host(address, statement_hosts())
        )
        found.append(Candidate(address, why, is_one, visited.answer, visited.is_file))
        page = visited if is_one else page
    fixed = {address: visitor.open(address).answer for address in fixed_addresses(home.url)}
    links = page is not None and (found[-1].url in linked)
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
