from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from crawler.errors import SiteError
from crawler.plain_fetch import MAX_BYTES, fetch


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # the name that http.server calls
        port = self.server.server_address[1]
        if self.path == "/page":
            self.answer(200, "text/html; charset=iso-8859-1", "Gebühr".encode("latin-1"))
        elif self.path == "/moved":
            self.answer(302, "text/html", b"", Location="/page")
        elif self.path == "/inside":
            self.answer(302, "text/html", b"", Location=f"http://localhost:{port}/page")
        elif self.path == "/round":
            self.answer(302, "text/html", b"", Location="/round")
        elif self.path == "/file":
            self.answer(302, "text/html", b"", Location="file:///etc/hostname")
        elif self.path == "/picture":
            self.answer(200, "image/png", b"\x89PNG")
        elif self.path == "/endless":
            self.answer(200, "text/html", b"x" * (MAX_BYTES + 10))
        else:
            self.answer(404, "text/html", b"no")

    def answer(self, status: int, media_type: str, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_comes_with_its_encoding_and_final_address(origin: str) -> None:
    page = fetch(f"{origin}/moved", user_agent="test")
    assert page.data.decode(page.charset) == "Gebühr"
    assert page.url == f"{origin}/page"
    assert page.content_type == "text/html"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/inside", "private network address"),
        ("/round", "status 302"),
        ("/file", "could not be fetched|status 302"),
        ("/picture", "it is image/png"),
        ("/endless", "longer than 10 MB"),
        ("/none", "status 404"),
    ],
)
def test_what_is_no_page_says_why(origin: str, path: str, says: str) -> None:
    with pytest.raises(SiteError, match=says):
        fetch(f"{origin}{path}", user_agent="test")


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://town.example/", "http:///x"])
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(SiteError, match="no web address"):
        fetch(url, user_agent="test")


def test_nobody_answers() -> None:
    with pytest.raises(SiteError, match="did not accept a connection"):
        fetch("http://127.0.0.1:1/", user_agent="test")
