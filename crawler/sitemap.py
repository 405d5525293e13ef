"""Reads sitemaps: the addresses of pages, and of further sitemaps in an index."""

from __future__ import annotations

import gzip
import html
import io
import re
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from urllib.parse import urljoin

from scrapy.utils.sitemap import Sitemap

GZIP_MAGIC = b"\x1f\x8b"
SPACE = b" \t\r\n"
DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
REFERENCE = re.compile(r"&(amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
AMPERSAND = b"\x7f"
"""Stands for `&` while the parser reads: at the first fault of a file, such as a bare `&`, it drops every other one,
escaped or not, and each address becomes another. XML allows this character, and no address holds it."""


@dataclass(frozen=True, slots=True)
class SitemapLinks:
    """What one sitemap names. `cut` says that there was more than the bound allows."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    cut: bool = False


def read(body: bytes, *, max_bytes: int, max_urls: int, base: str = "") -> SitemapLinks:
    """Return the addresses a sitemap names (XML, plain text, or either of them gzipped), joined to `base`.

    Raises ValueError when it is none of these. Entities are not resolved and nothing is fetched for the parser.
    """
    data, cut = _unzipped(body, max_bytes)
    data = _in_utf8(data).lstrip(SPACE)
    if data[:1] != b"<":
        lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines()]
        pages = tuple(line for line in lines if line.startswith(("http://", "https://")))
        return SitemapLinks(pages[:max_urls], cut=cut or len(pages) > max_urls)
    try:
        parsed = Sitemap(data.replace(b"&", AMPERSAND))
    except (SyntaxError, StopIteration) as error:  # lxml's errors are SyntaxErrors
        raise ValueError("it is not a sitemap that can be read") from error
    if parsed.type not in ("urlset", "sitemapindex"):
        raise ValueError(f"it is XML, but not a sitemap ({str(parsed.type)[:40]})")
    found: list[str] = []
    for entry in parsed:
        if len(found) >= max_urls:
            cut = True
            break
        if location := entry.get("loc"):
            found.append(_joined(base, _plain(str(location))))
    if parsed.type == "sitemapindex":
        return SitemapLinks(sitemaps=tuple(found), cut=cut)
    return SitemapLinks(pages=tuple(found), cut=cut)


def _in_utf8(data: bytes) -> bytes:
    """Return a file without its byte order mark, and in UTF-8 where the mark says that it is in UTF-16."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return DECLARATION.sub("", data.decode("utf-16", "replace"), count=1).encode()  # it names the old encoding
    return data.removeprefix(BOM_UTF8)


def _plain(location: str) -> str:
    """Return an address with the characters in place of the references that stand for one."""
    return REFERENCE.sub(lambda found: html.unescape(found[0]), location.replace(AMPERSAND.decode(), "&"))


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        return location  # told as an address that is not valid


def _unzipped(body: bytes, max_bytes: int) -> tuple[bytes, bool]:
    if not body.startswith(GZIP_MAGIC):
        return body[:max_bytes], len(body) > max_bytes
    try:
        with gzip.open(io.BytesIO(body)) as stream:
            data = stream.read(max_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"its compression is broken ({error})") from error
    return data[:max_bytes], len(data) > max_bytes
