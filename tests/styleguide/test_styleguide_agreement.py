"""A better word is offered in the form of the word that it replaces."""

from __future__ import annotations

import pytest

from styleguide.agreement import agree


@pytest.mark.parametrize(
    ("base", "phrase", "better", "expected"),
    [
        ("utilise", "utilise", "use", "use"),
        ("utilise", "Utilised", "use", "used"),
        ("utilise", "utilising", "use", "using"),
        ("utilise", "utilises", "use", "uses"),
        ("cease", "ceased", "stop", "stopped"),
        ("endeavour", "endeavoured", "try", "tried"),
        ("ascertain", "ascertaining", "find out", "finding out"),
        ("commence", "commencing", "begin", "beginning"),
        ("obtain", "obtains", "have", "has"),
        ("give consideration to", "given consideration to", "think about", "thought about"),
        ("give an indication of", "given an indication of", "show", "shown"),
        ("prerequisite", "prerequisites", "condition", "conditions"),
        ("prerequisite", "prerequisites", "what you need first", "what you need first"),
        ("refrain from", "refraining from", "do not …", "do not …"),
        ("a large number of", "a great many", "many", "many"),
    ],
)
def test_the_first_word_takes_the_form_that_is_found(base: str, phrase: str, better: str, expected: str) -> None:
    assert agree(base, phrase, (better,)) == (expected,)


def test_the_words_before_part_a_participle_from_the_past() -> None:
    assert agree("commence", "commenced", ("begin",), ("work", "has", "already")) == ("begun",)
    assert agree("commence", "commenced", ("begin",), ("the", "new", "work")) == ("began",)
