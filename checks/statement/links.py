"""Tells which links lead to an accessibility statement: by their words in 24 languages, by host, by address."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from urllib.parse import urldefrag, urljoin

from bs4 import BeautifulSoup, Tag

from checks.elements import attribute, text_of
from checks.statement.blocks import Link, absolute
from checks.statement.matching import plain
from checks.statement.national import countries, country_of, is_on_host, statement_hosts
from checks.statement.phrases import title_index
from checks.statement.read import has_address_hint

SURE = 0.8
"""A link of this score leads to a statement, or is meant to; below, only what it leads to can tell."""

MAX_LINK_CHARS = 150
MAX_CANDIDATES = 6


def score(link: Link) -> float:
    """Return how likely a link leads to a statement, 0 to 1.

    1.0: the official title or a central register. 0.9: another title of it. 0.8: a longer text with the title in it.
    0.6: one word, such as "Accessibility", which may lead to advice. 0.5: only the address looks like it.
    """
    if not link.url.lower().startswith(("http://", "https://")):
        return 0.0
    if is_on_host(link.url, statement_hosts()):
        return 1.0
    return max(_by_text(plain(link.text[:MAX_LINK_CHARS])), 0.5 if has_address_hint(link.url) else 0.0)


def candidates(links: Iterable[Link]) -> list[Link]:
    """Return the links that may lead to statements, the likeliest first, each address once."""
    best: dict[str, tuple[float, Link]] = {}
    for link in links:
        value = score(link)
        address = urldefrag(link.url)[0]
        if value and value > best.get(address, (0.0, link))[0]:
            best[address] = (value, Link(link.text, address))
    ranked = sorted(best.values(), key=lambda pair: -pair[0])
    return [link for _, link in ranked[:MAX_CANDIDATES]]


def links_of(soup: BeautifulSoup, base: str) -> list[Link]:
    """Return all links of a page, and the statement that its head names (Poland's `deklaracja-dostępności`)."""
    found = [Link(_name(a), absolute(base, attribute(a, "href"))) for a in soup.find_all("a", href=True)]
    names = {country.meta for country in countries().values() if country.meta}
    for meta in soup.find_all("meta", attrs={"content": True}):
        if attribute(meta, "name").strip().lower() in names:
            title = next(text for text, (lang, is_official) in title_index().items() if lang == "pl" and is_official)
            found.append(Link(title, absolute(base, attribute(meta, "content"))))
    return found


def fixed_addresses(site_url: str) -> list[str]:
    """Return the addresses at which a statement must answer by the law or the custom of the site's country."""
    country = countries().get(country_of(site_url))
    return [urljoin(site_url, path) for path in country.paths] if country else []


def _by_text(text: str) -> float:
    if not text:
        return 0.0
    told = title_index().get(text)
    if told is not None:
        return 1.0 if told[1] else 0.9 if " " in text else 0.6
    if any(text.startswith(plain(said)) for said in _mentions()):
        return 0.9
    padded = f" {text} "
    return (
        SURE
        if any(is_official and f" {title} " in padded for title, (_, is_official) in title_index().items())
        else 0.0
    )


@cache
def _mentions() -> tuple[str, ...]:
    return tuple(said for country in countries().values() for said in country.link_texts)


def _name(link: Tag) -> str:
    return attribute(link, "aria-label") or text_of(link) or attribute(link, "title")
