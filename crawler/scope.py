"""Which URLs belong to a scan: host, path, subdomains, include and exclude patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.config import CrawlConfig
from crawler.urls import host_of


@dataclass(frozen=True, slots=True)
class Patterns:
    """The addresses that include and exclude patterns let through."""

    include: tuple[re.Pattern[str], ...] = ()
    exclude: tuple[re.Pattern[str], ...] = ()

    @classmethod
    def of(cls, include: Iterable[str], exclude: Iterable[str]) -> Patterns:
        """Compile them. Raises re.error for a pattern that is no regular expression."""
        return cls(tuple(map(re.compile, include)), tuple(map(re.compile, exclude)))

    def refusal(self, *spellings: str) -> str | None:
        """Return why an address is left out, which may be spelled in several ways, or None when it is not."""
        if any(pattern.search(address) for pattern in self.exclude for address in spellings):
            return "excluded"
        if self.include and not any(pattern.search(address) for pattern in self.include for address in spellings):
            return "not_included"
        return None


@dataclass(frozen=True, slots=True)
class Scope:
    """Decides on canonical URLs. A start URL is always in scope: the user named it."""

    starts: frozenset[str]
    hosts: frozenset[str]
    subdomains: bool
    path_prefix: str
    patterns: Patterns

    @classmethod
    def of(cls, config: CrawlConfig) -> Scope:
        """Build the scope of a crawl. Raises re.error for a pattern that is no regular expression."""
        return cls(
            starts=frozenset(config.start_urls),
            hosts=frozenset(_host_and_port(u) for u in config.start_urls),
            subdomains=config.subdomains,
            path_prefix=config.path_prefix,
            patterns=Patterns.of(config.include, config.exclude),
        )

    def refusal(self, url: str) -> str | None:
        """Return why `url` is out of scope (a reason code of `out_of_scope`), or None when it belongs."""
        if url in self.starts:
            return None
        if not self._has_host(url):
            return "host"
        if self.path_prefix and not urlsplit(url).path.startswith(self.path_prefix):
            return "path"
        return self.patterns.refusal(url)

    def _has_host(self, url: str) -> bool:
        host = _host_and_port(url)
        if host in self.hosts or _other_www(host) in self.hosts:
            return True
        return self.subdomains and any(host.endswith("." + h.removeprefix("www.")) for h in self.hosts)


def _host_and_port(url: str) -> str:
    port = urlsplit(url).port
    return f"{host_of(url)}:{port}" if port else host_of(url)


def _other_www(host: str) -> str:
    """`www.example.org` and `example.org` are one site to everybody but a computer."""
    return host.removeprefix("www.") if host.startswith("www.") else "www." + host
