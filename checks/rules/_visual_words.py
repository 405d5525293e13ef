"""Finds the places where a text points to something by its look or place, in the words of one language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from checks.words import words_in

_NAME_GIVEN = re.compile(r"[\"“„«‘‚'][^\"”“»’']{2,60}[\"”“»’']")
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a text that points: the words, the word for the thing, the word for its look, and its side."""

    words: str
    thing: str
    look: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class _Patterns:
    look: re.Pattern[str]
    left: re.Pattern[str]
    right: re.Pattern[str]
    shape: re.Pattern[str]


def reference_in(text: str, lang: str) -> Reference | None:
    """Return the first such place in a text, or None. A sentence that gives a name in quotation marks has none."""
    patterns = _patterns(lang)
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if _NAME_GIVEN.search(sentence):
            continue
        found = _in_sentence(sentence, patterns)
        if found is not None:
            return found
    return None


def _in_sentence(sentence: str, patterns: _Patterns) -> Reference | None:
    for side, pattern in (("left", patterns.left), ("right", patterns.right)):
        if match := pattern.search(sentence):
            return Reference(match[0], (match["thing"] or match["thing2"]).casefold(), side=side)
    if match := patterns.look.search(sentence):
        look, thing = (match["look"], match["thing"]) if match["look"] else (match["look2"], match["thing2"])
        return Reference(match["words"], thing.casefold(), look=look.casefold())
    if match := patterns.shape.search(sentence):
        return Reference(match[0], match["shape"].casefold(), look=match["shape"].casefold())
    return None


@cache
def _patterns(lang: str) -> _Patterns:
    known = words_in("visual_references", lang)
    if not known["thing"]:
        return _Patterns(_NEVER, _NEVER, _NEVER, _NEVER)
    thing, look = _any_of(known["thing"]), _any_of(known["look"])
    return _Patterns(
        look=_compile(
            rf"\b(?:{_before(known['definite'])})(?:\w+\s+)?(?P<words>\b(?P<look>{look})\s+(?:\w+\s+)?(?P<thing>{thing})\b"
            rf"|\b(?P<thing2>{thing})\s+(?P<look2>{look})\b)"
        ),
        left=_placed(thing, known["left"]),
        right=_placed(thing, known["right"]),
        shape=_compile(rf"\b(?:{_any_of(known['near'])})\s*(?P<shape>{_any_of(known['shape'])})\b"),
    )


def _placed(thing: str, places: Iterable[str]) -> re.Pattern[str]:
    """Match a thing and its place with at most three words between, or the place right before the thing."""
    place = _any_of(places)
    return _compile(
        rf"\b(?P<thing>{thing})\b,?\s+(?:\w+\s+){{0,3}}(?:{place})\b|\b(?:{place})\s+(?:\w+\s+)?(?P<thing2>{thing})\b"
    )


def _before(phrases: Iterable[str]) -> str:
    """Match words that go right before a thing, or an apostrophe between them."""
    return rf"(?:{_any_of(phrases)})['’\s]+"


def _any_of(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\~", "~").replace("~", r"\w{0,2}") for phrase in longest_first)


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
