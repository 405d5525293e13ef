"""A real browser and a loopback server for the checks' tests."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from checks.live import LivePage
from crawler.config import CrawlConfig
from crawler.render.playwright import PlaywrightRenderer


@pytest.fixture
def serve() -> Iterator[Callable[[dict[str, str | tuple[str, dict[str, str]]]], int]]:
    """Serve pages by path, each HTML text or (HTML text, headers), on 127.0.0.1; gives the port."""
    servers: list[ThreadingHTTPServer] = []

    def start(pages: dict[str, str | tuple[str, dict[str, str]]]) -> int:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = pages.get(self.path)
                body, headers = page if isinstance(page, tuple) else (page or "", {})
                self.send_response(200 if page is not None else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server.server_address[1]

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


Visit = Callable[[LivePage], Awaitable[Any]]
LookAt = Callable[[str, Visit], tuple[str, Any]]
TABS = 6
"""Pages looked at at once: much of a look is waiting for what a page does by itself."""


class Looks:
    """Opens HTML in the crawler's own browser for functions that take a LivePage."""

    def __init__(self, renderer: PlaywrightRenderer, loop: asyncio.AbstractEventLoop, origin: str) -> None:
        self.pages: dict[str, bytes] = {}
        self.asked: list[str] = []
        self._renderer = renderer
        self._loop = loop
        self._origin = origin

    def run(self, doing: Any, timeout_s: float = 120) -> Any:
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(timeout_s)

    def serve(self, html: str) -> str:
        """Return the address that `html` is served at; a text without `<html` becomes the body of a page."""
        head = '<!doctype html><html lang="en"><head><title>An example page</title></head><body>'
        whole = html if "<html" in html[:200].lower() else f"{head}{html}</body></html>"
        path = f"/{len(self.pages)}/"
        self.pages[path] = whole.encode()
        return self._origin + path

    def look(self, html: str, visit: Visit) -> tuple[str, Any]:
        address = self.serve(html)
        return address, self.run(self._renderer.look(address, visit))

    def look_at_all(self, wanted: list[tuple[str, Visit]]) -> list[tuple[str, Any]]:
        """Look at all of these, some at once; an error stands in its result's place."""
        addresses = [self.serve(html) for html, _ in wanted]

        async def all_of_them() -> list[Any]:
            looks = [self._renderer.look(a, visit) for a, (_, visit) in zip(addresses, wanted, strict=True)]
            return await asyncio.gather(*looks, return_exceptions=True)

        return list(zip(addresses, self.run(all_of_them(), timeout_s=1200), strict=True))


@pytest.fixture(scope="module")
def looks(browser_path: Path) -> Iterator[Looks]:
    """A browser for closer looks. Pages are served from 127.0.0.1, so that relative links work."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            body = made.pages.get(self.path.split("?")[0])
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    loop = asyncio.new_event_loop()  # in a thread of its own: Playwright's sync fixtures have theirs in this one
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    origin = f"http://127.0.0.1:{server.server_port}"
    config = CrawlConfig(start_urls=(origin + "/",), user_agent="Curbcut/test", tabs=TABS, browser_path=browser_path)
    renderer = PlaywrightRenderer(config, (), origin, frozenset({"127.0.0.1"}))

    made = Looks(renderer, loop, origin)
    made.run(renderer.start())
    yield made
    made.run(renderer.close())
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def look_at(looks: Looks) -> LookAt:
    """Open HTML for a function that takes a LivePage; gives its address and the result."""
    return looks.look
