"""Finds phrases in a text whatever their case, accents, endings and the few words that stand in between.

Statements are written by people who inflect: "częściowo zgodna" is listed, "częściowo zgodny" is met. Two words are the
same when they begin alike and differ in a short ending only, as long as the language has.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"(?:(?<=[!?;])|(?<=[^\W\d_][.])|(?<=\d\d\d\d[.])|(?<=[)»”\"][.]))\s+(?=\S)")
"""A full stop after one or two digits is an ordinal's or a date's: "am 2. März". Before small letters it is none."""

_SPACES = re.compile(r"\s+")

ENDINGS = {
    "en": 0, "de": 2, "fr": 2, "es": 2, "it": 2, "nl": 1, "pt": 2, "sv": 2, "da": 2,
    "pl": 3, "cs": 3, "sk": 3, "hr": 3, "sl": 3, "bg": 3, "el": 3, "lv": 3, "lt": 3,
    "et": 3, "fi": 3, "hu": 3, "ro": 3, "mt": 2, "ga": 2,
}  # fmt: skip
"""The longest ending, in letters, that may differ in each language."""

STEM_CHARS = 4
"""Shorter words have no ending that could be told from their stem."""

MAX_GAP = 30
"""Words between the parts of a phrase: "teilweise mit Konformitätsstufe AA der Richtlinien ... vereinbar" has 21."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as plain words. `endings`: letters that may differ at a word's end. `has_gap`: it was written with …"""

    words: tuple[str, ...]
    endings: int
    has_gap: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase was found: the positions of its words among the text's, and how many others stand between."""

    positions: tuple[int, ...]
    gap: int

    @property
    def length(self) -> int:
        """How many words matched."""
        return len(self.positions)


def plain(text: str) -> str:
    """Return `text` as words for comparing: one case, no accents, single spaces, no punctuation."""
    return " ".join(words_of(text))


@lru_cache(maxsize=4_096)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in the form in which they are compared."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return tuple(_WORD.findall(bare.replace("ς", "σ")))


def sentences(text: str) -> list[str]:
    """Return the sentences of a block of text, about; "Sb. " and the like may part one, "n. 106" does not."""
    flat = _SPACES.sub(" ", text).strip()
    ends = [m.end() for m in _SENTENCE_END.finditer(flat) if not (flat[m.end()].islower() or flat[m.end()].isdigit())]
    return [part for a, b in pairwise([0, *ends, len(flat)]) if (part := flat[a:b].strip())]


@lru_cache(maxsize=8_192)
def compile_phrase(text: str, lang: str) -> Phrase:
    """Return a phrase ready to be looked for."""
    return Phrase(words_of(text.replace("…", " ")), ENDINGS.get(lang, 2), "…" in text)


def find(phrase: Phrase, words: tuple[str, ...], *, max_gap: int = 0) -> Match | None:
    """Return the tightest place of a phrase in a sequence of words, its words in order; None if there is none."""
    gap = MAX_GAP if phrase.has_gap else max_gap
    best: Match | None = None
    for start, word in enumerate(words):
        if not same(word, phrase.words[0], phrase.endings):
            continue
        match = _follow(phrase, words, start, gap)
        if match is not None and (best is None or match.gap < best.gap):
            best = match
            if not best.gap:
                break
    return best


def contains(phrases: tuple[Phrase, ...], text: str, *, max_gap: int = 0) -> bool:
    """Return whether one of the phrases is in a text."""
    words = words_of(text)
    return any(find(phrase, words, max_gap=max_gap) is not None for phrase in phrases)


def likeness(phrase: Phrase, words: tuple[str, ...]) -> float:
    """Return how much of a heading and a phrase is shared: 1.0 for the same words in any form."""
    if not words or not phrase.words:
        return 0.0
    shared = sum(any(same(word, other, phrase.endings) for other in words) for word in phrase.words)
    return 2 * shared / (len(words) + len(phrase.words))


@lru_cache(maxsize=65_536)
def same(one: str, other: str, endings: int) -> bool:
    """Return whether two words are forms of one."""
    if one == other:
        return True
    if not endings:
        return False
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= STEM_CHARS and len(one) - shared <= endings and len(other) - shared <= endings


def _follow(phrase: Phrase, words: tuple[str, ...], start: int, max_gap: int) -> Match | None:
    positions = [start]
    for wanted in phrase.words[1:]:
        after = positions[-1] + 1
        reach = words[after : after + max_gap + 1]
        step = next((i for i, word in enumerate(reach) if same(word, wanted, phrase.endings)), None)
        if step is None:
            return None
        positions.append(after + step)
    return Match(tuple(positions), positions[-1] - start + 1 - len(positions))
