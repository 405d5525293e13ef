"""What all tests share: the browser, axe-core in it, the order of the files, Ctrl-C, and the same examples each time.

Hypothesis takes the same examples because what a change broke must not hang on luck; `--hypothesis-profile=default`
looks further.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from hypothesis import settings

from checks.engines import axe
from crawler.browsers import find_browser, launch_arguments
from reports.wording import messages, spoken

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""What axe-core looks for on our own pages."""

settings.register_profile("same", derandomize=True)
settings.load_profile("same")


def pytest_configure() -> None:
    """Hear Ctrl-C, and let what tests start hear it: a shell that starts us in the background has us ignore it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with slow tests first and then those with a browser; within a file nothing moves."""

    def rank(item: pytest.Item) -> int:
        return max(2 * (item.get_closest_marker("slow") is not None), item.get_closest_marker("browser") is not None)

    heaviest: dict[object, int] = {}
    for item in items:
        heaviest[item.path] = max(heaviest.get(item.path, 0), rank(item))
    items.sort(key=lambda item: -heaviest[item.path])


@pytest.fixture(scope="session")
def browser_path() -> Path:
    """The browser that a scan would use here, or the one that CURBCUT_BROWSER names."""
    named = os.environ.get("CURBCUT_BROWSER")
    return find_browser(Path(named) if named else None).path


@pytest.fixture(scope="module")  # not session: Playwright's sync loop must be gone before async tests run
def browser(browser_path: Path) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- slow to import, and most tests need no browser

    arguments = launch_arguments(find_browser(browser_path))
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(browser_path), args=list(arguments))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe_script() -> str:
    return axe.source()


@pytest.fixture(scope="session")
def violations(axe_script: str) -> Callable[[Page], list[str]]:
    """Give a function that returns what axe-core finds on an open page of ours, one line a place."""

    def found(page: Page) -> list[str]:
        # By the debugger, as in a scan: a page's own policy may let no foreign script in.
        page.evaluate(axe_script)
        result: dict[str, Any] = page.evaluate(
            "tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false})",
            list(TAGS),
        )
        nodes = ((rule["id"], node) for rule in result["violations"] for node in rule["nodes"])
        return [f"{name}: {node['target']} {node['failureSummary']}" for name, node in nodes]

    return found


@pytest.fixture
def arabic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Let `ar` be spoken: ⟦English words⟧, the same for every plural form."""
    real = spoken.folder()
    own = tmp_path / "locale" / "ar"
    own.mkdir(parents=True)
    with (real / "interface.pot").open("rb") as file:
        template = read_po(file)
    catalogue = Catalog(locale="ar")
    for message in template:
        if isinstance(message.id, tuple):
            catalogue.add(message.id, (f"⟦{message.id[1]}⟧",) * catalogue.num_plurals)
        elif message.id:
            catalogue.add(message.id, f"⟦{message.id}⟧")
    with (own / "interface.po").open("wb") as file:
        write_po(file, catalogue)
    monkeypatch.setattr(spoken, "folder", lambda: own.parent)
    messages._catalogue.cache_clear()
    messages._rules.cache_clear()
    yield "ar"
    messages._catalogue.cache_clear()
    messages._rules.cache_clear()
