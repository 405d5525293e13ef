"""A page whose network is held sends nothing over connections that it had opened before, and opens no window."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from checks.live import LivePage

LookAt = Callable[[str, Callable[[LivePage], Awaitable[Any]]], tuple[str, Any]]

# A closed WebSocket counts what it was given to send and could not: 5 bytes with each press.
PAGE = (
    '<button id="b" onclick="ws.send(\'hello\'); document.title = ws.bufferedAmount">Send</button>'
    "<script>ws = new WebSocket('ws://127.0.0.1:9/'); ws.onclose = () => b.className = 'closed'</script>"
)
CLOSED = """async () => {
  while (!document.querySelector("#b").className) await new Promise((done) => setTimeout(done, 20));
}"""
PRESS = '() => { document.querySelector("#b").click(); return document.title; }'


@pytest.mark.browser
def test_open_connections_are_silent_while_the_network_is_held(look_at: LookAt) -> None:
    async def visit(live: LivePage) -> list[str]:
        await live.evaluate(CLOSED)
        titles = [await live.evaluate(PRESS)]
        for held in (True, False):
            await live.hold_network(held)
            titles.append(await live.evaluate(PRESS))
        return titles

    _, titles = look_at(PAGE, visit)
    assert titles == ["5", "5", "10"]


WINDOW = """<button id="b" onclick="document.title = String(window.open('/new') === null)">Open</button>"""


@pytest.mark.browser
def test_no_window_opens_while_the_network_is_held(look_at: LookAt) -> None:
    async def visit(live: LivePage) -> Any:
        await live.hold_network(True)
        await live.evaluate("() => { document.addEventListener('curbcut-window', () => { globalThis.told = true; }); }")
        title = await live.evaluate(PRESS)
        return title, await live.evaluate("() => globalThis.told === true")

    assert look_at(WINDOW, visit)[1] == ("true", True)
