"""What goes wrong on our side: the browser or a tab's process is killed. The scan goes on, nothing is left."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from hostile_crawl import Outcome, run_crawl
from hostile_server import Exchange, hostile_server

from checks.live import LiveError, LivePage
from crawler.config import CrawlConfig
from crawler.errors import SiteError
from crawler.render.playwright import PlaywrightRenderer
from crawler.scratch import PREFIX

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = 12


def small_site(exchange: Exchange) -> None:
    if exchange.path == "/":
        exchange.page("".join(f'<p><a href="/page/{n}">{n}</a></p>' for n in range(PAGES)))
    elif exchange.path.startswith("/page/"):
        exchange.page("<p>Page</p><script>setTimeout(() => document.body.append('x'), 150)</script>")
    else:
        exchange.send("none", status="404 Not Found")


def browsers(kind: str = "") -> list[psutil.Process]:
    """Return the browser processes below this one; `kind` as in Chromium's --type, empty for the main process."""
    found = []
    for process in psutil.Process().children(recursive=True):
        try:
            line = process.cmdline()
        except psutil.Error:
            continue
        if not line or "chrom" not in line[0].lower() or process.status() == psutil.STATUS_ZOMBIE:
            continue
        types = [part.partition("=")[2] for part in line if part.startswith("--type=")]
        if (types == [kind]) if kind else not types:
            found.append(process)
    return found


def crawl_and_kill(folder: Path, kind: str, pages_before: int) -> tuple[Outcome, int]:
    killed = []

    def kill(asked: Callable[[], int]) -> None:
        until = time.monotonic() + 30
        while asked() < pages_before and time.monotonic() < until:
            time.sleep(0.01)
        for process in browsers(kind):
            process.send_signal(signal.SIGKILL)
            killed.append(process.pid)

    with hostile_server(small_site) as server:
        killer = threading.Thread(target=kill, args=(lambda: sum(server.hits.values()),))
        outcome = run_crawl(folder, server.origin + "/", ready=lambda _context, _stop: killer.start())
        killer.join()
    return outcome, len(killed)


@pytest.mark.parametrize("kind", ["", "renderer"], ids=["browser", "tabs"])
def test_the_scan_goes_on_after_a_kill_and_leaves_nothing(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    temp = tmp_path / "t"
    temp.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    outcome, killed = crawl_and_kill(tmp_path, kind, pages_before=5)
    assert killed
    assert outcome.context.fatal is None
    pages = [row for row in outcome.urls.values() if row["kind"] == "page"]
    assert len(pages) == PAGES + 1
    assert {(row["state"], row["reason"]) for row in pages} == {("checked", "")}
    assert not psutil.Process().children(recursive=True)
    assert not list(temp.glob(f"{PREFIX}*"))


def test_a_closer_look_that_the_browser_did_not_outlive_is_taken_again(browser_path: Path) -> None:
    async def half(live: LivePage) -> str:
        for process in browsers():
            process.send_signal(signal.SIGKILL)
        with contextlib.suppress(LiveError):
            await live.evaluate("() => new Promise(() => {})", None)
        return "what was seen until then"

    async def whole(live: LivePage) -> str:
        return live.url

    async def look_twice(origin: str) -> tuple[SiteError, str]:
        config = CrawlConfig(start_urls=(f"{origin}/",), user_agent="Curbcut/test", tabs=1, browser_path=browser_path)
        renderer = PlaywrightRenderer(config, (), origin, frozenset({"127.0.0.1"}))
        await renderer.start()
        try:
            with pytest.raises(SiteError) as lost:
                await renderer.look(f"{origin}/", half)
            return lost.value, await renderer.look(f"{origin}/", whole)
        finally:
            await renderer.close()

    with hostile_server(small_site) as server:
        lost, address = asyncio.run(look_twice(server.origin))
    assert (lost.reason, lost.retry) == ("crashed", True)
    assert address == f"{server.origin}/"
