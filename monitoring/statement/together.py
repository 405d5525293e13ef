"""Reads a statement that is spread over several pages of a site as one."""

from __future__ import annotations

from urllib.parse import urldefrag

from bs4 import BeautifulSoup, Tag

from checks.elements import attribute
from checks.statement.blocks import absolute, content_of
from checks.statement.model import Statement
from checks.statement.read import read_statement
from monitoring.statement.visit import Visited, Visitor

MAX_PAGES = 5
"""Pages that are opened for one statement: the model has five sections besides its beginning."""


def read_together(visitor: Visitor, page: Visited, *, site_url: str) -> Statement:
    """Return the statement on `page`, with the sections that it links to on other pages of its site.

    A section is on another page when a link has the words of its heading and nothing on the page has. "Next page" is
    followed, too. `page` has a soup.
    """
    assert page.soup is not None  # noqa: S101 - the caller looked
    statement = read_statement(page.soup, page.url, site_url=site_url, is_html=not page.is_file)
    content = content_of(page.soup)
    if page.is_file or content is None:
        return statement
    headings = {address: kind for kind, address in statement.elsewhere.items()}
    texts = {link.url: link.text for section in statement.sections for link in section.links}
    read: list[str] = []
    todo = [*headings, *_next(page.soup, page.url)]
    while todo and len(read) < MAX_PAGES:
        address = todo.pop(0)
        part = visitor.open(urldefrag(address)[0])
        own = content_of(part.soup) if part.soup is not None and not part.is_file else None
        if own is None or part.url == page.url or part.url in read:
            continue
        todo += _next(part.soup, part.url)
        read.append(part.url)
        _append(page.soup, content, own, part.url, texts.get(address, "") if address in headings else "")
    if not read:
        return statement
    return read_statement(page.soup, page.url, site_url=site_url, more_pages=tuple(read))


def _next(soup: BeautifulSoup | None, url: str) -> list[str]:
    link = soup.select_one("a[rel~=next][href], link[rel~=next][href]") if soup is not None else None
    return [absolute(url, attribute(link, "href"))] if link is not None else []


def _append(soup: BeautifulSoup, content: Tag, part: Tag, url: str, heading: str) -> None:
    """Put a page's content behind what is there, under its heading, with addresses that hold without its own.

    Its headings go one level down, so that all of it belongs to the section.
    """
    for link in part.find_all("a", href=True):
        link["href"] = absolute(url, attribute(link, "href"))
    for title in part.find_all(["h1", "h2", "h3", "h4", "h5"]):
        title.name = f"h{int(title.name[1]) + 1}"
    if heading:
        for title in part.find_all("h2"):  # the page's own title: the link's words stand for it
            title.decompose()
        head = soup.new_tag("h2")
        head.string = heading
        content.append(head)
    content.append(part.extract())
