"""Notices over a page are put away without agreeing to anything, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.banner import Dismissed, dismiss
from checks.live import LivePage

pytestmark = pytest.mark.browser

FIXED = "position: fixed; bottom: 0; left: 0; right: 0; height: 200px; background: #eee"
ACCEPT = "<button onclick=\"document.title = 'agreed'; this.parentElement.remove()\">Accept all</button>"


def notice(*buttons: str) -> str:
    return f'<p>Text</p><div style="{FIXED}"><h2>Cookies here</h2>{"".join(buttons)}</div>'


def button(label: str) -> str:
    return f'<button onclick="this.parentElement.remove()">{label}</button>'


@pytest.mark.parametrize(
    ("html", "how", "pressed"),
    [
        ("<p>A page on cookies. <button>Accept</button></p>", "none", ""),
        ('<div role="dialog" aria-modal="true" style="height: 300px">Name <button>Close</button></div>', "none", ""),
        (notice(ACCEPT, button("Close"), button("Alle ablehnen")), "refused", "Alle ablehnen"),
        (notice(ACCEPT, button("Continuer sans accepter")), "refused", "Continuer sans accepter"),
        (notice(ACCEPT, button("✕")), "closed", "✕"),
        (notice(ACCEPT, button("Accept and close")), "left", ""),
        (
            '<p>T</p><dialog id="d" style="width: 400px; height: 200px">Hello</dialog><script>d.showModal()</script>',
            "escape",
            "Escape",
        ),
    ],
)
def test_a_notice_is_put_away_and_never_agreed_to(
    html: str, how: str, pressed: str, look_at: Callable[..., tuple[str, tuple[Dismissed, str]]]
) -> None:
    async def visit(live: LivePage) -> tuple[Dismissed, str]:
        return await dismiss(live), await live.evaluate("() => document.title")

    _, (result, title) = look_at(html, visit)
    assert (result.how, result.pressed) == (how, pressed)
    assert title == "An example page"
