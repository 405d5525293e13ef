"""What is offered in place of marked words can stand there as it is."""

from __future__ import annotations

import pytest

from checks.model import Finding, Outcome
from styleguide.replacements import replacements


@pytest.mark.parametrize(
    ("message", "suggestion", "expected"),
    [
        ("Write “use”.", "use", ["use"]),
        ("Write “most” or “most of”.", "most, most of", ["most", "most of"]),
        ("Schreiben Sie „bald“ oder „schnell“.", "bald, schnell", ["bald", "schnell"]),
        ("Écrivez « avec ».", "avec", ["avec"]),
        ("Write “to …”.", "to …", []),
        ("It is long.", "Write shorter, in two sentences", []),
    ],
)
def test_words_with_a_gap_and_advice_are_not_offered(message: str, suggestion: str, expected: list[str]) -> None:
    finding = Finding("plain/x", "curbcut-style", Outcome.FAILED, "", message, (), suggestion=suggestion)
    assert replacements(finding) == expected
