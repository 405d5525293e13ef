"""The demo town's server: redirects, errors, forms and addresses in sitemaps."""

from __future__ import annotations

import http.client
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from demo.server import Behaviour, Redirect, load_behaviour, main, serve
from scan.folder_server import Request


@pytest.fixture(scope="module")
def town() -> Iterator[str]:
    with serve() as origin:
        yield origin


def ask(origin: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(str(urlsplit(origin).netloc), timeout=5)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_home_page_is_served(town: str) -> None:
    status, headers, body = ask(town, "/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"Welcome to Velmarsh" in body
    assert ask(town, "/index.html")[2] == body


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/rubbish.html", 301, "/services/waste.html"),
        ("/news/latest", 302, "/news/flood-defences.html"),
        ("/services/bins.html", 301, "/rubbish.html"),
        ("/partner", 302, "https://www.example.org/region"),
    ],
)
def test_redirects(town: str, path: str, status: int, location: str) -> None:
    answer_status, headers, body = ask(town, path)
    assert (answer_status, headers["location"], body) == (status, location, b"")


def test_errors(town: str) -> None:
    assert ask(town, "/services/housing.html")[0] == 500
    assert ask(town, "/services/dog-licence.html")[0] == 410
    status, _, body = ask(town, "/services/register-birth-form.html")
    assert status == 404
    assert b"Page not found" in body


def test_forms_answer_a_post_only(town: str) -> None:
    status, headers, _ = ask(town, "/contact/send", "POST")
    assert (status, headers["location"]) == (303, "/")
    assert ask(town, "/contact/send")[0] == 404
    assert ask(town, "/contact.html", "POST")[0] == 405


def test_sitemaps_and_robots_name_the_address_in_use(town: str) -> None:
    assert f"Sitemap: {town}/sitemap.xml".encode() in ask(town, "/robots.txt")[2]
    index = ElementTree.fromstring(ask(town, "/sitemap.xml")[2])  # noqa: S314 - our own file
    assert [element.text for element in index.iter() if element.tag.endswith("loc")] == [f"{town}/sitemap-pages.xml"]
    pages = ElementTree.fromstring(ask(town, "/sitemap-pages.xml")[2])  # noqa: S314 - our own file
    locations = [str(element.text) for element in pages.iter() if element.tag.endswith("loc")]
    assert len(locations) >= 30
    assert {ask(town, location.removeprefix(town))[0] for location in locations} == {200}


def test_sitemap_follows_the_host_that_was_asked(town: str) -> None:
    port = urlsplit(town).port
    assert f"http://localhost:{port}/".encode() in ask(town, "/robots.txt", Host=f"localhost:{port}")[2]
    hostile = ask(town, "/robots.txt", Host='evil"><script>')[2]
    assert town.encode() in hostile
    assert b"script" not in hostile


def test_requests_can_be_watched() -> None:
    seen: list[Request] = []
    with serve(on_request=seen.append) as origin:
        ask(origin, "/search.html?q=bins")
    assert [(request.method, request.path, request.query) for request in seen] == [("GET", "/search.html", "q=bins")]


def test_another_folder_and_behaviour(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("A", encoding="utf-8")
    behaviour = Behaviour(redirects={"/old": Redirect("/a.html", 308)})
    with serve(tmp_path, behaviour) as origin:
        assert ask(origin, "/a.html")[2] == b"A"
        assert ask(origin, "/old")[0] == 308


def test_behaviour_file_with_a_wrong_key_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "behaviour.yaml"
    file.write_text("redirect: {}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="redirect"):
        load_behaviour(file)


def test_bad_port_is_a_usage_error(town: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eighty"]) == 2
    assert "Usage" in capsys.readouterr().err
    assert main([str(urlsplit(town).port)]) == 2
    assert "Choose another" in capsys.readouterr().err


def test_module_runs_until_it_is_interrupted() -> None:
    process = subprocess.Popen([sys.executable, "-m", "demo.server", "0"], stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert line.startswith("The demo town is at http://127.0.0.1:")
        assert ask(line.split()[5].rstrip("/"), "/")[0] == 200
    finally:
        process.send_signal(2)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
