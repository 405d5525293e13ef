"""What a probe is made of: one look at a live page that several rules share. One probe is one file in `checks/probes/`.

A probe does things (presses keys, resizes, takes pictures) and notes what happened as plain data; rules of the kind
`rendered` then judge what it noted. So a page is set up once for each probe, and a rule never drives a browser.
"""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from checks.fingerprint import Element, Step
from checks.live import LivePage
from checks.model import SNIPPET_MAX_CHARS, Page

MAX_TARGET_STEPS = 20
MAX_PATH_STEPS = 60
MAX_ATTRIBUTES = 40
MAX_TEXT_CHARS = 2_000
MAX_PICTURE_PX = 900
GAP_PX = 12


@dataclass(frozen=True, slots=True)
class Probed:
    """What one probe noted on one page: plain data, and PNG pictures by a name that the data uses.

    `notes` are plain sentences that say what a bound has cut short. `is_untouched` says of a probe that spoils pages
    that this time it did nothing to the page, or nothing that the page answered.
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    is_untouched: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """One element as a probe saw it. `data` is what the probe found out about it; `box` its place in CSS pixels.

    `picture` is a PNG that shows the finding; `before_and_after` makes one of two.
    """

    target: tuple[str, ...]
    element: Element
    snippet: str
    box: tuple[float, float, float, float]
    data: Mapping[str, Any]
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class ProbeView:
    """What rules of the kind `rendered` are given: the page as captured, and what their probe noted."""

    page: Page
    probed: Probed

    def seen(self, key: str) -> list[Seen]:
        """Return the elements in the list `key` of the probe's data. `picture` in an element's data names its picture.

        What came back from the page is not believed: entries that are no elements are left out.
        """
        entries = self.probed.data.get(key)
        return list(_seen(entries, self.probed.pictures)) if isinstance(entries, list) else []


Run = Callable[[LivePage], Awaitable[Probed]]


class Probe:
    """One probe. Made once, at the top of its module, and completed by the decorator `run`.

    `title` says in a few words what it does ("Walks through the page with the Tab key"). `spoils` says that the page
    must be opened anew for whoever comes next. `order`: cheap and harmless probes come first.
    """

    def __init__(self, module: str, *, title: str, spoils: bool, order: int = 50) -> None:
        self.name = module.rsplit(".", 1)[-1]
        self.title = title
        self.spoils = spoils
        self.order = order
        self._run: Run | None = None

    def run(self, function: Run) -> Run:
        """Register the function that does the work."""
        self._run = function
        return function

    async def look(self, live: LivePage) -> Probed:
        """Look at a page in its first state. Raises LiveError, and whatever the probe itself raises."""
        if self._run is None:
            raise TypeError(f"the probe {self.name} needs a function under @probe.run")
        return await self._run(live)


def before_and_after(before: bytes, after: bytes) -> bytes:
    """Return one PNG with two pictures side by side, or one above the other where they are wide."""
    first, second = (Image.open(io.BytesIO(png)).convert("RGB") for png in (before, after))
    for picture in (first, second):
        picture.thumbnail((MAX_PICTURE_PX, MAX_PICTURE_PX))
    is_wide = first.width + second.width + GAP_PX > MAX_PICTURE_PX
    if is_wide:
        size = (max(first.width, second.width), first.height + second.height + GAP_PX)
        place = (0, first.height + GAP_PX)
    else:
        size = (first.width + second.width + GAP_PX, max(first.height, second.height))
        place = (first.width + GAP_PX, 0)
    both = Image.new("RGB", size, "#6f777b")
    both.paste(first, (0, 0))
    both.paste(second, place)
    out = io.BytesIO()
    both.save(out, "PNG", compress_level=1)  # quick: what is kept of it is made small then
    return out.getvalue()


def _seen(entries: Iterable[object], pictures: Mapping[str, bytes]) -> Iterable[Seen]:
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("target"), list) or not entry.get("tag"):
            continue
        data = entry.get("data")
        data = data if isinstance(data, dict) else {}
        box = entry.get("box") if isinstance(entry.get("box"), dict) else {}
        yield Seen(
            target=tuple(_text(step) for step in entry["target"][:MAX_TARGET_STEPS]),
            element=_element(entry),
            snippet=_text(entry.get("html"))[:SNIPPET_MAX_CHARS],
            box=tuple(_number(box, name) for name in ("x", "y", "width", "height")),  # type: ignore[arg-type]
            data=data,
            picture=pictures.get(str(data.get("picture"))),
        )


def _element(entry: Mapping[str, Any]) -> Element:
    raw = entry.get("attributes")
    pairs = list(raw.items())[:MAX_ATTRIBUTES] if isinstance(raw, dict) else []
    path = entry.get("path")
    return Element(
        tag=_text(entry.get("tag"))[:60],
        attributes={_text(name)[:60]: _text(value) for name, value in pairs},
        text=_text(entry.get("text")),
        path=tuple(_steps(path[:MAX_PATH_STEPS])) if isinstance(path, list) else (),
    )


def _steps(path: list[object]) -> Iterable[Step]:
    for step in path:
        if isinstance(step, list) and len(step) == 4:
            tag, own_id, role, classes = (_text(part) for part in step)
            yield Step(tag, own_id, role, tuple(classes.split()))


def _text(value: object) -> str:
    return value[:MAX_TEXT_CHARS] if isinstance(value, str) else ""


def _number(box: Any, name: str) -> float:
    value = box.get(name) if isinstance(box, dict) else None
    return float(value) if isinstance(value, (int, float)) else 0.0
