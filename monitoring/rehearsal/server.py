"""Serves all sites of the made-up country from this machine: each has an address of its own in 127.0.0.0/8."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from monitoring.rehearsal.country import Country, PlannedSite
from monitoring.rehearsal.papers import MEDIA_TYPE, paper
from monitoring.rehearsal.statements import STATEMENT, statement
from monitoring.rehearsal.templates import CREST, PATHS, page

ADDRESS = "http://127.0.{high}.{low}:%d/"


class CountryServer(ThreadingHTTPServer):
    """The server; `year` says which year's pages it shows."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("", 0), _Handler)  # one socket hears all addresses of 127.0.0.0/8, and no more: see below
        self.year = 0
        self.sites: dict[str, PlannedSite] = {}

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Take no request from another machine."""
        return str(client_address[0]).startswith("127.")

    @property
    def address(self) -> str:
        """The form of the sites' addresses, for `invent`."""
        return ADDRESS % self.server_address[1]

    def show(self, country: Country) -> None:
        """Serve the sites of a country."""
        self.sites = {site.url.split("/")[2]: site for site in country.sites}


class _Handler(BaseHTTPRequestHandler):
    server: CountryServer

    def do_GET(self) -> None:
        """Answer with what a site has in the year: a page, a document, the crest; else, or if it is down, with 404."""
        site = self.server.sites.get(self.headers.get("Host", ""))
        found = _found(site, self.path.lstrip("/"), self.server.year) if site is not None and site.answers else None
        if found is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        media_type, body = found
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        """Say nothing."""


def _found(site: PlannedSite, path: str, year: int) -> tuple[str, bytes] | None:
    """Return the media type and the content of an address of a site in a year; None where there is nothing."""
    if path == "crest.png":
        return "image/png", CREST
    papers, wrong = site.papers[year], site.statements[year]
    if path in papers:
        return MEDIA_TYPE, paper(papers[path])
    links = [(name, f"Minutes of the council, part {name[1]}") for name in papers]
    if wrong is not None:
        links.append((STATEMENT, "Accessibility statement"))
    if path == STATEMENT and wrong is not None:
        words = statement(site.body, site.url, wrong, datetime.now(UTC).date())
    elif path in PATHS:
        words = ""
    else:
        return None
    return "text/html; charset=utf-8", page(site.body, path, site.planted[year], words, links).encode()


@contextmanager
def serving() -> Iterator[CountryServer]:
    """Run the server beside what happens within the block."""
    with CountryServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
