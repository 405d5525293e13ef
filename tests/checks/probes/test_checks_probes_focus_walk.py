"""The walk with the Tab key on pages that are large, nested, or do not want to be walked through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checks.live import LivePage
from checks.probe import Probed
from checks.probes import focus_walk

LookAt = Callable[..., tuple[str, Any]]
pytestmark = pytest.mark.browser


def stops(probed: Probed) -> list[str]:
    return [stop["text"] for stop in probed.data["stops"]]


def test_it_walks_through_frames_and_open_shadow_roots(look_at: LookAt) -> None:
    html = """<a href="#1">1</a><iframe srcdoc="<a href='#2'>2</a>"></iframe><div id="h"></div><a href="#4">4</a>
    <script>h.attachShadow({mode: "open"}).innerHTML = "<button>3</button>"</script>"""
    _, probed = look_at(html, focus_walk.probe.look)
    assert stops(probed) == ["1", "2", "3", "4"]
    assert probed.data["ended"] == "wrapped"
    assert probed.data["stops"][1]["target"] == ["html > body > iframe", "html > body > a"]
    assert all(stop["data"]["visible"] for stop in probed.data["stops"])


def test_it_stops_at_a_bound_and_says_so(look_at: LookAt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(focus_walk, "MOST_STOPS", 7)
    _, probed = look_at("".join(f'<a href="#{n}">{n}</a> ' for n in range(20)), focus_walk.probe.look)
    assert stops(probed) == [str(n) for n in range(7)]
    assert probed.data["ended"] == "bound"
    assert probed.notes == ("Only the first 7 places where the focus stops were looked at.",)


def test_it_passes_by_what_it_cannot_look_into(look_at: LookAt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(focus_walk, "MOST_INSIDE", 2)
    html = '<a href="#1">1</a><input type="datetime-local" aria-label="When"><a href="#3">3</a><a href="#4">4</a>'
    _, probed = look_at(html, focus_walk.probe.look)
    assert stops(probed) == ["1", "", "3", "4"]


def test_no_form_is_sent_and_no_page_is_opened(look_at: LookAt) -> None:
    html = """<a href="#1">1</a><form method="post" action="/sent"><input onfocus="form.submit()" aria-label="2"></form>
    <a href="#3" onfocus="location = '/elsewhere'">3</a>"""

    async def visit(live: LivePage) -> tuple[Probed, str]:
        return await focus_walk.probe.look(live), live.url

    address, (probed, url) = look_at(html, visit)
    assert url == address
    assert [entry["tag"] for entry in probed.data["leaving"]] == ["input", "a"]


def test_a_page_that_moves_the_focus_all_the_time_ends(look_at: LookAt) -> None:
    html = """<a id="a" href="#1">1</a><a href="#2">2</a><a href="#3">3</a>
    <script>setInterval(() => a.focus(), 20)</script>"""
    _, probed = look_at(html, focus_walk.probe.look)
    assert probed.data["traps"][0]["data"]["exit"] == ""


def test_elements_that_vanish_with_the_focus_do_no_harm(look_at: LookAt) -> None:
    html = '<a href="#1">1</a><button onfocus="this.remove()">2</button><a href="#3">3</a>'
    _, probed = look_at(html, focus_walk.probe.look)
    assert stops(probed) == ["1", "3"]
    assert probed.data["thrown"] == []
