"""The pytest plugin on a page of Playwright's: its example in docs/ci.md passes, and barriers fail a test."""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from docs.parts import ROOT
from scan.errors import UsageError
from scan.live_page import check_live
from scan.pytest_plugin import CurbcutPage

EXAMPLE = re.findall(
    r"<!-- example: pytest -->\n```python\n(.*?)```", (ROOT / "docs/ci.md").read_text("utf-8"), re.DOTALL
)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    return browser.new_page()


@pytest.mark.browser
def test_the_example_of_the_page_passes(page: Any) -> None:
    names: dict[str, Any] = {}
    exec(EXAMPLE[0], names)  # noqa: S102 - the example is ours
    names["test_the_form_is_accessible"](page, CurbcutPage())
    names["test_the_letter_is_plain"](CurbcutPage())


@pytest.mark.browser
def test_barriers_of_the_page_and_its_frames_fail_a_test(page: Any) -> None:
    page.set_content(
        "<html lang=en><title>Fees</title><main><h1>Fees</h1><img src='data:,'>"
        "<iframe title=Form srcdoc='<html lang=en><title>Form</title><input>'></iframe></main>"
    )
    checks = CurbcutPage()
    with pytest.raises(pytest.fail.Exception) as failed:
        checks.assert_accessible(page)
    for text in ("axe/image-alt", "axe/label", ">>> input", "<img src="):
        assert text in str(failed.value)
    rules = {found.rule for found in checks.find(page) if found.outcome == "failed"}
    checks.assert_accessible(page, ignore=rules)


def test_words_fail_a_test_with_their_lines() -> None:
    text = "Welcome.\n\nWe do this in order to help you and your family at home."
    with pytest.raises(pytest.fail.Exception, match=r"1 passage to reword:\nline 3: .*plain/wordy-phrase"):
        CurbcutPage().assert_plain(text, ignore=["plain/welcome-text"])
    CurbcutPage().assert_plain(text, ignore=["plain/welcome-text", "plain/wordy-phrase"])


def test_pytest_finds_the_plugin_by_its_entry_point() -> None:
    points = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["pytest11"]
    assert hasattr(import_module(points["curbcut"]), "curbcut_page")


def test_what_is_no_page_is_refused() -> None:
    with pytest.raises(UsageError, match="Playwright"):
        check_live("https://www.example.org/")


def test_a_page_of_the_asynchronous_api_is_refused() -> None:
    class Frame:
        async def evaluate(self, _script: str) -> None:
            """Never awaited."""

    class Page:
        url = "http://x/"
        frames = (Frame(),)
        evaluate = Frame.evaluate

    with pytest.raises(UsageError, match="asynchronous"):
        check_live(Page())
