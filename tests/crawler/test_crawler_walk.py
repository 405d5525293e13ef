"""A walk through pages ends with an error of ours, whatever a page does to the browser."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Error

from crawler.config import CrawlConfig, Limits
from crawler.errors import SiteError
from crawler.one_tab import one_tab
from crawler.render.walk import PlaywrightWalk
from scan.folder_server import serve_folder

PAGE = """<!doctype html><html lang="en"><title>Town</title><h1>Town</h1>
<button onclick="setTimeout(() => { while (true); }, 0)">Hang</button>"""


async def crash(walk: PlaywrightWalk) -> None:
    with contextlib.suppress(Error):
        await walk._page.goto("chrome://crash", timeout=2_000)
    await walk.capture("http://town.example/", lambda _: [])


async def hang(walk: PlaywrightWalk) -> None:
    await walk.press("Hang")


@pytest.mark.browser
def test_a_page_that_crashes_or_hangs_is_told(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")

    async def reasons(origin: str, *visits: Callable[[PlaywrightWalk], Awaitable[None]]) -> list[str]:
        limits = Limits(page_s=1.5, navigation_s=5)
        config = CrawlConfig((), "curbcut/test", allow_private=frozenset({"127.0.0.1"}), limits=limits)
        said = []
        async with one_tab(config) as renderer:
            for visit in visits:

                async def walked(walk: PlaywrightWalk, visit: Callable[..., Awaitable[None]] = visit) -> None:
                    await walk.go(f"{origin}/")
                    await visit(walk)

                with pytest.raises(SiteError) as caught:
                    await renderer.walk(walked)
                said.append(caught.value.reason)
        return said

    with serve_folder(tmp_path) as origin:
        assert asyncio.run(reasons(origin, crash, hang)) == ["crashed", "timeout"]
