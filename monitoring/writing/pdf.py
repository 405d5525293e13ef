"""Prints a page that we have written as a tagged PDF, through the browser.

Chromium alone among the tools that we may use keeps headings, tables, links and the language as tags (PDF/UA asks for
more: it does not say in the file that it keeps to that standard). Our own rules for documents look at the result.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from crawler.browsers import find_browser, launch_arguments
from crawler.errors import BrowserUnusableError

WAIT_MS = 60_000.0
UNFOLD = "() => { for (const part of document.querySelectorAll('details')) part.open = true }"


def print_page(path: Path) -> None:
    """Print a page beside itself, as a file of its name with .pdf. Raises BrowserUnusableError, OSError.

    Not to be called inside a running event loop.
    """
    with _opened() as browser:
        _print(browser, path)


@contextmanager
def _opened() -> Iterator[Browser]:
    found = find_browser(None)
    arguments = launch_arguments(found)
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(
                executable_path=found.path,
                args=list(arguments),
                chromium_sandbox="--no-sandbox" not in arguments,
                timeout=WAIT_MS,
            )
        except PlaywrightError as error:
            raise BrowserUnusableError(f"{found.path} does not start: {error.message.splitlines()[0]}") from error
        try:
            yield opened
        finally:
            opened.close()


def _print(browser: Browser, path: Path) -> None:
    page = browser.new_page()
    page.set_default_timeout(WAIT_MS)
    try:
        page.goto(path.absolute().as_uri())
        page.evaluate(UNFOLD)
        page.pdf(
            path=path.with_suffix(".pdf"), format="A4", landscape=True, print_background=True, tagged=True, outline=True
        )
    except PlaywrightError as error:
        raise BrowserUnusableError(f"{path.name} could not be printed: {error.message.splitlines()[0]}") from error
    finally:
        page.close()
