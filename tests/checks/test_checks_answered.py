"""What a page's markup answers, no person is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from checks.answered import without_answered
from checks.model import Finding, Outcome


def asked(rule: str, target: str) -> Finding:
    return Finding(rule, "axe", Outcome.CANT_TELL, "http://elm.example/", "?", (target,), ("2.4.1",))


SKIP = asked("axe/bypass", "html")
VIDEO = asked("axe/video-caption", "video")
BEHIND = replace(asked("axe/color-contrast", "input"), message_id="color-contrast/color-contrast.bgImage")
ENHANCED = replace(
    asked("axe/color-contrast-enhanced", "input"), message_id="color-contrast-enhanced/color-contrast-enhanced.bgImage"
)
FIELD = "<input data-curbcut-contrast='5.10'>"
LIST = "<ol><li><a href='/a'>A</a><li><a href='/b'>B</a></ol>"


@pytest.mark.parametrize(
    ("question", "html"),
    [
        (SKIP, f"<nav>{LIST}</nav>"),
        (SKIP, f"<p>The tasks of this service.</p>{LIST}<script>go()</script>"),
        (SKIP, "<p>Read <a href='/a'>the rules</a>.</p><p>Then write to us.</p>"),
        (VIDEO, "<video controls src='a.mp4' title='The steps (no audio)'></video>"),
        (BEHIND, FIELD),
    ],
)
def test_what_the_page_answers_is_not_asked(question: Finding, html: str) -> None:
    assert without_answered([question], BeautifulSoup(html, "lxml")) == ()


@pytest.mark.parametrize(
    ("question", "html"),
    [
        (SKIP, f"<nav>{LIST}</nav><p>News of today.</p>"),
        (SKIP, f"{LIST}<form><input></form>"),
        (SKIP, f"{LIST}{LIST}"),
        (SKIP, "<div><a href='/a'>A</a> <a href='/b'>B</a></div>"),
        (SKIP, "<a href='/a'>A</a><iframe src='/menu'></iframe>"),
        (replace(SKIP, outcome=Outcome.FAILED), LIST),
        (replace(SKIP, rule="axe/link-in-text-block"), LIST),
        (replace(SKIP, target=("[[",)), LIST),
        (VIDEO, "<video controls src='a.mp4'></video>"),
        (BEHIND, "<input>"),
        (BEHIND, "<input data-curbcut-contrast='4.49'>"),
        (replace(BEHIND, message_id="color-contrast/color-contrast.bgOverlap"), FIELD),
        (ENHANCED, FIELD),
    ],
)
def test_what_it_does_not_answer_is(question: Finding, html: str) -> None:
    assert without_answered([question], BeautifulSoup(html, "lxml")) == (question,)
