"""URLs in one spelling: what counts as the same address, and what is no web address at all."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string

TRACKING_PARAMETER = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|_ga|_gl|yclid|igshid|pk_(campaign|kwd|source|medium)"
    r"|mtm_\w+|phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken)$",
    re.IGNORECASE,
)
"""Query parameters that name a visit or a campaign, never a page."""

MAYBE_SESSION = re.compile(r"^(sid|sessionid|session_id|sess)$", re.IGNORECASE)
TOKEN = re.compile(r"^[\w,-]{16,}$")
"""How long a session's value is at least: `sid=7` is the seventh section of a site, and a page."""

SESSION_IN_PATH = re.compile(r";(jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
DIRECTORY_INDEX = re.compile(r"/index\.(html?|xhtml|php|aspx?|jsp)$", re.IGNORECASE)
ROUTE = re.compile(r"(!/?|/)[^/!?#]")
"""How what follows `#` starts where a script shows another page by it: `#/forms`, `#!/forms`, `#!forms`."""

DEFAULT_PORTS = {"http": 80, "https": 443}
C0_AND_SPACE = "".join(map(chr, range(0x21)))
TAB_OR_LINE_END = re.compile(r"[\t\r\n]+")
NOT_IN_HOST = re.compile(r"[\x00-\x20\x7f#%/:<>?@\[\\\]^|]")
"""The WHATWG URL Standard's forbidden domain code points (https://url.spec.whatwg.org/#forbidden-domain-code-point)."""

DOCUMENT_FORMATS = frozenset(
    """pdf doc docx docm dot dotx rtf odt ott xls xlsx xlsm ods ppt pptx pptm pps ppsx odp odg epub pages numbers key
    """.split()  # noqa: SIM905 - one word a format reads better than sixty quoted ones
)
OTHER_MEDIA = frozenset(
    """jpg jpeg png gif webp avif bmp ico tif tiff svg svgz heic mp3 m4a wav ogg oga flac aac mp4 m4v mov avi mkv webm
    ogv wmv css js mjs map json jsonld geojson xml rss atom ics vcf csv tsv txt zip gz tgz bz2 xz 7z rar tar exe msi
    dmg apk deb rpm iso woff woff2 ttf otf eot swf kml kmz gpx shp dwg""".split()  # noqa: SIM905 - as above
)


class BadUrlError(ValueError):
    """The text is not an address a crawler can open; the message says why."""


@lru_cache(maxsize=20_000)  # the same menu stands on every page
def canonical(url: str, *, max_chars: int = 2_083) -> str:
    """Return the one spelling of `url` that the ledger uses.

    Lower-case scheme and host (IDNA), no default port, no user name or password, no fragment unless scripts read it as
    a route, no tracking or session parameters, the rest of the query sorted, a directory's index page as the directory.
    Raises BadUrlError.
    """
    text = clean(url)
    if len(text) > max_chars:
        raise BadUrlError(f"longer than {max_chars} characters")
    try:
        safe = safe_url_string(text)
        parts = urlsplit(safe)
        host, port = parts.hostname, parts.port
    except (ValueError, UnicodeError) as error:
        raise BadUrlError("its host name or its port cannot be right") from error
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        raise BadUrlError(f"not an http or https address ({scheme or 'no scheme'})")
    if not host:
        raise BadUrlError("no host name")
    if port == 0:
        raise BadUrlError("port 0 is not a port")
    netloc = _host_in_url(host)
    if port and port != DEFAULT_PORTS[scheme]:
        netloc += f":{port}"
    path = DIRECTORY_INDEX.sub("/", SESSION_IN_PATH.sub("", parts.path)) or "/"
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _names_a_visit(k, v)])
    address = urlunsplit((scheme, netloc, path, query, ""))
    return str(canonicalize_url(address + route_of(safe), keep_fragments=True))


def clean(url: str) -> str:
    """Return `url` as browsers read it: no spaces and control characters around it, no tabs and line ends within."""
    return TAB_OR_LINE_END.sub("", url.strip(C0_AND_SPACE))


def _host_in_url(host: str) -> str:
    host = host.rstrip(".").lower()
    if ":" in host:
        return f"[{host}]"
    if not host or NOT_IN_HOST.search(host):
        raise BadUrlError("the host name holds characters that none may have")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise BadUrlError(f"not a host name: {error}") from error


def _names_a_visit(name: str, value: str) -> bool:
    return bool(TRACKING_PARAMETER.match(name) or (MAYBE_SESSION.match(name) and TOKEN.match(value)))


def route_of(url: str) -> str:
    """Return what scripts of a single-page site read as the page's address, with its `#`; empty where there is none."""
    parts = urlsplit(url)
    is_route = ROUTE.match(parts.fragment) and kind_of(url) == "page"
    return f"#{parts.fragment}" if is_route else ""


def without_route(url: str) -> str:
    """Return the address that a server gets to see."""
    return url.partition("#")[0]


def stays_in_document(here: str, to: str) -> bool:
    """Return whether a browser at `here` would keep its document, and what was done to it, when it is sent to `to`."""
    return "#" in to and without_route(here) == without_route(to)


def host_of(url: str) -> str:
    """Return the host name of a canonical URL, lower case, without port or brackets."""
    return urlsplit(url).hostname or ""


def origin_of(url: str) -> str:
    """Return scheme, host and port of a canonical URL, as in `https://www.example.org`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def extension_of(url: str) -> str:
    """Return the lower-case file extension of the URL's path, without the dot; empty when there is none."""
    name = urlsplit(url).path.rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def kind_of(url: str) -> str:
    """Return how a URL should be fetched, judged by its extension: `document`, `media` or `page`."""
    extension = extension_of(url)
    if extension in DOCUMENT_FORMATS:
        return "document"
    if extension in OTHER_MEDIA:
        return "media"
    return "page"


def repeats(url: str) -> int:
    """Return how often the most frequent path segment occurs: a sign of a trap such as a/b/a/b/a/b."""
    segments = [s for s in urlsplit(url).path.split("/") if s]
    return max((segments.count(s) for s in set(segments)), default=0)
