from __future__ import annotations

from language import KNOWN, english_name


def test_every_language_told_apart_has_a_name() -> None:
    assert {code for code in KNOWN if english_name(code) == code} == set()
    assert english_name("de-AT") == "German"
    assert english_name("tlh") == "tlh"
