"""Two rules do not ask a person the same thing about the same element."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from checks.model import Finding, Outcome
from checks.overlap import SAME_QUESTION, without_repeats
from checks.run import all_rules

SOUP = BeautifulSoup('<main><div id="a" aria-label="A"></div><div aria-label="B"></div></main>', "lxml")


WCAG = {"axe": ("4.1.2",), "curbcut": ("1.3.1",)}


def found(rule: str, target: str, outcome: Outcome = Outcome.CANT_TELL) -> Finding:
    engine = rule.split("/", maxsplit=1)[0]
    return Finding(rule, engine, outcome, "http://elm.example/", "?", (target,), WCAG[engine])


THEIRS = found("axe/aria-prohibited-attr", "#a")
OURS = found("curbcut/aria-name-is-lost", "html > body > main > div:nth-of-type(1)")
ELSEWHERE = found("curbcut/aria-name-is-lost", "html > body > main > div:nth-of-type(2)")


def test_of_two_like_questions_ours_stays_for_the_criteria_of_both() -> None:
    both = replace(OURS, wcag=("1.3.1", "4.1.2"))
    assert without_repeats([THEIRS], [OURS, ELSEWHERE], SOUP) == (both, ELSEWHERE)


def test_what_our_rule_has_passed_is_not_asked() -> None:
    passed = BeautifulSoup('<main><div id="a" aria-label="Council">The council</div></main>', "lxml")
    assert without_repeats([THEIRS], [], passed) == ()
    failure = replace(THEIRS, outcome=Outcome.FAILED)
    assert without_repeats([failure], [], passed) == (failure,)


def test_a_failure_stays_and_the_question_goes() -> None:
    failure = replace(THEIRS, outcome=Outcome.FAILED)
    assert without_repeats([failure], [OURS, ELSEWHERE], SOUP) == (failure, ELSEWHERE)


@pytest.mark.parametrize(
    "theirs",
    [
        replace(THEIRS, target=("#b",)),
        replace(THEIRS, target=("iframe", "#a")),
        replace(THEIRS, target=("[[",)),
        replace(THEIRS, rule="axe/color-contrast"),
    ],
)
def test_what_is_not_known_to_be_the_same_stays(theirs: Finding) -> None:
    assert without_repeats([theirs], [OURS], SOUP) == (theirs, OURS)


def test_the_rules_that_are_named_exist() -> None:
    assert set(SAME_QUESTION.values()) <= {rule.id for rule in all_rules()}
