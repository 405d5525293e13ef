"""A real browser and a loopback server for the checks' tests."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
ARGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-gpu", "--no-first-run"]


@pytest.fixture(scope="session")
def browser_path() -> Path:
    named = os.environ.get("CURBCUT_BROWSER")
    found = named or next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not found:
        pytest.fail("No browser found. Install chromium-headless-shell, or set CURBCUT_BROWSER to one.")
    return Path(found)


@pytest.fixture(scope="module")  # not session: Playwright's sync loop must be gone before async tests run
def browser(browser_path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(browser_path), args=ARGS)
        yield opened
        opened.close()


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
