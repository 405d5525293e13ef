"""Which keys a page's text names."""

from __future__ import annotations

import pytest

from checks.probes._focus_trap import MOST_DOCUMENTED, documented_keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Press Ctrl+M to leave.", ["Control+m"]),
        ("Strg + Umschalt + F6 beendet die Karte.", ["Control+Shift+F6"]),
        ("Leave with F6 or Alt-Q", ["F6", "Alt+q"]),
        ("Use Shift+Esc.", ["Shift+Escape"]),
        ("Go to the next element. Controls: none. Figure F. A+B", []),
        ("", []),
    ],
)
def test_keys_are_read_as_they_are_pressed(text: str, keys: list[str]) -> None:
    assert documented_keys(text) == keys


def test_a_text_full_of_keys_is_bounded() -> None:
    text = " ".join(f"Ctrl+{letter}" for letter in "abcdefghijkl") + " ctrl" * 50_000
    assert len(documented_keys(text)) == MOST_DOCUMENTED
