"""Pictures of pages for `curbcut style`, in a real browser; and what is said where there is none."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from cli.main import main
from crawler.render import whole
from crawler.render.whole import Box, Wanted, take
from reports.style.model import PagePicture, StyleText
from scan import style_picture
from scan.drafts import open_drafts
from scan.folder_server import Answer, Request, serve_folder
from scan.style import judge
from scan.style_picture import StylePictures
from styleguide.guides import load_guide

PAGE = """<!doctype html><html lang="en"><title>Parking</title>
<style>body { margin: 0 } h1 { margin: 20px 0 0 100px; font: 40px/50px sans-serif } .tall { height: 100vh }
.here { position: absolute; left: 300px; top: 200px; width: 80px; height: 30px } .shut { height: 0; overflow: hidden }
.more { display: block; width: 200px; height: 40px; background: #00f } h2 { position: absolute; top: 7000px }
</style>
<main><h1>CLICK HERE FOR ALL PARKING PERMITS</h1>
<p><a href="a" class=here>here</a><div class=shut><a href="b">click here</a></div>
<div class=tall></div><span id=moves></span><a href="c" class=more>more</a>
<h2>ASK THE COUNCIL ABOUT PERMITS</h2></main>
<script>
  // Before anybody looks, another link takes the place that the source gave to "more".
  moves.outerHTML = "<a href=e style='position: absolute; left: 900px'>Apply for a permit</a>";
</script>"""


def pictured(target: str | Path) -> StyleText:
    with StylePictures([str(target)]) as pictures:
        [opened] = open_drafts([str(target)], io.BytesIO())
        assert opened.draft is not None
        return pictures.add(judge(opened.draft, load_guide()), opened)


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> StyleText:
    file = tmp_path_factory.mktemp("pictured") / "a page.html"
    file.write_text(PAGE, "utf-8")
    return pictured(file)


def picture_of(text: StyleText) -> PagePicture:
    assert text.picture is not None, text.notes
    return text.picture


@pytest.mark.browser
def test_headings_links_and_buttons_are_found_where_they_stand(text: StyleText) -> None:
    picture = picture_of(text)
    words = {block.number: block.text for block in text.blocks}
    places = {words[one.block]: (one.x, one.y, one.width, one.height) for one in picture.outlined}
    assert places["here"] == (300, 200, 80, 30)
    assert places["more"][2:] == (200, 40)  # not the link that stands where the source has it
    left, top, width, height = places["CLICK HERE FOR ALL PARKING PERMITS"]
    assert (left, top) == (100, pytest.approx(20, abs=5))
    assert width < 1_180  # its words, not the whole column
    assert height <= 50
    assert {words[block]: why for block, why in picture.unseen.items()} == {
        "click here": "hidden",
        "ASK THE COUNCIL ABOUT PERMITS": "below",
    }


@pytest.mark.browser
def test_places_are_those_of_the_picture(text: StyleText) -> None:
    """A block as high as the window keeps its height when more than the window is pictured."""
    picture = picture_of(text)
    block = next(block.number for block in text.blocks if block.text == "more")
    more = next(one for one in picture.outlined if one.block == block)
    with Image.open(io.BytesIO(picture.data)) as image:
        red, _, blue = image.convert("RGB").getpixel((more.x + 150, more.y + 20))
        assert (red < 60, blue > 200) == (True, True)
        assert image.convert("RGB").getpixel((more.x + 150, more.y + 60)) == (255, 255, 255)


@pytest.mark.browser
def test_the_picture_is_bounded_and_says_how_high_the_page_is(text: StyleText) -> None:
    picture = picture_of(text)
    assert (picture.width, picture.height) == (whole.WIDTH_PX, whole.MAX_HEIGHT_PX)
    assert picture.page_height > 7_000
    assert len(picture.data) <= whole.MAX_BYTES
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.format == "JPEG"
        assert image.size == (picture.width, picture.height)


@pytest.mark.browser
def test_pages_that_a_browser_cannot_show_have_a_note(tmp_path: Path) -> None:
    """One forbids all scripts, one sends a browser elsewhere, one is gone by then."""
    sandbox = {"Content-Security-Policy": "sandbox"}
    away = PAGE.replace("</main>", "<script>location.replace('/elsewhere.html')</script></main>").encode()
    answers = {"/sandbox": [Answer(body=PAGE.encode(), headers=sandbox)] * 2, "/away": [Answer(body=away)] * 2}
    answers["/once"] = [Answer(body=PAGE.encode())]
    (tmp_path / "404.html").write_text("<p>Gone")
    (tmp_path / "elsewhere.html").write_text("<p>Elsewhere")

    def respond(request: Request) -> Answer | None:
        left = answers.get(request.path)
        return left.pop() if left else None

    with serve_folder(tmp_path, respond=respond) as origin:
        targets = [f"{origin}/{name}" for name in ("sandbox", "away", "once")]
        with StylePictures(targets) as pictures:
            texts = [
                pictures.add(judge(opened.draft, load_guide()), opened)
                for opened in open_drafts(targets, io.BytesIO())
                if opened.draft is not None
            ]
    assert "forbids the scripts" in texts[0].notes[-1]
    assert f"sends a browser on to {origin}/elsewhere.html" in texts[1].notes[-1]
    assert set(picture_of(texts[2]).unseen.values()) == {"gone"}


class StillPage:
    """Stands for an open page: answers with places and with pictures of so many bytes a pixel row."""

    def __init__(self, height: int, boxes: list[object], row_bytes: int = 1) -> None:
        self.raw = {"height": height, "boxes": boxes, "lacksStyle": False}
        self.row_bytes = row_bytes
        self.shots: list[tuple[int, int]] = []

    async def evaluate(self, function: str, argument: object = None) -> object:
        return self.raw

    async def from_top(self, width: int, height: int, quality: int) -> bytes:
        self.shots.append((height, quality))
        return bytes(height * self.row_bytes * quality // 100)


def links(count: int) -> list[Wanted]:
    return [Wanted(("a",), "here", "link")] * count


async def test_a_picture_that_is_too_large_is_made_coarser_then_shorter() -> None:
    rows = 2 * whole.MAX_BYTES // 6_000 * 2
    page = StillPage(9_000, [[0, 100, 50, 20], [0, 2_990, 50, 20], [0, 3_001, 50, 20], "hidden"], rows)
    taken = await take(page, links(4))  # type: ignore[arg-type]
    assert page.shots == [(6_000, 70), (6_000, 40), (3_000, 40)]
    assert (taken.height, taken.page_height) == (3_000, 9_000)
    assert taken.places == (Box(0, 100, 50, 20), Box(0, 2_990, 50, 10), "below", "hidden")


async def test_a_short_page_has_a_short_picture() -> None:
    page = StillPage(400, [[-5.4, 0.2, 30.2, 10.1]])
    taken = await take(page, links(1))  # type: ignore[arg-type]
    assert page.shots == [(400, 70)]
    assert taken.places == (Box(0, 0, 25, 10),)


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "notes.txt").write_text("We do this prior to May.", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CURBCUT_BROWSER", sys.executable)  # says a version, and is none
    yield


@pytest.mark.usefixtures("no_browser")
def test_without_a_browser_it_says_so_and_goes_on() -> None:
    done = CliRunner().invoke(main, ["style", "page.html", "page.html", "--format", "html", "--picture"])
    assert done.exit_code == 0
    assert done.stderr.count("No picture of any page: ") == 1
    assert done.stdout.count("No picture of the page: no browser could be used.") == 2
    assert "data:image" not in done.stdout
    assert "here" in done.stdout


@pytest.mark.usefixtures("no_browser")
def test_a_picture_goes_with_the_html_view_only() -> None:
    done = CliRunner().invoke(main, ["style", "page.html", "--picture"])
    assert done.exit_code == 2
    assert "--format html" in done.stderr


@pytest.mark.usefixtures("no_browser")
def test_what_is_no_page_asks_for_no_browser() -> None:
    done = CliRunner().invoke(main, ["style", "notes.txt", "--format", "html", "--picture"])
    assert done.exit_code == 0
    assert "browser" not in done.stderr + re.sub(r"<style>.*?</style>", "", done.stdout, flags=re.S)


def test_no_more_pages_are_pictured_than_the_bound(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(style_picture, "MAX_PICTURES", 0)
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    assert "name fewer at a time" in pictured(tmp_path / "page.html").notes[-1]


def test_only_so_many_outlines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(style_picture, "MAX_OUTLINES", 1)

    async def still(_: object, __: str, blocks: list[object]) -> whole.WholePage:
        return whole.WholePage("image/jpeg", b"x", 1280, 900, 900, (Box(1, 2, 30, 40),) * len(blocks))

    monkeypatch.setattr(StylePictures, "_take", still)
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    judged = pictured(tmp_path / "page.html")
    picture = picture_of(judged)
    assert len(picture.outlined) == 1
    assert set(picture.unseen.values()) == {"many"}
    assert len(picture.unseen) == len(style_picture.wanted_blocks(judged)) - 1 > 1
