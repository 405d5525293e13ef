"""The picture of a checked page, by a real browser: elements are found by their paths, and by nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from scan.folder_server import serve_folder
from scan.page_picture import PICTURE, picture_page, read_places

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><title>Kerbs</title><style>body{margin:0}p{position:absolute;left:100px;
top:200px;width:300px;height:50px;margin:0}b{display:none}</style><p>Seen</p><b>Unseen</b></html>"""


def test_elements_are_placed_by_their_paths(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text(PAGE, encoding="utf-8")
    with serve_folder(tmp_path / "site") as origin:
        picture_page(tmp_path, f"{origin}/index.html", [("p",), ("b",), ("i",), ("[",), ("p",)])
    places = read_places(tmp_path)
    assert places is not None
    assert places.why == ""
    assert [(path, tuple(box)) for path, box in places.boxes] == [(("p",), (100, 200, 300, 50))]
    assert (tmp_path / PICTURE).read_bytes().startswith(b"\xff\xd8")
