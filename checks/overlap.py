"""Keeps two rules from asking a person the same thing about the same element."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from checks.model import Finding, Outcome, Page
from checks.rule import PageView
from checks.run import all_rules

SAME_QUESTION = {
    "axe/aria-prohibited-attr": "curbcut/aria-name-is-lost",
    "axe/video-caption": "curbcut/video-without-captions",
}
"""Rules of the engine and those of our own that ask the same, in words that say more of this element."""


def without_repeats(engine: Iterable[Finding], own: Iterable[Finding], soup: BeautifulSoup) -> tuple[Finding, ...]:
    """Return the findings of an engine and of our rules, each question once.

    Where both ask, ours stays, for the success criteria of both; where the engine has failed an element, our question
    about it goes, and where our rule has passed one, the engine's question. What each rule said of the page stays as it
    is.
    """
    engine, own = list(engine), list(own)
    gone: set[int] = set()
    wider: dict[int, Finding] = {}
    for first, second in SAME_QUESTION.items():
        theirs = [finding for finding in engine if finding.rule == first]
        ours = [finding for finding in own if finding.rule == second] if theirs else []
        places = {id(place): finding for finding in ours if (place := place_of(finding, soup)) is not None}
        is_asked = any(finding.outcome is Outcome.CANT_TELL for finding in theirs)
        settled = _passed_by(second, soup) if is_asked else set()
        for finding in theirs:
            place = place_of(finding, soup)
            other = places.get(id(place)) if place is not None else None
            if other is None:
                if id(place) in settled and finding.outcome is Outcome.CANT_TELL:
                    gone.add(id(finding))
                continue
            if finding.outcome is Outcome.FAILED:
                gone.add(id(other))
            else:
                gone.add(id(finding))
                wider[id(other)] = replace(other, wcag=tuple(sorted({*other.wcag, *finding.wcag})))
    return tuple(wider.get(id(finding), finding) for finding in (*engine, *own) if id(finding) not in gone)


def _passed_by(name: str, soup: BeautifulSoup) -> set[int]:
    """Return the identities of the elements that a rule of ours, which looks at the parsed page alone, has passed."""
    rule = next(rule for rule in all_rules() if rule.id == name)
    verdicts = rule.verdicts(PageView(Page("", "", ""), soup))
    return {id(target) for target, verdict in verdicts if verdict.outcome is Outcome.PASSED}


def place_of(finding: Finding, soup: BeautifulSoup) -> Tag | None:
    """Return the element of a finding; None inside frames and shadow roots, whose content has no such path here."""
    if len(finding.target) != 1:
        return None
    try:
        return soup.select_one(finding.target[0])
    except (SelectorSyntaxError, NotImplementedError):
        return None
