"""Tells which of the three statuses a text claims, and when "fully compliant" is denied rather than claimed."""

from __future__ import annotations

from dataclasses import dataclass

from checks.statement.matching import Match, Phrase, find, sentences, words_of
from checks.statement.model import Claim
from checks.statement.phrases import STATUSES, Language

GAPS = {"full": 14, "partial": 30, "none": 3}
"""Words that may stand between the parts of a phrase. A "not" that is far from "compliant" denies something else."""

NEGATION_REACH = {"ga": 8}
NEGATION_REACH_ELSEWHERE = 4
"""Words before "fully compliant" in which a "not" turns it round; an Irish sentence begins with its verb."""

DENIED = "denied"
MAX_QUOTE_CHARS = 300


@dataclass(frozen=True, slots=True)
class _Found:
    status: str
    match: Match

    @property
    def rank(self) -> tuple[int, int]:
        return (self.match.gap, -self.match.length)


def claims_of(text: str, language: Language) -> tuple[Claim, ...]:
    """Return every claim of a status in a block of text, each with its sentence."""
    found: list[Claim] = []
    for sentence in sentences(text):
        found += [Claim(status, sentence[:MAX_QUOTE_CHARS]) for status in _statuses(words_of(sentence), language)]
    return tuple(found)


def _statuses(words: tuple[str, ...], language: Language) -> list[str]:
    found = [
        _Found(status, match)
        for status in STATUSES
        for phrase in language.groups[status]
        if (match := find(phrase, words, max_gap=GAPS[status])) is not None
    ]
    found = [_denied(one, words, language) for one in found]
    kept: list[_Found] = []
    for one in sorted(found, key=lambda f: (f.status != DENIED, *f.rank)):
        if not any(set(one.match.positions) & set(other.match.positions) for other in kept):
            kept.append(one)
    statuses = [one.status for one in kept]
    if "partial" in statuses:  # "partially compliant, because the points below are not compliant" claims one status
        return [status for status in statuses if status != "none"]
    return statuses


def _denied(found: _Found, words: tuple[str, ...], language: Language) -> _Found:
    if found.status != "full":
        return found
    first, last = found.match.positions[0], found.match.positions[-1]
    reach = NEGATION_REACH.get(language.code, NEGATION_REACH_ELSEWHERE)
    around = [i for i in range(max(0, first - reach), last) if i not in found.match.positions]
    if found.match.length > 1 and any(_is_negation(words[i], language.groups["negation"]) for i in around):
        return _Found(DENIED, Match((*around, *found.match.positions), found.match.gap))
    return found


def _is_negation(word: str, negations: tuple[Phrase, ...]) -> bool:
    return any(phrase.words == (word,) for phrase in negations)
