"""What is named becomes addresses, with a name to show and an address that is the same on every machine."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scan.errors import UsageError
from scan.targets import Serving, opened


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("index.html", "404.html", "a b/index.html", "about.html"):
        (tmp_path / "_site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "_site" / name).write_text(name)
    return tmp_path / "_site"


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_folder_is_served_as_a_host_would(site: Path) -> None:
    with opened([str(site)]) as addresses:
        assert [urlsplit(a).path for a in addresses] == ["/404.html", "/a%20b/", "/about.html", "/"]
        assert [t.address for t in addresses.values()] == [
            "/404.html",
            "/a%20b/index.html",
            "/about.html",
            "/index.html",
        ]
        assert [t.shown for t in addresses.values()][2] == str(site / "about.html")
        assert {status(address) for address in addresses} == {200}
        origin = next(iter(addresses)).removesuffix("/404.html")
        assert (status(f"{origin}/about"), status(f"{origin}/nothing")) == (200, 404)


@pytest.mark.parametrize(
    "head",
    [
        '<meta http-equiv="refresh" content="0; url=https://town.example/posts/first/">',  # Hugo, Jekyll
        "<meta charset=utf-8><META content='0;URL=/docs/new' http-equiv=refresh>",
    ],
)
def test_what_only_leads_on_and_what_is_hidden_is_no_page(site: Path, head: str) -> None:
    (site / "old").mkdir()
    (site / "old" / "index.html").write_text(f"<!DOCTYPE html><title>Moved</title>{head}", encoding="utf-8")
    (site / "later.html").write_text('<meta http-equiv="refresh" content="30; url=/x">', encoding="utf-8")
    for name in (".cache", ".well-known"):
        (site / name).mkdir()
        (site / name / "x.html").write_text("x", encoding="utf-8")
    with opened([str(site)]) as addresses:
        paths = [urlsplit(a).path for a in addresses]
    assert paths == ["/.well-known/x.html", "/404.html", "/a%20b/", "/about.html", "/", "/later.html"]
    with opened([str(site / "old" / "index.html")]) as addresses:  # whoever names it means it
        assert len(addresses) == 1


def test_a_base_path_stands_before_every_page_and_nothing_is_found_beside_it(site: Path) -> None:
    with opened([str(site)], Serving(base_path="town/hall")) as addresses:
        assert [t.address for t in addresses.values()][-1] == "/town/hall/index.html"
        assert {status(address) for address in addresses} == {200}
        origin = next(iter(addresses)).removesuffix("/town/hall/404.html")
        assert [status(origin + path) for path in ("/about.html", "/town/hallabout.html", "/", "/town/hall")] == [
            404,
            404,
            404,
            200,
        ]


@pytest.mark.parametrize("path", ["https://x.example/", "/a?b", "a#b"])
def test_a_base_path_that_is_none_is_refused(site: Path, path: str) -> None:
    with pytest.raises(UsageError, match="--base-path"), opened([str(site)], Serving(base_path=path)):
        pass


def test_one_file_may_be_seen_from_the_root_of_its_site(site: Path, tmp_path: Path) -> None:
    page = site / "a b" / "index.html"
    with opened([str(page)], Serving(root=site)) as addresses:
        assert [(urlsplit(a).path, t.address) for a, t in addresses.items()] == [("/a%20b/", "/a%20b/index.html")]
    with pytest.raises(UsageError, match="--root"), opened([str(page)], Serving(root=tmp_path / "other")):
        pass


def test_a_running_server_and_a_choice_of_files(site: Path) -> None:
    with opened(["/fees?a=1"], Serving(origin="http://127.0.0.1:3000")) as addresses:
        assert list(addresses) == ["http://127.0.0.1:3000/fees?a=1"]
    with opened([str(site)], Serving(only={(site / "about.html").resolve()})) as addresses:
        assert [t.address for t in addresses.values()] == ["/about.html"]
