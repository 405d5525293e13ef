"""The pictures in docs/pictures/: `python -m docs.screenshots` scans the demo town twice and takes them (minutes).

`--scene DIR` keeps what they show in that folder and takes it from there the next time; `--only NAME` takes one.
"""

from __future__ import annotations

import argparse
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from crawler.browsers import find_browser, launch_arguments
from docs import scene
from docs.parts import ROOT
from monitoring.places import CAMPAIGNS, DATABASE
from web.app import make_app
from web.config import WebConfig
from web.shelf import Shelf

PICTURES = ROOT / "docs" / "pictures"
MAX_BYTES = 60_000
MAX_BYTES_TOGETHER = 1_000_000
COLOURS = (128, 64, 32, 16)
"""Sizes of the palette, until a picture is small enough."""

WIDE, NARROW = (1100, 800), (320, 640)
SETTLE = """async () => {
  document.activeElement.blur();
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map(image => image.decode()));
}"""
"""No caret that blinks, and all pictures there."""

DRAFT = """# Parking permits

Prior to your application, please utilise the form to ascertain whether your street is in a zone.

You can apply for a permit if you live in a zone and the car is registered at your address, which the council will \
verify against its records before a decision is made, and which can take up to ten working days.

For more, [click here](https://velmarsh.example/permits). A permit costs 45 pounds a year. You can pay by card, by \
bank transfer or at the town hall. Put it behind the windscreen so that wardens can read it. If you change your car, \
tell us within two weeks: we send you a new one free of charge.
"""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, the address in the app, what to do there first, and the element to begin at."""

    name: str
    path: str
    is_dark: bool = False
    size: tuple[int, int] = WIDE
    prepare: Callable[[Page], None] = lambda page: None
    at: str = ""


def shots(folder: Path) -> list[Shot]:
    """Return the pictures to take of the scene in `folder`."""
    key = Shelf(folder).key
    now, before = key(folder / scene.NOW), key(folder / scene.BEFORE)
    page, report = key(folder / scene.PAGE), f"/scans/{now}/report"
    compare = f"/scans/compare?old={before}&new={now}"
    sample = f"/campaign/samples/{scene.SAMPLE}"
    return [
        Shot("report", f"{report}/index.html"),
        Shot("report-dark", f"{report}/index.html", is_dark=True),
        Shot("report-narrow", f"{report}/index.html", size=NARROW),
        Shot("issue", f"{report}/issues.html", prepare=_first_issue),
        Shot("write", "/write", prepare=_write),
        Shot("write-dark", "/write", prepare=_write, is_dark=True),
        Shot("write-narrow", "/write", prepare=_write, size=NARROW, at=".editor"),
        Shot("check", f"/check/{page}"),
        Shot("check-dark", f"/check/{page}", is_dark=True),
        Shot("check-narrow", f"/check/{page}", size=NARROW, at="#list"),
        Shot("scans", "/scans", at="#all"),
        Shot("compare", compare),
        Shot("compare-dark", compare, is_dark=True),
        Shot("compare-narrow", compare, size=NARROW, at="#barriers"),
        Shot("review", f"/review/{now}"),
        Shot("review-narrow", f"/review/{now}", size=NARROW, is_dark=True, at="#question"),
        Shot("campaign", sample),
        Shot("trends", "/campaign/trends"),
        Shot("trends-dark", "/campaign/trends", is_dark=True),
    ]


def _first_issue(page: Page) -> None:
    page.locator("main a[href^='issues/']").first.click()
    page.wait_for_load_state()


def _write(page: Page) -> None:
    page.get_by_label("Your text").fill(DRAFT)
    page.locator(".hints > li").first.wait_for()


def take(folder: Path, only: str = "") -> Iterator[tuple[str, int]]:
    """Take the pictures of the scene in `folder`; yield each one's name and size in bytes.

    ValueError where one is too large, or all together.
    """
    PICTURES.mkdir(exist_ok=True)
    browser_found = find_browser()
    with _serving(folder) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(browser_found.path), args=list(launch_arguments(browser_found))
        )
        for shot in shots(folder):
            if only in ("", shot.name):
                yield shot.name, _take(browser.new_page, origin, shot)
        browser.close()
    together = sum(file.stat().st_size for file in PICTURES.glob("*.png"))
    if together > MAX_BYTES_TOGETHER:
        raise ValueError(f"The pictures have {together:,} bytes, more than {MAX_BYTES_TOGETHER:,}.")


def _take(new_page: Callable[..., Page], origin: str, shot: Shot) -> int:
    width, height = shot.size
    scheme = "dark" if shot.is_dark else "light"
    page = new_page(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
    page.goto(origin + shot.path)
    shot.prepare(page)
    page.evaluate(SETTLE)
    page.evaluate("scrollTo(0, 0)")
    if shot.at:
        page.locator(shot.at).first.evaluate("element => element.scrollIntoView({block: 'start'})")
    data = small(page.screenshot())
    page.close()
    (PICTURES / f"{shot.name}.png").write_bytes(data)
    return len(data)


def small(png: bytes) -> bytes:
    """Return a picture with a palette, as small as it must be. ValueError where 16 colours are too many."""
    with Image.open(BytesIO(png)) as opened:
        full = opened.convert("RGB")
    for colours in COLOURS:
        stream = BytesIO()
        full.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
        if stream.tell() <= MAX_BYTES:
            return stream.getvalue()
    raise ValueError(f"A picture has {stream.tell():,} bytes, more than {MAX_BYTES:,}.")


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    config = WebConfig(folder, database=str(folder / DATABASE), campaigns=folder / CAMPAIGNS)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(config), log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def main() -> None:
    """Make the scene where it is not there, and take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m docs.screenshots")
    parser.add_argument("--scene", type=Path, help="keep what the pictures show in this folder")
    parser.add_argument("--only", default="", help="take this picture alone")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (given.scene or Path(scratch, "scans")).resolve()
        if not (folder / DATABASE).is_file():
            scene.make(folder)
        for name, size_bytes in take(folder, given.only):
            sys.stderr.write(f"{name}.png: {size_bytes / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()
