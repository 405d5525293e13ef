"""Numbers on the picture of a page: where they stand, what they lead to, and what is said of the rest."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import combinations

import pytest
from PIL import Image

from reports.style.model import Outlined, PagePicture, StyleReport, StyleText
from reports.style.picture import BADGE_PX, Area, badge_width, place_badges, show
from reports.style.view import to_html
from scan.style import judge, with_readability
from styleguide.guides import load_guide
from styleguide.input.draft import read_text

SOURCE = (
    '<html lang="en"><title>Parking</title><main><h1>Parking</h1><p>We do this prior to May.</p>'
    '<p>Read <a href=a>here</a> or <a href=b>click here</a>, "<a href=c>more</a>".</p></main>'
)


def picture(*outlined: Outlined, page_height: int = 900, **unseen: str) -> PagePicture:
    gone = {int(name[1:]): why for name, why in unseen.items()}
    return PagePicture("image/jpeg", b"<jpeg>", 1280, 900, page_height, outlined, gone)


def text() -> StyleText:
    draft = read_text(SOURCE, "page.html", lang="en")
    return with_readability(judge(draft, load_guide()), draft)


def links(of: StyleText) -> list[tuple[int, int]]:
    """Return (number, block) of each finding about a link."""
    blocks = {block.number: block.kind for block in of.blocks}
    numbered = enumerate(of.findings, 1)
    return [(number, found.place.block) for number, found in numbered if blocks[found.place.block] == "link"]


def view(of: StyleText) -> str:
    return to_html(StyleReport("plain", "Plain", "1.0", (of,)))


@pytest.mark.parametrize(
    "boxes",
    [
        [(600, 400, 90, 20)],
        [(0, 0, 1280, 900)],
        [(600, 400, 90, 20)] * 12,
        [(1270, 890, 10, 10), (0, 890, 10, 10), (1270, 0, 10, 10), (0, 0, 10, 10)],
        [(100 + 60 * i, 10, 58, 20) for i in range(19)],
        [(40, 10 + 18 * i, 200, 16) for i in range(45)],
    ],
    ids=["one", "whole", "same place", "corners", "menu", "list"],
)
def test_numbers_stand_within_the_picture_and_on_no_other(boxes: list[tuple[int, int, int, int]]) -> None:
    outlined = [Outlined(block, *box) for block, box in enumerate(boxes, 1)]
    numbers = {one.block: [2 * one.block - 1, 2 * one.block] for one in outlined}
    placed = place_badges(picture(), outlined, numbers)
    assert set(placed) == {number for own in numbers.values() for number in own}
    for area in placed.values():
        assert 0 <= area.x <= 1280 - area.width
        assert 0 <= area.y <= 900 - area.height
    met = [(a, b) for a, b in combinations(sorted(placed), 2) if placed[a].meets(placed[b])]
    assert met == []


def test_a_number_stands_beside_its_element_and_hides_no_other_where_there_is_room() -> None:
    first, second = Outlined(1, 200, 100, 80, 36), Outlined(2, 290, 100, 80, 36)
    placed = place_badges(picture(), [first, second], {1: [1], 2: [2]})
    assert placed[1].x + placed[1].width < 200
    assert placed[1].y == placed[2].y == 100
    assert placed[2].x > 370


def test_a_number_hides_no_words_where_there_is_a_blank_side() -> None:
    page, data = Image.new("L", (1280, 900), 255), io.BytesIO()
    page.paste(0, (0, 395, 595, 405))  # the line of text before the link
    page.save(data, "PNG")
    shown = replace(picture(), data=data.getvalue())
    placed = place_badges(shown, [Outlined(1, 600, 390, 80, 20)], {1: [1]})
    assert placed[1].x > 680


def test_long_numbers_are_wider() -> None:
    assert badge_width(7) == badge_width(42) == BADGE_PX < badge_width(100) < badge_width(1000)


def test_areas_that_only_touch_do_not_meet() -> None:
    assert not Area(0, 0, 10, 10).meets(Area(10, 0, 10, 10))
    assert Area(0, 0, 10, 10).meets(Area(9, 9, 10, 10))


def test_each_number_leads_to_its_finding_and_back() -> None:
    of = text()
    (first, block), (second, other), (third, last) = links(of)
    shown = view(replace(of, picture=picture(Outlined(block, 50, 60, 40, 20), Outlined(other, 50, 90, 40, 20))))
    for number in (first, second):
        assert re.search(rf'class="badge" id="t1p{number}" href="#t1l{number}"[^>]*aria-label="{number}: link ', shown)
        item = re.search(rf'<li id="t1l{number}".*', shown)
        assert item is not None
        assert f'href="#t1p{number}"' in item.group()
        assert f'href="#t1n{number}"' in item.group()
    assert f't1p{third}"' not in shown
    targets = set(re.findall(r'href="#([^"]+)"', shown))
    ids = re.findall(r' id="([^"]+)"', shown)
    assert targets <= set(ids)
    assert len(ids) == len(set(ids))
    assert last not in (block, other)


def test_places_are_parts_of_the_picture() -> None:
    of = text()
    [(_, block), *_] = links(of)
    shown = show(replace(of, picture=picture(Outlined(block, 320, 225, 640, 90))))
    assert shown is not None
    assert shown.spots[0].style == "left:25.000%;top:25.000%;width:50.000%;height:10.000%"


def test_the_alternative_text_says_what_is_shown_and_a_cut_is_said() -> None:
    of = text()
    found = links(of)
    heading = next(block.number for block in of.blocks if block.kind == "heading")
    outlined = [Outlined(block, 50, 60 + 40 * i, 40, 20) for i, (_, block) in enumerate(found[:2])]
    whole = view(replace(of, picture=picture(*outlined)))
    assert (
        'alt="Picture of the whole page in a window 1,280 pixels wide, with numbered outlines round 2 links."' in whole
    )
    cut = view(replace(of, picture=picture(*outlined, Outlined(heading, 1, 1, 9, 9), page_height=7000)))
    assert 'alt="Picture of the top of the page in a window' in cut
    assert "The page is 7,000 pixels high; the picture shows the first 900." in cut
    assert "pixels high" not in whole


def test_what_has_no_place_is_said_with_the_reason() -> None:
    of = text()
    (first, a), (second, b), (third, c) = links(of)
    shown = show(replace(of, picture=picture(**{f"b{a}": "hidden", f"b{b}": "below", f"b{c}": "hidden"})))
    assert shown is not None
    assert [(one.why, one.numbers) for one in shown.unseen] == [
        ("not visible as the page opens", (first, third)),
        ("below the part that is pictured", (second,)),
    ]
    assert "with numbered outlines round nothing." in shown.alternative


def test_only_pictures_are_shown_as_pictures() -> None:
    of = text()
    assert show(replace(of, picture=replace(picture(), media_type="text/html"))) is None
    assert show(of) is None
    assert "browser" not in view(of)
