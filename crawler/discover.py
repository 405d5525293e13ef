"""Turns the addresses a page or sitemap names into ledger rows, each with its state if that is clear at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit, urlunsplit

from crawler.context import Context
from crawler.urls import DEFAULT_PORTS, BadUrlError, canonical, clean, extension_of, kind_of, repeats, route_of
from store.ledger import Found
from store.schema import State

IGNORED_SCHEMES = ("mailto:", "tel:", "sms:", "javascript:", "data:", "blob:", "about:")
"""Not addresses of pages at all: nothing to fetch, and nothing was skipped."""

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)  # RFC 3986 section 3.1

MAX_BAD_CHARS = 500
"""So much of an address that cannot be read is kept, for people to find it."""


def discover(context: Context, hrefs: Iterable[str], *, source: str, depth: int, found_on: str) -> Iterator[Found]:
    """Yield a row for each address in `hrefs`, absolute as the browser or the sitemap gives them."""
    for href in hrefs:
        if not href.lower().startswith(IGNORED_SCHEMES):
            yield classify(context, href, source=source, depth=depth, found_on=found_on)


def classify(context: Context, href: str, *, source: str, depth: int, found_on: str) -> Found:
    """Return the row for one address."""
    config = context.config
    try:
        url = canonical(href, max_chars=config.limits.url_chars)
    except BadUrlError as error:
        state, reason, detail = _bad(href, error)
        return _final(Found(href[:MAX_BAD_CHARS], "page", source, depth, found_on), state, reason, detail)
    kind = kind_of(url)
    row = Found(url, kind, source, depth, found_on, address=_to_open(href))
    if refusal := context.scope.refusal(url):
        return _final(row, State.OUT_OF_SCOPE, refusal)
    if kind == "media":
        return _final(row, State.NOT_A_PAGE, "other_media", f"not opened, as its name ends in .{extension_of(url)}")
    if repeats(url) > config.limits.repeats_in_path:
        return _final(row, State.OVER_LIMIT, "max_depth", "the address repeats itself, as endless sites do")
    if config.max_depth is not None and depth > config.max_depth:
        return _final(row, State.OVER_LIMIT, "max_depth")
    return row


def _bad(href: str, error: BadUrlError) -> tuple[State, str, str]:
    scheme = SCHEME.match(href.strip())
    if scheme and scheme[1].lower() not in DEFAULT_PORTS:
        return State.OUT_OF_SCOPE, "scheme", ""
    return State.FAILED, "bad_url", str(error)


def _final(row: Found, state: State, reason: str, detail: str = "") -> Found:
    return Found(row.url, row.kind, row.source, row.depth, row.found_on, row.address, state, reason, detail)


def _to_open(href: str) -> str:
    address = clean(href)
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]  # never send a name and password from a link
    return urlunsplit((parts.scheme, host, parts.path, parts.query, "")) + route_of(address)
