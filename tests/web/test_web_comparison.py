"""Two scans are chosen and compared, without a script; what cannot be compared is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from web.app import make_app
from web.config import WebConfig
from web.shelf import Shelf


@pytest.fixture
def app(folder: Path) -> TestClient:
    return TestClient(make_app(WebConfig(folder)), base_url="http://127.0.0.1:8642", follow_redirects=False)


@pytest.fixture
def keys(folder: Path) -> tuple[str, str]:
    return Shelf(folder).key(folder / "deep/er/two"), Shelf(folder).key(folder / "one")


def test_the_list_offers_two_scans_of_one_site(app: TestClient, folder: Path, keys: tuple[str, str]) -> None:
    page = BeautifulSoup(app.get("/scans").text, "lxml")
    chosen = {select["name"]: select.find("option", selected=True)["value"] for select in page.select("form select")
              if select["name"] in ("old", "new")}  # fmt: skip
    assert chosen["old"] != chosen["new"]
    assert Shelf(folder).key(folder / "no-scan") not in str(page.select("form select"))
    assert f"/scans/compare?new={keys[1]}" in app.get(f"/scans/{keys[1]}").text


def test_two_scans_are_compared_without_a_script(app: TestClient, keys: tuple[str, str]) -> None:
    old, new = keys
    answer = app.get("/scans/compare", params={"old": old, "new": new})
    page = BeautifulSoup(answer.text, "lxml")
    assert page.h1 is not None
    assert page.h1.get_text() == "What became of the findings"
    assert {link["href"] for link in page.select("dl a")} == {f"/scans/{old}", f"/scans/{new}"}
    assert "still there" in answer.text.lower()
    assert "The old scan is not complete." in answer.text
    assert not page.find_all("script")


@pytest.mark.parametrize(
    ("old", "new", "status", "says"),
    [
        ("", "", 200, "See what was mended"),
        ("{0}", "", 200, "See what was mended"),
        ("{0}", "{0}", 422, "one and the same"),
        ("{0}", "0123456789abcdef", 404, "no longer there"),
        ("'; drop table scan", "../../etc", 404, "no longer there"),
    ],
)
def test_what_cannot_be_compared_is_told(  # noqa: PLR0917 - pytest names each
    app: TestClient, keys: tuple[str, str], old: str, new: str, status: int, says: str
) -> None:
    answer = app.get("/scans/compare", params={"old": old.format(*keys), "new": new.format(*keys)})
    assert (answer.status_code, says in answer.text) == (status, True)
    assert "<button>Compare</button>" in answer.text
