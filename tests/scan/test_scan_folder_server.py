"""The folder server: what it finds, what it refuses, and how it speaks HTTP."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scan.folder_server import LOOPBACK, media_type, serve_folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "about").mkdir(parents=True)
    (root / "empty").mkdir()
    (root / ".git").mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    for name, text in {
        "index.html": "home",
        "contact.html": "contact",
        "about/index.html": "about",
        "größe.html": "size",
        "style.css": "css",
        ".git/config": "hidden",
    }.items():
        (root / name).write_text(text, encoding="utf-8")
    (root / "leak.txt").symlink_to(tmp_path / "secret.txt")
    return root


@pytest.fixture
def connection(site: Path) -> Iterator[http.client.HTTPConnection]:
    with serve_folder(site) as origin:
        link = http.client.HTTPConnection(str(urlsplit(origin).netloc), timeout=5)
        yield link
        link.close()


def fetch(connection: http.client.HTTPConnection, path: str, method: str = "GET") -> tuple[int, bytes]:
    connection.request(method, path)
    answer = connection.getresponse()
    return answer.status, answer.read()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/", b"home"),
        ("/index.html", b"home"),
        ("/contact.html?x=1", b"contact"),
        ("/contact", b"contact"),
        ("/about/", b"about"),
        ("/gr%C3%B6%C3%9Fe.html", b"size"),
    ],
)
def test_finds_files(connection: http.client.HTTPConnection, path: str, body: bytes) -> None:
    assert fetch(connection, path) == (200, body)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/about/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "/leak.txt",
        "/.git/config",
        "/empty/",
        "/contact.html/",
        "/%00",
        "/" + "a" * 300,
        "/nothing",
    ],
)
def test_refuses_what_is_not_in_the_folder(connection: http.client.HTTPConnection, path: str) -> None:
    status, body = fetch(connection, path)
    assert status == 404
    assert b"secret" not in body


def test_bytes_that_are_no_text_are_a_bad_request(connection: http.client.HTTPConnection) -> None:
    assert fetch(connection, "/%ff%fe")[0] == 400


def test_folder_without_slash_redirects_inside_the_site(connection: http.client.HTTPConnection) -> None:
    connection.request("GET", "//about?q=1")
    answer = connection.getresponse()
    answer.read()
    assert (answer.status, answer.getheader("Location")) == (301, "/about/?q=1")


def test_clean_urls_can_be_off(site: Path) -> None:
    with serve_folder(site, clean_urls=False) as origin:
        link = http.client.HTTPConnection(str(urlsplit(origin).netloc), timeout=5)
        assert fetch(link, "/contact")[0] == 404
        assert fetch(link, "/about/")[0] == 200
        link.close()


def test_one_connection_carries_many_requests(connection: http.client.HTTPConnection) -> None:
    fetch(connection, "/")
    first = connection.sock
    fetch(connection, "/nothing")
    fetch(connection, "/contact.html", "HEAD")
    assert fetch(connection, "/style.css") == (200, b"css")
    assert first is not None
    assert connection.sock is first


def test_head_has_the_length_but_no_body(connection: http.client.HTTPConnection) -> None:
    connection.request("HEAD", "/contact.html")
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Content-Length"), answer.read()) == (200, "7", b"")


def test_unchanged_file_is_not_sent_twice(connection: http.client.HTTPConnection, site: Path) -> None:
    connection.request("GET", "/contact.html")
    answer = connection.getresponse()
    answer.read()
    etag = str(answer.getheader("ETag"))
    connection.request("GET", "/contact.html", headers={"If-None-Match": etag})
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (304, b"")
    (site / "contact.html").write_text("contact, new", encoding="utf-8")
    connection.request("GET", "/contact.html", headers={"If-None-Match": etag})
    assert connection.getresponse().read() == b"contact, new"


def test_a_browser_asks_once_for_what_stays_as_it_is(connection: http.client.HTTPConnection, site: Path) -> None:
    def kept(link: http.client.HTTPConnection) -> str | None:
        link.request("GET", "/style.css")
        answer = link.getresponse()
        answer.read()
        return answer.getheader("Cache-Control")

    assert kept(connection) == "no-cache"
    with serve_folder(site, is_still=True) as origin:
        still = http.client.HTTPConnection(str(urlsplit(origin).netloc), timeout=5)
        assert kept(still) == "max-age=3600"
        still.close()


def test_own_404_page(connection: http.client.HTTPConnection, site: Path) -> None:
    (site / "404.html").write_text("lost?", encoding="utf-8")
    assert fetch(connection, "/nothing") == (404, b"lost?")


def test_post_is_refused_with_its_body_read(connection: http.client.HTTPConnection) -> None:
    connection.request("POST", "/", body=b"x" * 100_000)
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Allow")) == (405, "GET, HEAD")
    assert answer.read()


def test_listens_on_loopback_only(site: Path) -> None:
    with serve_folder(site) as origin:
        assert urlsplit(origin).hostname == LOOPBACK


def test_stops_though_a_client_keeps_its_connection(site: Path) -> None:
    with serve_folder(site) as origin:
        port = urlsplit(origin).port or 0
        waiting = socket.create_connection((LOOPBACK, port), timeout=5)
        waiting.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert waiting.recv(1000).startswith(b"HTTP/1.1 200")
        started = time.monotonic()
    assert time.monotonic() - started < 20  # it would wait for a minute
    with waiting:
        assert waiting.recv(1000) == b""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((LOOPBACK, port), timeout=1)


def test_many_clients_at_once(site: Path) -> None:
    results: list[tuple[int, bytes]] = []

    def client(netloc: str) -> None:
        link = http.client.HTTPConnection(netloc, timeout=5)
        results.extend(fetch(link, "/") for _ in range(10))
        link.close()

    with serve_folder(site) as origin:
        threads = [threading.Thread(target=client, args=(str(urlsplit(origin).netloc),)) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert results == [(200, b"home")] * 200


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.HTML", "text/html; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.pdf", "application/pdf"),
        ("a.svg", "image/svg+xml"),
        ("a", "application/octet-stream"),
    ],
)
def test_media_types(name: str, kind: str) -> None:
    assert media_type(Path(name)) == kind


def test_folder_must_exist(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), serve_folder(tmp_path / "nothing"):
        pass
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(NotADirectoryError), serve_folder(tmp_path / "file"):
        pass
