"""Reads sitemaps: the addresses of pages, and of further sitemaps in an index."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass

from scrapy.utils.sitemap import Sitemap

GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class SitemapLinks:
    """What one sitemap names. `cut` says that there was more than the bound allows."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    cut: bool = False


def read(body: bytes, *, max_bytes: int, max_urls: int) -> SitemapLinks:
    """Return the addresses a sitemap names (XML, plain text, or either of them gzipped).

    Raises ValueError when it is none of these. Entities are not resolved and nothing is fetched for the parser.
    """
    data, cut = _unzipped(body, max_bytes)
    if data.lstrip()[:1] != b"<":
        lines = [line.strip() for line in data.decode("utf-8-sig", "replace").splitlines()]
        pages = tuple(line for line in lines if line.startswith(("http://", "https://")))
        return SitemapLinks(pages[:max_urls], cut=cut or len(pages) > max_urls)
    try:
        parsed = Sitemap(data)
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
            found.append(str(location))
    if parsed.type == "sitemapindex":
        return SitemapLinks(sitemaps=tuple(found), cut=cut)
    return SitemapLinks(pages=tuple(found), cut=cut)


def _unzipped(body: bytes, max_bytes: int) -> tuple[bytes, bool]:
    if not body.startswith(GZIP_MAGIC):
        return body[:max_bytes], len(body) > max_bytes
    try:
        with gzip.open(io.BytesIO(body)) as stream:
            data = stream.read(max_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"its compression is broken ({error})") from error
    return data[:max_bytes], len(data) > max_bytes
