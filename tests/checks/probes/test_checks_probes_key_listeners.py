"""Which listeners may answer to a key that was not tried."""

from __future__ import annotations

import pytest

from checks.live import Listener
from checks.probes._key_listeners import keys_heard

TARGET = ["html > body > app-page", "div > span:nth-of-type(2)"]


def listener(path: list[str], source: str = "(e) => go(e)", event: str = "keydown") -> Listener:
    return Listener(event, "element", {"tag": "div", "target": path}, source)


@pytest.mark.parametrize(
    "path", [TARGET, ["html > body > app-page"], ["html > body > app-page", "div"], ["html > body"]]
)
def test_what_listens_on_the_element_or_around_it_may_know_other_keys(path: list[str]) -> None:
    assert keys_heard(TARGET, [listener(path)]) == "maybe"


@pytest.mark.parametrize(
    "path",
    [
        ["html > body > app-page", "div > span"],
        ["html > body > app-page", "div > span:nth-of-type(2)", "b"],
        ["html > body > app"],
        ["div"],
        [],
    ],
)
def test_what_listens_elsewhere_does_not_matter(path: list[str]) -> None:
    assert keys_heard(TARGET, [listener(path)]) == ""


def test_a_listener_for_clicks_is_none_for_keys() -> None:
    assert keys_heard(TARGET, [listener(TARGET, event="click")]) == ""


@pytest.mark.parametrize(
    ("source", "heard"),
    [
        ("(e) => { if (e.key === 'Escape') close(e); }", "others"),
        ("function(e){27===e.keyCode&&t()}", "others"),
        ('(e) => { if (e.key === "Enter" || e.key === " ") e.target.click(); }', "others"),
        ("(e) => { if (e.keyCode == 9) document.body.classList.add('keys'); }", "others"),
        ("(e) => { if (e.key === 'Escape') close(); if (e.key === 'ArrowDown') open(); }", "maybe"),
        ("(e) => { if (e.ctrlKey && e.key === 'k') search(); if (e.key === 'Escape') close(); }", "maybe"),
        ("function(e){27===e.keyCode?t():40===e.which&&n()}", "maybe"),
        ("(e) => { if (e.key === 'm' || e.key === 'Escape') menu(); }", "maybe"),
        ("(e) => handlers[e.key](e)", "maybe"),
        ("function () { [native code] }", "maybe"),
    ],
)
def test_what_listens_on_the_page_is_judged_by_the_keys_it_names(source: str, heard: str) -> None:
    assert keys_heard(TARGET, [Listener("keydown", "document", {}, source)]) == heard
