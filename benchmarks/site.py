"""Serves a generated council site from memory: what the measurements and the kill tests scan.

The same numbers give the same bytes. Three templates share a header, menu, footer, two style sheets and two scripts,
and are as large as government pages are: 20 to 60 KB, 800 to 1,500 elements. Each page has a few barriers (`planted`).
Run `python -m benchmarks.site --pages 300 --port 8000` to look at it.
"""

from __future__ import annotations

import argparse
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks import site_assets, site_pages

LINKS_DOWN = 6
"""Each page links to so many further ones: 300 pages are within four steps of the first."""

LINKS_ALONG = 3
"""So many neighbours are linked as well, so that most pages are found from several."""

EXTRA_EVERY = 10
"""With extras, every tenth page has a link that redirects, one that is broken, one to a PDF and one out of scope."""


@dataclass(frozen=True)
class Site:
    """A site of `pages` pages. `words` bounds the text of one page; with `sitemap` off only links lead to the pages.

    `extras` adds what a crawl meets besides pages: redirects, broken links, documents, another host.
    """

    pages: int
    words: int = site_pages.WORDS
    sitemap: bool = True
    extras: bool = False

    def path(self, number: int) -> str:
        """Return the path of page `number`, counted from 0, the home page."""
        return site_pages.path(number)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each page by its path."""
        return {self.path(n): n for n in range(self.pages)}

    def links(self, number: int) -> list[str]:
        """Return where page `number` leads besides the menu."""
        down = range(number * LINKS_DOWN + 1, number * LINKS_DOWN + LINKS_DOWN + 1)
        along = range(number + 1, number + LINKS_ALONG + 1)
        links = [self.path(n) for n in dict.fromkeys([*down, *along]) if n < self.pages]
        if self.extras and number % EXTRA_EVERY == 0:
            links += [f"/go/{number}", f"/missing/{number}.html", f"/files/{number}.pdf", "http://elsewhere.example/"]
        return links

    def answer(self, path: str, origin: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body for a path."""
        if path in self.numbers:
            return self._html(self._page(self.numbers[path]))
        if path in site_assets.FILES:
            media_type, body = site_assets.FILES[path]
            return HTTPStatus.OK, {"Content-Type": media_type, "Cache-Control": "max-age=3600"}, body
        if path == "/robots.txt":
            return HTTPStatus.OK, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n"
        if path == "/sitemap.xml" and self.sitemap:
            return HTTPStatus.OK, {"Content-Type": "application/xml"}, self._sitemap(origin)
        return self._extra(path) if self.extras else self._missing()

    def write(self, folder: Path) -> None:
        """Write the pages and what they load into a folder, as a build does."""
        for path in (*self.numbers, *site_assets.FILES):
            place = folder / (path.lstrip("/") or "index.html")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(self.answer(path, "")[2])

    def _extra(self, path: str) -> tuple[int, dict[str, str], bytes]:
        if path.startswith("/go/"):
            return HTTPStatus.FOUND, {"Location": self.path(self._redirect_target(path))}, b""
        if path.startswith("/files/"):
            return HTTPStatus.OK, {"Content-Type": "application/pdf"}, b"%PDF-1.4\n%%EOF\n"
        return self._missing()

    def _missing(self) -> tuple[int, dict[str, str], bytes]:
        return HTTPStatus.NOT_FOUND, {"Content-Type": "text/html; charset=utf-8"}, site_pages.MISSING

    def _redirect_target(self, path: str) -> int:
        """Far from the page that links to it, so that now the redirect and now a link gets there first."""
        number = int(path.rpartition("/")[2]) if path.rpartition("/")[2].isdigit() else 0
        return (number * 7 + 5) % self.pages

    def _page(self, number: int) -> str:
        return site_pages.page(number, self.links(number), pages=self.pages, words=self.words)

    def _html(self, text: str) -> tuple[int, dict[str, str], bytes]:
        return HTTPStatus.OK, {"Content-Type": "text/html; charset=utf-8"}, text.encode()

    def _sitemap(self, origin: str) -> bytes:
        entries = "".join(f"<url><loc>{origin}{path}</loc></url>" for path in self.numbers)
        head = '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        return f"{head}{entries}</urlset>".encode()


class _Server(ThreadingHTTPServer):
    """Answers for one site; quiet about clients that go away in the middle, as killed scans do."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, site: Site, port: int) -> None:
        self.site = site
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a broken connection is the client's end, and no fault of the site."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections stay open, as on a real server
    disable_nagle_algorithm = True
    timeout = 60
    server: _Server

    def do_GET(self) -> None:
        """Answer one request in one write."""
        status, headers, body = self.server.site.answer(self.path.partition("?")[0], self.server.origin)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 - the base class's name

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@contextmanager
def serve_site(
    pages: int, *, words: int = site_pages.WORDS, sitemap: bool = True, extras: bool = False, port: int = 0
) -> Iterator[str]:
    """Serve a generated site from a thread; yield its origin (`http://127.0.0.1:PORT`)."""
    server = _Server(Site(pages, words, sitemap, extras), port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.origin
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.site", description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--words", type=int, default=site_pages.WORDS, help="words of one page, about")
    parser.add_argument("--extras", action="store_true", help="add redirects, broken links and documents")
    parser.add_argument("--port", type=int, default=8000)
    chosen = parser.parse_args()
    server = _Server(Site(chosen.pages, chosen.words, extras=chosen.extras), chosen.port)
    print(f"{server.origin}/", flush=True)  # noqa: T201 - a program's output
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
