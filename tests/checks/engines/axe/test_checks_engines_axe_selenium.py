"""The same scripts by Selenium and axe-selenium-python: installed late, or axe injected plainly."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_selenium_python import Axe
from selenium import webdriver

from checks.engines import axe

pytestmark = pytest.mark.browser
ARGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
RUN = f"({axe.run_script()})(arguments[0]).then(arguments[1])"


@pytest.fixture(scope="module")
def driver() -> Iterator[webdriver.Chrome]:
    chromedriver, chromium = shutil.which("chromedriver"), shutil.which("chromium")
    if not chromedriver or not chromium:
        pytest.skip("needs chromedriver and chromium")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for arg in ARGS:
        options.add_argument(arg)
    opened = webdriver.Chrome(options=options, service=webdriver.ChromeService(chromedriver))
    yield opened
    opened.quit()


@pytest.mark.parametrize("script", [axe.source(), axe.init_script(axe.source())], ids=["plain", "init script"])
def test_axe_selenium_python_installs_it_and_it_runs(
    driver: webdriver.Chrome, serve: Callable[[dict[str, str]], int], tmp_path: Path, script: str
) -> None:
    inner = '<html lang="en"><title>In</title><img id="b" src="b.png">'
    outer = '<html lang="en"><title>Out</title><img id="a" src="a.png"><iframe id="f" title="f" src="/f"></iframe>'
    library = tmp_path / "axe.js"
    library.write_text(script, encoding="utf-8")
    driver.get(f"http://127.0.0.1:{serve({'/': outer, '/f': inner})}/")
    Axe(driver, script_url=str(library)).inject()
    driver.switch_to.frame("f")
    Axe(driver, script_url=str(library)).inject()
    driver.switch_to.default_content()
    result = axe.normalise(driver.execute_async_script(RUN, axe.run_options(["wcag2a"])), driver.current_url)
    targets = [finding.target for finding in result.findings if finding.rule == "axe/image-alt"]
    assert targets == [("#a",), ("#f", "#b")]
    assert result.not_run == {}
    assert [finding.snippet for finding in result.findings if finding.target == ("#f", "#b")] == [
        '<img id="b" src="b.png">'
    ]
