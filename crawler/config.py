"""Every bound the crawler keeps: waits, sizes, counts, depths, with the reason for each default.

`scan/settings.py` fills one `CrawlConfig` from flags, environment and file. Nothing here reads any of those.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that hold against hostile or endless sites. Seconds, bytes and counts as the names say."""

    navigation_s: float = 30.0  # until the server's answer is there; slower than this, people give up too
    load_s: float = 15.0  # from the answer to the load event; later pages are checked as they stand
    settle_s: float = 3.0  # from load until nothing changes any more
    quiet_s: float = 0.1  # "nothing changes": this long without a DOM or layout change, and nothing asked for
    blind_quiet_s: float = 0.5  # the same where the driver cannot see what scripts still wait for
    timers_s: float = 1.0  # short timers are waited for so long; a chain of them may never end
    page_s: float = 90.0  # everything on one page: settling, engines, pictures
    http_s: float = 30.0  # one plain HTTP answer: robots.txt, sitemap
    document_s: float = 120.0  # one document, which may be large and its server slow
    document_bytes: int = 50 * MIB  # a larger document is listed and not checked
    close_s: float = 5.0  # until a tab or browser that should close is given up and killed
    html_chars: int = 5_000_000  # of one page's composed document
    nodes: int = 100_000  # elements of one page that are read for text and rules
    links_per_page: int = 10_000
    urls: int = 500_000  # rows of one scan's ledger
    url_chars: int = 2_083  # what Scrapy and old browsers take; longer ones are traps
    redirects: int = 10
    robots_bytes: int = 512 * 1024  # RFC 9309 section 2.5: at least 500 KiB
    robots_redirects: int = 5  # RFC 9309 section 2.3.1.2
    crawl_delay_s: float = 30.0  # a longer Crawl-delay is cut to this, and said in the scan's notes
    sitemap_bytes: int = 50 * MIB  # sitemaps.org: 50 MB uncompressed
    sitemap_depth: int = 3  # an index may name sitemaps; deeper nesting is outside sitemaps.org
    attempts: int = 3  # tries for one URL before it counts as failed
    retry_s: float = 5.0  # wait before the second try; doubles with each further one
    retry_after_s: float = 900.0  # a longer Retry-After ends the tries for that URL
    navigations_per_tab: int = 250  # a tab is replaced after so many pages, so that memory stays flat
    repeats_in_path: int = 3  # the same path segment more often than this is a trap (a/b/a/b/a/b)
    look_s: float = 240.0  # all probes of one page, with reloads between them
    crops_per_page: int = 4  # pictures of findings taken on one page


@dataclass(frozen=True, slots=True)
class CrawlConfig:
    """One crawl's orders.

    `start_urls` are canonical, `start_addresses` the same as the user wrote them (empty: alike). With `follow` false
    just these are opened (`curbcut check`); with `discover` false just what is in the ledger, and where that redirects.
    `looks` says whether pages are looked at more closely. Of documents whose format is not among `document_formats`
    (as file endings) only the headers are fetched. `include` and `exclude` are regular expressions searched in the
    whole URL. `allow_private` names hosts on private networks that may be touched. `delay_s` is the least time between
    two requests to one host; hosts on this machine need none.
    """

    start_urls: tuple[str, ...]
    user_agent: str
    start_addresses: tuple[str, ...] = ()
    robots_token: str = "Curbcut"  # noqa: S105 - the name robots.txt knows us by
    follow: bool = True
    discover: bool = True
    looks: bool = True
    document_formats: frozenset[str] = frozenset()
    use_sitemaps: bool = True
    obey_robots: bool = True
    subdomains: bool = False
    path_prefix: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    allow_private: frozenset[str] = frozenset()
    max_pages: int | None = None
    max_depth: int | None = None
    max_minutes: float | None = None
    delay_s: float = 0.5
    concurrency_per_host: int = 2
    tabs: int = 4
    driver: str = "playwright"
    browser_path: Path | None = None
    selenium_url: str = ""
    axe_script: Path | None = None
    ignore_tls_errors: bool = False
    limits: Limits = field(default_factory=Limits)

    @property
    def discovers(self) -> bool:
        """Whether links and sitemaps lead to more pages."""
        return self.follow and self.discover
