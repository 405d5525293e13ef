"""Wrong values in forms: nothing is sent, and what a server would say is not guessed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from checks.live import LivePage
from checks.probe import Probed
from checks.probes import form_errors

LookAt = Callable[[str, Callable[[LivePage], Awaitable[Any]]], tuple[str, Any]]

pytestmark = pytest.mark.browser

FORM = '<form novalidate {}><label>Surname <input name="n" required></label><button>Send</button></form>'


@pytest.mark.parametrize(
    "attributes",
    [
        'action="/gone"',
        'action="/gone" target="_blank"',
        "onsubmit=\"event.preventDefault(); location.href = '/gone'\"",
        "onsubmit=\"event.stopPropagation(); event.preventDefault(); this.target = '_self'; this.submit()\"",
        "onsubmit=\"event.preventDefault(); this.n.style.borderColor = 'red'; fetch('/gone', { method: 'POST' })\"",
        'wire:submit="save" onsubmit="event.preventDefault(); this.n.style.borderColor = \'red\'"',
    ],
)
def test_what_only_the_server_would_tell_is_left_out_and_nothing_is_sent(attributes: str, look_at: LookAt) -> None:
    async def visit(live: LivePage) -> tuple[Probed, str]:
        return await form_errors.probe.look(live), live.url

    address, (probed, url) = look_at(FORM.format(attributes), visit)
    assert url == address
    assert probed.data == {"forms": [], "fields": []}


def test_forms_beyond_the_bound_are_told(look_at: LookAt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_errors, "MOST_FORMS", 1)
    _, probed = look_at(FORM.replace(" novalidate {}", "") * 3, form_errors.probe.look)
    assert len(probed.data["forms"]) == 1
    assert probed.notes == ("What 2 of 3 forms say of errors was not seen; their server may say it.",)


def test_the_message_of_each_field_is_told_apart(look_at: LookAt) -> None:
    html = (
        '<form novalidate onsubmit="event.preventDefault(); a.hidden = b.hidden = false">'
        '<input name="n" aria-label="Surname" required><p id="a" hidden>Missing one</p>'
        '<input name="m" type="email" aria-label="Mail" required><p id="b" hidden>Wrong one</p>'
        "<button>Send</button></form>"
    )
    _, probed = look_at(html, form_errors.probe.look)
    assert [field["data"]["says"] for field in probed.data["fields"]] == ["Wrong one"]
    assert probed.data["forms"][0]["data"]["isNamed"]
