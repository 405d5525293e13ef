"""robots.txt as RFC 9309 asks: read once a host, missing means free, unreachable means stay away."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from crawler.urls import without_route

MISSING = range(400, 500)
"""Statuses that mean "there is no robots.txt" (RFC 9309 section 2.3.1.3); 429 asks us to come back later."""


@dataclass(frozen=True, slots=True)
class Robots:
    """One host's rules. `unreachable` holds the reason when nothing may be fetched because nothing could be read."""

    rules: Protego | None
    unreachable: str = ""

    def allows(self, url: str, token: str) -> bool:
        """Say whether the crawler named `token` may fetch `url`."""
        if self.unreachable:
            return False
        return self.rules is None or bool(self.rules.can_fetch(without_route(url), token))

    def crawl_delay(self, token: str) -> float | None:
        """Return the seconds the host wants between two requests, if it says."""
        delay = self.rules.crawl_delay(token) if self.rules is not None else None
        return float(delay) if delay is not None and delay > 0 else None

    def sitemaps(self) -> tuple[str, ...]:
        """Return the addresses of the sitemaps the file names."""
        return tuple(self.rules.sitemaps) if self.rules is not None else ()


def read(status: int, body: bytes, *, max_bytes: int) -> Robots:
    """Make the rules from an answer: its HTTP status and its body, of which at most `max_bytes` count."""
    if status == 429 or status >= 500:
        return Robots(None, f"HTTP {status}")
    if status in MISSING:
        return Robots(None)
    if status >= 300:
        return Robots(None)  # redirects that lead nowhere count as missing (RFC 9309 section 2.3.1.2)
    text = body[:max_bytes].decode("utf-8-sig", "replace").replace("\x00", "")
    return Robots(Protego.parse(text))
