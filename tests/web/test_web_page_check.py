"""The Check a page screen: numbered marks on a picture, tied to a list; what cannot be checked says why."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from benchmarks.fake_scan import write_fake_scan
from scan.page_picture import PICTURE, PLACES, read_places
from store.database import open_database
from web.app import make_app
from web.config import WebConfig
from web.shelf import Shelf

HERE = "http://127.0.0.1:8642"


@pytest.fixture
def checked(folder: Path, tmp_path: Path) -> Path:
    shutil.copytree(folder / "page-x", tmp_path / "page-x")
    return tmp_path / "page-x"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(make_app(WebConfig(tmp_path)), base_url=HERE) as made:
        made.get("/check")
        yield made


def address(checked: Path) -> str:
    return f"/check/{Shelf(checked.parent).key(checked)}"


def test_marks_and_list_lead_to_each_other(app: TestClient, checked: Path) -> None:
    page = app.get(address(checked)).text
    in_picture = re.findall(r'<a id="p(\d+)" class="[^"]+" href="#f(\d+)"', page)
    assert in_picture
    assert all(one == other for one, other in in_picture)
    for number, _ in in_picture:
        assert f'<li class="card" id="f{number}">' in page
        assert f'href="#p{number}"' in page
    assert page.count("Not in the picture.") + len(in_picture) == page.count('<li class="card" id="f')
    assert "<script>alert" not in page
    assert not re.search(r"\sstyle=", page)


def test_marks_stand_where_the_elements_do_and_on_no_other_number(app: TestClient, checked: Path) -> None:
    page = app.get(address(checked)).text
    places = read_places(checked)
    assert places is not None
    outlines = re.findall(r'class="outline" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"', page)
    boxes = {tuple(box) for _, box in places.boxes}
    assert {tuple(map(int, outline)) for outline in outlines} <= boxes
    spots = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" rx="6"/>', page)
    rects = [tuple(map(float, spot)) for spot in spots]
    for index, (x, y, width, height) in enumerate(rects):
        for other_x, other_y, other_width, other_height in rects[:index]:
            apart = x >= other_x + other_width or other_x >= x + width
            assert apart or y >= other_y + other_height or other_y >= y + height


def test_the_picture_is_served_and_its_absence_said(app: TestClient, checked: Path) -> None:
    assert app.get(f"{address(checked)}/picture").headers["content-type"] == "image/jpeg"
    (checked / PICTURE).unlink()
    (checked / PLACES).write_text(json.dumps({"why": "it <b>timed</b> out"}), encoding="utf-8")
    page = app.get(address(checked)).text
    assert "it &lt;b&gt;timed&lt;/b&gt; out" in page
    assert app.get(f"{address(checked)}/picture").status_code == 404


@pytest.mark.parametrize("data", ["", "[]", "{}", '{"boxes": [[1, 2]]}', '{"width": 1, "boxes": 3}'])
def test_places_that_cannot_be_read_are_no_places(app: TestClient, checked: Path, data: str) -> None:
    (checked / PLACES).write_text(data, encoding="utf-8")
    assert read_places(checked) is None
    assert "There is no picture of it" in app.get(address(checked)).text


def test_a_page_that_could_not_be_checked_says_why(app: TestClient, tmp_path: Path) -> None:
    engine = open_database(tmp_path / "page-dead" / "curbcut.sqlite")
    write_fake_scan(engine, n_pages=0, n_findings=0, n_not_checked=1)
    engine.dispose()
    page = app.get(address(tmp_path / "page-dead")).text
    assert "This page could not be checked." in page


@pytest.mark.parametrize("given", ["", "ftp://example.org/", "https://", "file:///etc/passwd"])
def test_what_is_no_address_is_told_and_kept(app: TestClient, given: str) -> None:
    answer = app.post("/check", data={"form_key": app.cookies["curbcut_form"], "address": given})
    assert answer.status_code == 422
    assert f'value="{html.escape(given)}"' in answer.text
    assert "address" in answer.text
    assert app.get("/check").status_code == 200
