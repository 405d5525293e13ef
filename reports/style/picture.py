"""The picture of a page with numbered outlines: which number stands where, so that no two numbers meet."""

from __future__ import annotations

import base64
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, cast

from PIL import Image

from reports.style.model import Outlined, PagePicture, PlacedFinding, ShownBlock, StyleText

BADGE_PX = 36
"""Height and least width of a number. The picture is never shown under three quarters of its size: then 27 pixels are
left, more than the 24 that WCAG 2.5.8 asks of a target."""

DIGIT_PX = 12
"""What each digit after the second makes a number wider."""

GAP_PX = 9
MAX_STEPS = 400
"""Tries to find a free place beneath; a picture with so many numbers on top of each other has none."""

BLANK_LEVELS = 40
"""Of 256 levels of grey, by how much a blank part may vary: JPEG leaves a shadow beside each letter."""

MEDIA_TYPES = frozenset({"image/jpeg", "image/png"})

WHY_UNSEEN: Mapping[str, str] = {
    "hidden": "not visible as the page opens",
    "below": "below the part that is pictured",
    "gone": "not on the page that the browser shows",
    "many": "not outlined, because the picture has no room for more",
}


IsBlank = Callable[["Area"], bool]
_SIDES = ("left", "right", "above", "below", "within")


class Area(NamedTuple):
    """A part of the picture, in its pixels."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Area) -> bool:
        """Return whether the two have a point in common."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


class Badge(NamedTuple):
    """One number on the picture: a finding's, with what it is about."""

    number: int
    kind: str
    words: str
    style: str


class Spot(NamedTuple):
    """One outlined element with its numbers. `style` places it, as a style sheet says it."""

    style: str
    badges: tuple[Badge, ...]


class Unseen(NamedTuple):
    """Findings that have no place on the picture, and why."""

    why: str
    numbers: tuple[int, ...]


