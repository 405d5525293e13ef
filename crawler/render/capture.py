"""What a renderer hands over: one page as captured, and how a browser's errors map to the ledger's reasons."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from checks.live import LivePage
from checks.model import Finding, Page
from crawler.config import Limits
from crawler.errors import NotAPageError, SiteError
from crawler.guard import REASON_HEADER
from crawler.render.script import ERROR_PAGE, explain_cuts
from crawler.retry import RETRY_STATUSES, retry_after_s
from crawler.urls import DEFAULT_PORTS

T = TypeVar("T")
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
PAGE_TYPES_IF_NAMED = PAGE_TYPES | {"image/svg+xml", "application/xml", "text/xml"}
"""A user who names an SVG or XML file wants it checked; a crawl that meets one takes it for a file."""

EMPTY = re.compile(r"<!DOCTYPE html><html><head></head><body(?: data-curbcut-[^>]*)?></body></html>")
"""What the snapshot makes of an answer of no bytes, if no script writes a page into it."""

PDF_AS_TEXT = re.compile(r"<!DOCTYPE html><html[^>]*><head[^>]*></head><body[^>]*>\s*%PDF-\d")
"""How the snapshot of a PDF starts that came as `text/html`: people see its bytes, and no rule means those."""


@dataclass(frozen=True, slots=True)
class CropRequest:
    """A finding whose element is to be pictured: the example of its issue."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class Crop:
    """A picture of one element, outlined; sizes in CSS pixels."""

    request: CropRequest
    media_type: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Capture:
    """One rendered page with all that is read from it in the browser."""

    page: Page
    links: tuple[tuple[str, str], ...]
    canonical: str
    crops: tuple[Crop, ...]
    elapsed_ms: int


Picks = Callable[[Page], list[CropRequest]]


class Renderer(Protocol):
    """A browser that captures pages: Playwright's or Selenium's. `can_look` says whether it can `look`, too."""

    can_look: bool

    async def start(self) -> None:
        """Start the browser. Raises BrowserUnusableError."""

    async def capture(self, address: str, *, named: bool, picks: Picks) -> Capture:
        """Open, settle, check and snapshot one page. Raises SiteError, NotAPageError, BrowserUnusableError."""

    async def look(
        self, address: str, visit: Callable[[LivePage], Awaitable[T]], *, may_open: Callable[[str], bool]
    ) -> T:
        """Open and settle one page for `visit`, and drop it afterwards; return what `visit` returns.

        `may_open` says which other pages of the site `visit` may open.

        Raises SiteError, NotAPageError, BrowserUnusableError, and whatever `visit` raises.
        """

    async def close(self) -> None:
        """Stop the browser and leave nothing behind."""

    def version(self) -> str:
        """Return the browser's name and version."""


def check_status(status: int | None, status_text: str, headers: Mapping[str, str], *, final_url: str = "") -> None:
    """Raise SiteError for an HTTP status that brings no page; `final_url` is where the browser ended up."""
    if status is None or status < 400:
        return
    if headers.get(REASON_HEADER.lower()):
        raise SiteError("connection", "no connection", http_status=status)  # the guard's own answer, not the site's
    raise SiteError(
        "http_status",
        f"HTTP {status} {status_text}".strip(),
        http_status=status,
        retry=status in RETRY_STATUSES,
        retry_after_s=retry_after_s(headers.get("retry-after", "")),
        final_url=final_url,
    )


def check_scripts(headers: Mapping[str, str]) -> None:
    """Raise SiteError for a page whose policy forbids every script: ours would wait for ever for their turn."""
    for policy in re.split(r"[,\n]", headers.get("content-security-policy", "").lower()):
        for directive in policy.split(";"):
            name, *allowed = directive.split() or [""]
            if name == "sandbox" and "allow-scripts" not in allowed:
                raise SiteError(
                    "check_failed", "its Content-Security-Policy (sandbox) forbids the scripts of the checks"
                )


def check_type(content_type: str, *, named: bool) -> None:
    """Raise NotAPageError for a media type that is no web page; an unnamed type is left to the browser."""
    media_type = re.split(r"[;,\n]", content_type, maxsplit=1)[0].strip().lower()  # "," or a line end: sent twice
    if media_type and media_type not in (PAGE_TYPES_IF_NAMED if named else PAGE_TYPES):
        raise NotAPageError(media_type)


