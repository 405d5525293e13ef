"""Clicks and letters are tried without harm."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

import pytest

from checks.live import Listener, LiveError, LivePage
from checks.probe import Probed
from checks.probes import _tried_clicks, _tried_page, script_events

LookAt = Callable[..., tuple[str, Any]]


@pytest.mark.browser
def test_no_click_and_no_letter_leads_away(look_at: LookAt) -> None:
    html = """<span id="s" style="cursor: pointer">Go</span><script>
    s.addEventListener("click", () => { location = "/elsewhere"; });
    document.addEventListener("keyup", (event) => { if (event.key === "g") location = "/letters"; });</script>"""

    async def visit(live: LivePage) -> tuple[Probed, str]:
        return await script_events.probe.look(live), live.url

    address, (probed, url) = look_at(html, visit)
    assert url == address
    assert probed.data["clicks"][0]["data"]["does"] == "opens another page"
    assert probed.data["keys"][0]["data"]["keys"] == ["g"]


@pytest.mark.browser
def test_a_page_that_changes_by_itself_proves_nothing(look_at: LookAt) -> None:
    html = """<span id="s" style="cursor: pointer">Go</span><p id="t"></p><script>
    s.addEventListener("click", () => { window.clicked = 1; });
    document.addEventListener("keydown", () => { window.pressed = 1; });
    setInterval(() => { t.textContent = Date.now(); }, 20);</script>"""
    _, probed = look_at(html, script_events.probe.look)
    assert probed.data["restless"] and not probed.is_untouched
    assert not probed.data["clicks"][0]["data"]["reacts"]
    assert probed.data["keys"][0]["data"]["keys"] == []


@pytest.mark.browser
def test_a_page_that_reacts_to_every_key_has_no_shortcuts(look_at: LookAt) -> None:
    html = """<p id="t"></p><script>document.addEventListener("keydown", (e) => { t.append(e.key); });</script>"""
    _, probed = look_at(html, script_events.probe.look)
    assert probed.data["keys"][0]["data"]["keys"] == []


@pytest.mark.browser
def test_a_page_that_answers_to_nothing_is_left_as_it_was(look_at: LookAt) -> None:
    html = """<a href="/elsewhere" id="a">Go</a><script>document.addEventListener("keydown", () => {});</script>"""

    async def visit(live: LivePage) -> tuple[Probed, bool]:
        probed = await script_events.probe.look(live)
        still_kept = await live.evaluate("() => { let kept = false; navigation.addEventListener('navigate', (event) => "
                                         "{ kept = event.defaultPrevented; event.preventDefault(); }, { once: true }); "
                                         "document.getElementById('a').click(); return kept; }")  # fmt: skip
        return probed, still_kept

    _, (probed, still_kept) = look_at(html, visit)
    assert probed.is_untouched
    assert not still_kept


class LostPage:
    """A page that is lost as soon as somebody presses the mouse on it."""

    async def listeners(self, _: object) -> list[Listener]:
        return [Listener("click", "element", {"target": ["#s"]}, "() => open()")]

    async def evaluate(self, function: str, *_: object) -> Any:
        if function == _tried_page.CHANGED:
            return {"count": 0, "left": False, "focused": False}
        if function == _tried_clicks._REACHED:
            return [{"target": ["#s"], "data": {"keys": "", "name": "Go"}}]
        if function == _tried_clicks._POINTED:
            return []
        if function == _tried_clicks._PLACE:
            return {"x": 1, "y": 1}
        if function == _tried_page.STOP:
            raise AssertionError("there is nobody to ask")
        return None

    async def mouse(self, action: str, *_: object) -> None:
        if action == "down":
            raise LiveError("the page is gone")

    async def hold_network(self, _: bool) -> None: ...

    async def watch_dialogs(self) -> list[str]:
        return []

    async def pause(self, _: float) -> None: ...


def test_a_page_that_is_lost_is_not_taken_for_untouched() -> None:
    probed = asyncio.run(script_events.probe.look(cast(LivePage, LostPage())))
    assert not probed.is_untouched
    assert probed.notes == (script_events.LOST,)
    assert [entry["data"] for entry in probed.data["clicks"]] == [{"keys": "", "name": "Go"}]
