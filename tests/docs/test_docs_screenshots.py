"""The pictures of the documentation are small, named by the command that takes them, shown, and described."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from docs import screenshots
from docs.parts import ROOT

PAGES = (ROOT / "README.md", ROOT / "docs" / "serve.md")


def test_each_picture_is_one_that_the_command_takes_and_small(tmp_path: Path) -> None:
    files = {file.stem: file for file in screenshots.PICTURES.iterdir()}
    assert sorted(files) == sorted(shot.name for shot in screenshots.shots(tmp_path))
    assert sum(file.stat().st_size for file in files.values()) <= screenshots.MAX_BYTES_TOGETHER
    for file in files.values():
        assert file.stat().st_size <= screenshots.MAX_BYTES, file.name
        with Image.open(file) as picture:
            assert (picture.format, picture.mode) == ("PNG", "P")


def test_each_picture_is_shown_and_each_one_shown_is_there_and_described() -> None:
    shown = set()
    for page in PAGES:
        text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        soup = BeautifulSoup(text, "lxml")
        for image in soup.find_all("img"):
            assert len(str(image["alt"])) > 20, image
            shown.add((page.parent / str(image["src"])).resolve())
        shown |= {(page.parent / str(source["srcset"])).resolve() for source in soup.find_all("source")}
    assert shown == {file.resolve() for file in screenshots.PICTURES.iterdir()}


def test_a_picture_that_stays_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    png = (screenshots.PICTURES / "report.png").read_bytes()
    assert len(screenshots.small(png)) <= screenshots.MAX_BYTES
    monkeypatch.setattr(screenshots, "MAX_BYTES", 100)
    with pytest.raises(ValueError, match=re.escape("more than 100")):
        screenshots.small(png)