class ShownPicture(NamedTuple):
    """A picture made ready for the template. `findings` are those that its numbers stand for."""

    source: str
    picture: PagePicture
    alternative: str
    spots: tuple[Spot, ...]
    findings: tuple[tuple[int, str, PlacedFinding], ...]
    unseen: tuple[Unseen, ...]

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers that stand on the picture."""
        return frozenset(number for number, _, _ in self.findings)


def show(text: StyleText) -> ShownPicture | None:
    """Return the picture of a text's page for the template, or None. Numbers are those of the text's findings."""
    picture = text.picture
    if picture is None or picture.media_type not in MEDIA_TYPES:
        return None
    blocks = {block.number: block for block in text.blocks}
    numbers: dict[int, list[int]] = {}
    for number, found in enumerate(text.findings, 1):
        numbers.setdefault(found.place.block, []).append(number)
    outlined = [one for one in picture.outlined if one.block in numbers and one.block in blocks]
    places = place_badges(picture, outlined, {one.block: numbers[one.block] for one in outlined})
    spots: list[Spot] = []
    listed: list[tuple[int, str, PlacedFinding]] = []
    for one in outlined:
        block = blocks[one.block]
        badges = [
            Badge(number, block.kind, block.text, _style(picture, places[number])) for number in numbers[one.block]
        ]
        spots.append(Spot(_style(picture, Area(one.x, one.y, one.width, one.height)), tuple(badges)))
        listed += [(number, block.kind, text.findings[number - 1]) for number in numbers[one.block]]
    listed.sort(key=lambda entry: entry[0])
    unseen = []
    for why, words in WHY_UNSEEN.items():
        left_out = sorted(n for block, own in picture.unseen.items() if own == why for n in numbers.get(block, ()))
        if left_out:
            unseen.append(Unseen(words, tuple(left_out)))
    data = base64.b64encode(picture.data).decode()
    source = f"data:{picture.media_type};base64,{data}"
    return ShownPicture(
        source, picture, _alternative(picture, outlined, blocks), tuple(spots), tuple(listed), tuple(unseen)
    )


def place_badges(picture: PagePicture, outlined: list[Outlined], numbers: Mapping[int, list[int]]) -> dict[int, Area]:
    """Return where each number stands: at its element, on no other number and within the picture."""
    is_blank = _blank_parts(picture.data)
    taken: list[Area] = []
    placed: dict[int, Area] = {}
    others = [Area(one.x, one.y, one.width, one.height) for one in outlined]
    for one in outlined:
        widths = [badge_width(number) for number in numbers[one.block]]
        whole = sum(widths) + GAP_PX * (len(widths) - 1)
        area = _free(picture, one, whole, taken, others, is_blank)
        taken.append(area)
        x = area.x
        for number, width in zip(numbers[one.block], widths, strict=True):
            placed[number] = Area(x, area.y, width, BADGE_PX)
            x += width + GAP_PX
    return placed


def badge_width(number: int) -> int:
    """Return how wide a number is drawn."""
    return BADGE_PX + DIGIT_PX * max(0, len(str(number)) - 2)


def _free(  # noqa: PLR0917 # one caller
    picture: PagePicture, one: Outlined, width: float, taken: list[Area], others: list[Area], is_blank: IsBlank
) -> Area:
    """Return the best place that meets no number: on a blank part if there is one, else on no other element."""
    own = Area(one.x, one.y, one.width, one.height)
    free: list[Area] = []
    for area in _places(picture, one, width):
        if not any(area.meets(other) for other in taken):
            free.append(area)
        if len(free) > len(_SIDES):
            break
    apart = [area for area in free if not any(area.meets(other) for other in others if other != own)]
    blank = (area for area in apart[: len(_SIDES)] if is_blank(area))
    return next(blank, None) or next(iter([*apart, *free]), None) or next(_places(picture, one, width))


def _blank_parts(data: bytes) -> IsBlank:
    """Return what says whether a part of a picture shows (nearly) one colour: a number there hides no words."""
    try:
        grey = Image.open(io.BytesIO(data)).convert("L")
    except (OSError, ValueError, Image.DecompressionBombError):
        return _nothing_known

    def is_blank(area: Area) -> bool:
        part = (int(area.x), int(area.y), int(area.x + area.width), int(area.y + area.height))
        darkest, lightest = cast("tuple[int, int]", grey.crop(part).getextrema())
        return lightest - darkest <= BLANK_LEVELS

    return is_blank


def _nothing_known(_area: Area) -> bool:
    return True


def _places(picture: PagePicture, one: Outlined, width: float) -> Iterator[Area]:
    """Yield the places round an element, then those further and further down its left side."""
    middle = one.y + (one.height - BADGE_PX) / 2
    corners = {
        "left": (one.x - width - GAP_PX, middle),
        "right": (one.x + one.width + GAP_PX, middle),
        "above": (one.x, one.y - BADGE_PX - GAP_PX),
        "below": (one.x, one.y + one.height + GAP_PX),
        "within": (one.x, one.y),
    }
    for side in _SIDES:
        x, y = corners[side]
        if 0 <= x <= picture.width - width and 0 <= y <= picture.height - BADGE_PX:
            yield Area(x, y, width, BADGE_PX)
    left = max(0.0, min(float(one.x), picture.width - width))
    lowest = max(0.0, float(picture.height - BADGE_PX))
    for step in range(MAX_STEPS):
        y = min(float(one.y), lowest) + step * (BADGE_PX + GAP_PX)
        yield Area(left, y if y <= lowest else (y - lowest) % max(1.0, lowest), width, BADGE_PX)


def _style(picture: PagePicture, area: Area) -> str:
    """Return a place as parts of the picture's size, so that it holds however large the picture is shown."""
    sides = {"left": area.x / picture.width, "top": area.y / picture.height}
    sides |= {"width": area.width / picture.width, "height": area.height / picture.height}
    return ";".join(f"{name}:{100 * part:.3f}%" for name, part in sides.items())


def _alternative(picture: PagePicture, outlined: list[Outlined], blocks: Mapping[int, ShownBlock]) -> str:
    counts = Counter(blocks[one.block].kind for one in outlined)
    parts = [f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in counts.items()]
    said = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts) or "nothing"
    which = "the top of the page" if picture.page_height > picture.height else "the whole page"
    return f"Picture of {which} in a window {picture.width:,} pixels wide, with numbered outlines round {said}."
