"""Keeps two rules from asking a person the same thing about the same element."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from checks.model import Finding, Outcome

SAME_QUESTION = {
    "axe/aria-prohibited-attr": "curbcut/aria-name-is-lost",
    "axe/video-caption": "curbcut/video-without-captions",
}
"""Rules of the engine and those of our own that ask the same, in words that say more of this element."""


def without_repeats(engine: Iterable[Finding], own: Iterable[Finding], soup: BeautifulSoup) -> tuple[Finding, ...]:
    """Return the findings of an engine and of our rules, each question once.

    Where both ask, ours stays, for the success criteria of both; where the engine has failed an element, our question
    about it goes. What each rule said of the page stays as it is.
    """
    engine, own = list(engine), list(own)
    gone: set[int] = set()
    wider: dict[int, Finding] = {}
    for first, second in SAME_QUESTION.items():
        theirs = [finding for finding in engine if finding.rule == first]
        ours = [finding for finding in own if finding.rule == second] if theirs else []
        places = {id(place): finding for finding in ours if (place := place_of(finding, soup)) is not None}
        for finding in theirs if places else ():
            place = place_of(finding, soup)
            other = places.get(id(place)) if place is not None else None
            if other is None:
                continue
            if finding.outcome is Outcome.FAILED:
                gone.add(id(other))
            else:
                gone.add(id(finding))
                wider[id(other)] = replace(other, wcag=tuple(sorted({*other.wcag, *finding.wcag})))
    return tuple(wider.get(id(finding), finding) for finding in (*engine, *own) if id(finding) not in gone)


def place_of(finding: Finding, soup: BeautifulSoup) -> Tag | None:
    """Return the element of a finding; None inside frames and shadow roots, whose content has no such path here."""
    if len(finding.target) != 1:
        return None
    try:
        return soup.select_one(finding.target[0])
    except (SelectorSyntaxError, NotImplementedError):
        return None
