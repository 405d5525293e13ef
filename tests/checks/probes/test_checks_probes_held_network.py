"""A page whose network is held sends nothing, neither over connections that it had opened before nor in new windows."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from checks.live import LivePage
from tests.checks.conftest import LookAt, Looks

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


IN_A_NEW_WINDOW = """<form id="f" action="/sent" target="_blank">
<button id="b" type="button" onclick="f.submit()">Go</button>
</form><a id="a" href="/followed" target="_blank" rel="noopener">Read</a>"""


@pytest.mark.browser
def test_nothing_is_sent_in_a_new_window_while_the_network_is_held(looks: Looks) -> None:
    async def visit(live: LivePage) -> None:
        await live.hold_network(True)
        await live.evaluate(PRESS)
        await live.evaluate('() => document.querySelector("#a").click()')
        await asyncio.sleep(0.3)
        await live.hold_network(False)
        await live.evaluate('() => fetch("/later")')

    looks.look(IN_A_NEW_WINDOW, visit)
    assert "/later" in looks.asked
    assert not {"/sent", "/followed"} & {path.split("?")[0] for path in looks.asked}