def page_from(raw: Any, *, address: str, status: int | None, limits: Limits) -> tuple[Page, dict[str, Any]]:
    """Make the page from what the page script gave back. It comes from a stranger's world: types are checked.

    Raises SiteError when it is not usable, or when the browser ended up somewhere that is no web address.
    """
    raw = _well_formed(raw)
    if not isinstance(raw, dict) or not isinstance(raw.get("html"), str):
        raise SiteError("check_failed", "the page gave back nothing that can be read")
    if not raw["html"] or (raw.get("answered") is False and EMPTY.fullmatch(raw["html"])):
        raise SiteError("bad_response", "the answer holds no document", retry=True)
    if PDF_AS_TEXT.match(raw["html"]):
        raise SiteError("bad_response", "a PDF file that its server calls a web page")
    final_url = _text(raw, "url", limits.url_chars) or address
    if final_url.startswith(ERROR_PAGE):
        raise SiteError("connection", "the page leads to an address that could not be opened", final_url=final_url)
    if final_url.split(":", 1)[0].lower() not in DEFAULT_PORTS:
        raise SiteError("bad_scheme", f"leads to {final_url[:100]}")
    engines = raw.get("engines")
    cut = raw.get("cut")
    page = Page(
        url=address,
        final_url=final_url,
        html=_clean(raw["html"]),
        http_status=status,
        content_type=_text(raw, "contentType", 100),
        title=_text(raw, "title", 2_000),
        lang=_text(raw, "lang", 100),
        engines=engines if isinstance(engines, dict) else {},
        cut_short=explain_cuts([c for c in cut if isinstance(c, str)] if isinstance(cut, list) else [], limits),
    )
    return page, raw


def links_from(raw: dict[str, Any], limits: Limits) -> tuple[tuple[str, str], ...]:
    """Return (href, text) of each link the snapshot noted."""
    links = raw.get("links")
    if not isinstance(links, list):
        return ()
    return tuple(
        (_clean(pair[0]), _clean(str(pair[1])[:200]))
        for pair in links[: limits.links_per_page]
        if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)
    )


def _well_formed(value: Any) -> Any:
    """Return plain JSON data without half characters and NULs, which no database and no file takes."""
    if isinstance(value, str):
        if value.isascii() and "\x00" not in value:
            return value
        return value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")
    if isinstance(value, list):
        return [_well_formed(item) for item in value]
    if isinstance(value, dict):
        return {_well_formed(key): _well_formed(item) for key, item in value.items()}
    return value


def _text(raw: dict[str, Any], key: str, max_chars: int) -> str:
    value = raw.get(key)
    return _clean(value[:max_chars]) if isinstance(value, str) else ""


def _clean(text: str) -> str:
    """Return text that every database and file takes: no NUL, no half of a surrogate pair."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


NET_ERRORS: tuple[tuple[str, str, bool], ...] = (
    # part of Chromium's error name, reason, whether another try may help
    ("ERR_NAME_NOT_RESOLVED", "dns", False),
    ("ERR_NAME_RESOLUTION_FAILED", "dns", True),
    ("ERR_TOO_MANY_REDIRECTS", "too_many_redirects", False),
    ("ERR_UNSAFE_REDIRECT", "bad_scheme", False),
    ("ERR_UNKNOWN_URL_SCHEME", "bad_scheme", False),
    ("ERR_DISALLOWED_URL_SCHEME", "bad_scheme", False),
    ("ERR_CERT", "tls", False),
    ("ERR_SSL", "tls", False),
    ("ERR_BAD_SSL", "tls", False),
    ("ERR_TIMED_OUT", "timeout", True),
    ("ERR_CONNECTION_TIMED_OUT", "timeout", True),
    ("ERR_INVALID_REDIRECT", "bad_response", False),
    ("ERR_UNEXPECTED_PROXY_AUTH", "bad_response", False),
    ("ERR_INVALID_RESPONSE", "bad_response", False),
    ("ERR_RESPONSE_HEADERS", "bad_response", False),
    ("ERR_EMPTY_RESPONSE", "bad_response", True),
    ("ERR_INVALID_HTTP_RESPONSE", "bad_response", False),
    ("ERR_INCOMPLETE_CHUNKED_ENCODING", "bad_response", True),
    ("ERR_CONTENT_LENGTH_MISMATCH", "bad_response", True),
    ("ERR_CONTENT_DECODING_FAILED", "bad_response", False),
    ("ERR_HTTP2", "connection", True),
    ("ERR_QUIC", "connection", True),
    ("ERR_CONNECTION", "connection", True),
    ("ERR_ADDRESS_UNREACHABLE", "connection", True),
    ("ERR_INTERNET_DISCONNECTED", "connection", True),
    ("ERR_NETWORK_CHANGED", "connection", True),
    ("ERR_TUNNEL_CONNECTION_FAILED", "connection", True),
    ("ERR_PROXY_CONNECTION_FAILED", "connection", True),
    ("ERR_SOCKET_NOT_CONNECTED", "connection", True),
    ("ERR_INVALID_URL", "bad_url", False),
    ("ERR_INVALID_AUTH_CREDENTIALS", "http_status", False),
    ("ERR_BLOCKED_BY", "connection", False),
    ("ERR_UNSAFE_PORT", "bad_url", False),
    ("net::ERR_", "connection", True),  # whatever else: nothing was opened
)


def site_error(message: str) -> SiteError | NotAPageError:
    """Map a browser's error message to what the ledger says of it."""
    if "Download is starting" in message or "ERR_ABORTED" in message:
        return NotAPageError("download")
    for part, reason, retry in NET_ERRORS:
        if part in message:
            start = message.find("ERR_")
            return SiteError(reason, message[start:].split(maxsplit=1)[0].rstrip(".,;)"), retry=retry)
    return SiteError("check_failed", " ".join(message.split())[:200], retry=True)
