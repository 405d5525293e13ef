"""Takes the picture of one checked page, and notes where on it the elements of its findings stand."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from checks.live import LiveError, LivePage
from crawler.addresses import private_hosts
from crawler.config import CrawlConfig, Limits
from crawler.errors import CrawlError
from crawler.one_tab import one_tab
from crawler.render.whole import ELEMENT, Box, Wanted, WholePage, take
from reports.output import replacing
from scan.version import VERSION

PICTURE, PLACES = "page-picture.jpg", "page-picture.json"
PICTURE_S = 60.0
"""From the page's address to its picture."""

MAX_OUTLINES = 80
"""Outlines on one picture; more would hide the page."""

Target = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PagePlaces:
    """A picture's size, and the places of elements on it by their selector paths. `why` says why there is none."""

    width: int = 0
    height: int = 0
    page_height: int = 0
    boxes: tuple[tuple[Target, Box], ...] = ()
    why: str = ""


def picture_page(folder: Path, address: str, targets: Sequence[Target], browser: Path | None = None) -> None:
    """Write the picture and the places into `folder`; where no browser can show the page, write why."""
    wanted = list(dict.fromkeys(targets))[:MAX_OUTLINES]
    try:
        taken = asyncio.run(_take(address, wanted, browser))
    except (CrawlError, LiveError) as error:
        _write(folder, {"why": str(error) or "the browser could not show the page"})
        return
    (folder / PICTURE).write_bytes(taken.data)
    boxes = [[list(path), list(box)] for path, box in zip(wanted, taken.places, strict=False) if isinstance(box, Box)]
    size = {"width": taken.width, "height": taken.height, "page_height": taken.page_height}
    _write(folder, {**size, "boxes": boxes})


def read_places(folder: Path) -> PagePlaces | None:
    """Return what is known of a page's picture, None before there was a try."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        data = json.loads((folder / PLACES).read_text(encoding="utf-8"))
        if "why" in data:
            return PagePlaces(why=str(data["why"]))
        boxes = tuple((tuple(path), Box(*box)) for path, box in data["boxes"])
        return PagePlaces(data["width"], data["height"], data["page_height"], boxes)
    return None


def _write(folder: Path, data: dict[str, Any]) -> None:
    with replacing(folder / PLACES) as stream:
        json.dump(data, stream)


async def _take(address: str, wanted: Sequence[Target], browser: Path | None) -> WholePage:
    allowed = await private_hosts({(urlsplit(address).hostname or "").lower()})
    limits = Limits(look_s=PICTURE_S)
    config = CrawlConfig((), f"curbcut/{VERSION}", allow_private=allowed, browser_path=browser, limits=limits)

    async def visit(live: LivePage) -> WholePage:
        return await take(live, [Wanted(path, "", ELEMENT) for path in wanted])

    async with one_tab(config) as renderer:
        return await renderer.look(address, visit, may_open=lambda _: False)
