"""Brings one named page in by plain HTTP, without a browser: through the guard, within bounds."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.errors import SiteError
from crawler.guard import Guard

MAX_BYTES = 10 * 1024 * 1024
"""The longest page that is read: the WHATWG's one-page HTML standard has about this much."""

TIMEOUT_S = 30.0
HTML_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: its bytes, and the encoding and media type that the server named."""

    url: str
    data: bytes
    charset: str
    content_type: str


def fetch(
    url: str,
    *,
    user_agent: str,
    allow_private: frozenset[str] = frozenset(),
    accept: Collection[str] = HTML_TYPES,
) -> Fetched:
    """Return the page at `url`. SiteError says in plain words why there is none.

    `accept` holds the media types that are read; the body of any other is left alone. The host that the user named may
    be private; one that it redirects to may not, unless it is in `allow_private`.
    """
    host = (urlsplit(url).hostname or "").lower()
    if urlsplit(url).scheme not in ("http", "https") or not host:
        raise SiteError("address", f"{url} is no web address. Write it with https://.")
    return asyncio.run(_fetch(url, user_agent, allow_private | {host}, accept))


async def _fetch(url: str, user_agent: str, allowed: frozenset[str], accept: Collection[str]) -> Fetched:
    async with Guard(allowed) as guard:
        try:
            return await asyncio.to_thread(_get, url, user_agent, guard.url, accept)
        except urllib.error.HTTPError as error:
            refusal = guard.refusal((urlsplit(error.url or url).hostname or "").lower())
            detail = f"{refusal.detail}." if refusal else f"{url} answered with status {error.code}."
            error.close()
            raise SiteError("http", detail, http_status=error.code) from None
        except (urllib.error.URLError, OSError, ValueError) as error:
            refusal = guard.refusal((urlsplit(url).hostname or "").lower())
            detail = f"{refusal.detail}." if refusal else f"{url} could not be fetched: {_reason(error)}."
            raise SiteError("connection", detail) from error


def _get(url: str, user_agent: str, proxy: str, accept: Collection[str]) -> Fetched:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler({"http": proxy, "https": proxy}),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPRedirectHandler(),  # at most ten, and no address twice more than four times
    ):
        opener.add_handler(handler)
    request = urllib.request.Request(url, headers={"User-Agent": user_agent, "Accept": "text/html,*/*;q=0.5"})  # noqa: S310 # http and https only
    with opener.open(request, timeout=TIMEOUT_S) as answer:
        content_type = answer.headers.get_content_type()
        if content_type not in accept:
            raise SiteError("media_type", f"{url} is no page to read: it is {content_type}.")
        data = answer.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise SiteError("size", f"{url} is longer than {MAX_BYTES // 1024 // 1024} MB.")
        return Fetched(answer.url, data, answer.headers.get_content_charset() or "", content_type)


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    return str(getattr(reason, "strerror", None) or reason) or type(error).__name__
