"""A text in numbers: what readability formulas count, from sentences that are split already."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import lru_cache

from styleguide.familiar import is_familiar
from styleguide.syllables import LANGUAGES as SYLLABLE_LANGUAGES
from styleguide.syllables import MAX_WORD_CHARS, count_syllables
from styleguide.words import list_words

LONG_WORD_LETTERS = 6
"""LIX and the Wiener Sachtextformel count words of more letters than this as long (Björnsson 1968)."""

_INITIALISM = re.compile(r"[^\W\d_]{2,3}|[BCDFGHJKLMNPQRSTVWXZ]{4,5}")
"""Capitals that are said letter by letter: two or three of them, or more without a vowel (NATO and PIN are words, but
nobody can tell VAT from PIN by its letters)."""

_STRESSED = (
    "a all also an and any are as at be but by can do for go has he i if in is it may me must my new no nor not now of "
    "off on one only or our out own per so the to top two up us we who why yes you das den der die ein es ist mit "
    "und zu de du en et la le les ne ou un une el los las por que con di il in per che het een van"
)
"""Words that people write in capitals to stress them."""

_SHORT_WORDS = frozenset(_STRESSED.split())

_LONG_LETTER_NAMES = {"W": 3}


@dataclass(frozen=True, slots=True)
class Counts:
    """What the formulas need to know of a text. Syllable counts are 0 where the language has no counter.

    `difficult` counts the words outside Dale and Chall's list of familiar ones (English only). `fragment_words` counts
    the words of short list items that are no sentences: they count as words, and say nothing of sentences' length.
    """

    sentences: int
    words: int
    characters: int
    long_words: int
    syllables: int = 0
    monosyllables: int = 0
    polysyllables: int = 0
    four_syllables: int = 0
    difficult: int = 0
    fragment_words: int = 0

    @property
    def words_per_sentence(self) -> float:
        """The mean length of what is a sentence."""
        return (self.words - self.fragment_words) / self.sentences if self.sentences else 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) + getattr(other, name) for name in _NAMES))

    def __sub__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) - getattr(other, name) for name in _NAMES))


_NAMES = tuple(field.name for field in fields(Counts))
NOTHING = Counts(0, 0, 0, 0)


def count(sentences: Iterable[str], lang: str) -> Counts:
    """Return the counts of some sentences in a language (a primary subtag such as `en`)."""
    return sum((count_sentence(sentence, lang) for sentence in sentences), NOTHING)


def count_fragment(text: str, lang: str) -> Counts:
    """Return the counts of a few words that are no sentence."""
    counts = count_sentence(text, lang)
    return replace(counts, sentences=0, fragment_words=counts.words)


def count_sentence(sentence: str, lang: str) -> Counts:
    """Return the counts of one sentence."""
    found = list_words(sentence)
    if not found:
        return NOTHING
    characters = long_words = total = one = three = four = difficult = 0
    is_shouted = sentence.isupper()
    is_first = True
    for whole in found:
        # Cut, so that no cache holds a hostile "word" of megabytes
        letters, syllables, is_difficult = _word(whole[:MAX_WORD_CHARS], lang, is_shouted, is_first)
        is_first = False
        characters += letters
        long_words += letters > LONG_WORD_LETTERS
        total += syllables
        one += syllables == 1
        three += syllables >= 3
        four += syllables >= 4
        difficult += is_difficult
    return Counts(1, len(found), characters, long_words, total, one, three, four, difficult)


@lru_cache(maxsize=50_000)
def _word(word: str, lang: str, is_shouted: bool, is_first: bool) -> tuple[int, int, bool]:
    """Return a word's letters and syllables, and whether Dale and Chall call it difficult. Cached: words repeat."""
    letters = sum(char.isalnum() for char in word)
    syllables = max(1, _said(word, lang, is_shouted=is_shouted)) if lang in SYLLABLE_LANGUAGES else 0
    # In a sentence of capitals a word that has them is no abbreviation and no name
    written = word.lower() if is_shouted else word
    return letters, syllables, lang == "en" and not is_familiar(written, is_first=is_first)


def _said(word: str, lang: str, *, is_shouted: bool) -> int:
    """Return the syllables of a word as it is said: initialisms letter by letter."""
    if not is_shouted and word.isupper():
        bare = word.strip("()[]{}.,;:!?\"'“”‘’«»")
        if _INITIALISM.fullmatch(bare) and bare.lower() not in _SHORT_WORDS:
            return sum(_LONG_LETTER_NAMES.get(letter, 1) for letter in bare)
    return count_syllables(word, lang)
