"""Pictures taken with Selenium: the element is in view and outlined, in frames and shadow roots, too."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from selenium import webdriver

from checks.model import Finding, Outcome
from crawler.render.capture import CropRequest
from crawler.render.selenium_crop import take

pytestmark = pytest.mark.browser
ARGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
PAGE = """<!doctype html><html lang="en"><title>T</title><body style="height:9000px">
<style>.blue { width: 80px; height: 40px; background: #00f }</style>
<div style="height:3000px"></div><p id="low" class="blue">Low</p><p id="away" hidden>x</p>
<div id="host"></div><iframe id="frame" width="400" height="200" srcdoc='<div style="height:900px"></div>
<p id="in" style="width:80px;height:40px;background:#00f">In</p>'></iframe>
<script>
host.attachShadow({mode: "open"}).innerHTML = "<p style='width:70px;height:40px;background:#00f'>S</p>";
</script>"""


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    chromedriver, chromium = shutil.which("chromedriver"), shutil.which("chromium")
    if not chromedriver or not chromium:
        pytest.skip("needs chromedriver and chromium")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for arg in ARGS:
        options.add_argument(arg)
    page = Path(tmp_path_factory.mktemp("page") / "page.html")
    page.write_text(PAGE)
    opened = webdriver.Chrome(options=options, service=webdriver.ChromeService(chromedriver))
    opened.get(page.as_uri())
    yield opened
    opened.quit()


def share(image: Image.Image, colour: tuple[int, int, int]) -> float:
    """Return the share of pixels that are nearly of a colour."""
    rgb = image.convert("RGB")
    pixels = [rgb.getpixel((x, y)) for x in range(rgb.width) for y in range(rgb.height)]
    close = [p for p in pixels if isinstance(p, tuple) and all(abs(a - b) < 40 for a, b in zip(p, colour, strict=True))]
    return len(close) / len(pixels)


@pytest.mark.parametrize("target", [("#low",), ("#host", "p"), ("#frame", "#in")], ids=["page", "shadow", "frame"])
def test_the_element_is_shown_and_outlined(driver: webdriver.Chrome, target: tuple[str, ...]) -> None:
    crop = take(driver, CropRequest(Finding("axe/x", "axe", Outcome.FAILED, "", "", target)))
    assert crop is not None
    with Image.open(io.BytesIO(crop.data)) as image:
        assert image.size == (crop.width, crop.height)
        assert share(image, (0, 0, 255)) > 0.06, "the element"
        assert 0.005 < share(image, (0xD4, 0x35, 0x1C)) < 0.2, "its outline"
    assert driver.execute_script("return document.getElementById('curbcut-mark')") is None, "no trace is left"


@pytest.mark.parametrize("target", [("#away",), ("#gone",), ("#low", "p")])
def test_what_cannot_be_seen_has_no_picture(driver: webdriver.Chrome, target: tuple[str, ...]) -> None:
    assert take(driver, CropRequest(Finding("axe/x", "axe", Outcome.FAILED, "", "", target))) is None
