"""Serves all sites of the made-up country from this machine: each has an address of its own in 127.0.0.0/8."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from monitoring.rehearsal.country import Country, PlannedSite
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
        """Answer with a page as the year has it, the crest, or 404; a site that is down has no page."""
        site = self.server.sites.get(self.headers.get("Host", ""))
        path = self.path.lstrip("/")
        if site is None or not site.answers or path not in (*PATHS, "crest.png"):
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        is_crest = path == "crest.png"
        body = CREST if is_crest else page(site.body, path, site.planted[self.server.year]).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "image/png" if is_crest else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        """Say nothing."""


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
