"""How hard a page's running text is to read: textstat's formulas over our own sentences and syllables.

textstat 0.7.13 counts sentences with a regular expression that merges list items and splits at decimals, and fetches
CMUdict from the network for English syllables. Its formulas are sound, so they are run with our counts: each is the
library's own code, bound to counters that read a `Counts` instead of a string. Nothing global is changed, so threads
do not disturb each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from types import FunctionType
from typing import Any

from checks.model import Readability
from styleguide.blocks import BOILERPLATE_REGIONS, Block, BlockKind, TextDocument
from styleguide.syllables import LANGUAGES as SYLLABLE_LANGUAGES
from styleguide.syllables import MAX_WORD_CHARS, count_syllables
from styleguide.words import list_words

MIN_WORDS = 100
"""Flesch took samples of 100 words (1948); with less text one sentence moves the score by whole grades."""

MIN_BLOCK_WORDS = 4
"""Shorter paragraphs and list items are labels and menu entries, not running text."""

LONG_WORD_LETTERS = 6
"""LIX and the Wiener Sachtextformel count words of more letters than this as long (Björnsson 1968)."""

_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.HINT})
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my", "bo"})
"""Languages written without spaces between words."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the formulas need to know of a text. Syllable counts are 0 where the language has no counter."""

    sentences: int
    words: int
    characters: int
    long_words: int
    syllables: int = 0
    monosyllables: int = 0
    polysyllables: int = 0


def _per(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


_COUNTERS: dict[str, Callable[..., float]] = {
    "count_words": lambda counts, *_, **__: counts.words,
    "count_long_words": lambda counts, *_, **__: counts.long_words,
    "count_monosyllable_words": lambda counts, *_, **__: counts.monosyllables,
    "count_polysyllable_words": lambda counts, *_, **__: counts.polysyllables,
    "words_per_sentence": lambda counts: _per(counts.words, counts.sentences),
    "sentences_per_word": lambda counts: _per(counts.sentences, counts.words),
    "syllables_per_word": lambda counts, *_: _per(counts.syllables, counts.words),
    "chars_per_word": lambda counts: _per(counts.characters, counts.words),
}
"""textstat's counters by name, reading a `Counts`. A formula can reach no other: its globals are these and no more."""

_ARITHMETIC = ("get_lang_cfg", "get_lang_root")


@lru_cache(maxsize=1)
def _statistics_class() -> Any:
    """Make the class when it is first needed: importing textstat takes a second, as it imports nltk."""
    from textstat.backend import metrics  # noqa: PLC0415
    from textstat.textstat import textstatistics  # noqa: PLC0415

    def bind(formula: Any) -> Any:
        code = formula.__wrapped__
        kept = {name: code.__globals__[name] for name in _ARITHMETIC if name in code.__globals__}
        return FunctionType(code.__code__, {"__builtins__": __builtins__, **kept, **_COUNTERS}, code.__name__)

    reading_ease = bind(metrics.flesch_reading_ease)
    grade = bind(metrics.flesch_kincaid_grade)
    lix = bind(metrics.lix)
    wiener = bind(metrics.wiener_sachtextformel)
    gulpease = bind(metrics.gulpease_index)
    fernandez_huerta = bind(metrics.fernandez_huerta)

    class PageStatistics(textstatistics):  # type: ignore[misc] # textstat has no types
        """textstat's formulas for one language; the methods take a `Counts` where textstat's take a string."""

        def __init__(self, lang: str) -> None:
            super().__init__()
            # Methods that are not bound below would fetch CMUdict for "en"; textstat does not know "en-GB" as English.
            self.set_lang("en-GB" if lang == "en" else lang)
            self.lang = lang

        def syllable_count(self, text: str, lang: str | None = None) -> int:
            """Return the syllables of a text from our own counter, never from the network."""
            return sum(count_syllables(word, lang or self.lang) for word in list_words(text))

        def flesch_reading_ease(self, text: Counts) -> float:
            """Return the reading ease with the language's own constants."""
            return float(reading_ease(text, self.lang))

        def flesch_kincaid_grade(self, text: Counts) -> float:
            """Return the US school grade."""
            return float(grade(text, self.lang))

        def lix(self, text: Counts) -> float:
            """Return the läsbarhetsindex."""
            return float(lix(text))

        def wiener_sachtextformel(self, text: Counts, variant: int = 1) -> float:
            """Return the Austrian school grade."""
            return float(wiener(text, variant, self.lang))

        def gulpease_index(self, text: Counts) -> float:
            """Return the Gulpease index."""
            return float(gulpease(text))

        def fernandez_huerta(self, text: Counts) -> float:
            """Return the Spanish reading ease."""
            return float(fernandez_huerta(text, self.lang))

    return PageStatistics


def running_text(blocks: Iterable[Block], lang: str) -> list[str]:
    """Return the sentences of the page's own prose in its language, in reading order."""
    sentences: list[str] = []
    for block in blocks:
        if block.kind not in _RUNNING or block.region in BOILERPLATE_REGIONS or block.lang != lang:
            continue
        if block.is_menu_entry or len(list_words(block.text)) < MIN_BLOCK_WORDS:
            continue
        sentences += [sentence.text for sentence in block.sentences]
    return sentences


def count(sentences: Iterable[str], lang: str) -> Counts:
    """Return the counts of some sentences in a language (a primary subtag such as `en`)."""
    n_sentences = words = characters = long_words = total = one = three = 0
    has_syllables = lang in SYLLABLE_LANGUAGES
    for sentence in sentences:
        found = list_words(sentence)
        n_sentences += 1 if found else 0
        words += len(found)
        for whole in found:
            word = whole[:MAX_WORD_CHARS]  # so that no cache holds a hostile "word" of megabytes
            letters = _count_letters(word)
            characters += letters
            long_words += letters > LONG_WORD_LETTERS
            if has_syllables:
                syllables = max(1, count_syllables(word, lang))
                total += syllables
                one += syllables == 1
                three += syllables >= 3
    return Counts(n_sentences, words, characters, long_words, total, one, three)


@lru_cache(maxsize=50_000)
def _count_letters(word: str) -> int:
    return sum(char.isalnum() for char in word)


def measure(document: TextDocument) -> Readability:
    """Return the page's text in numbers; `grade` and `reading_ease` only where there is text enough for a score."""
    lang = document.lang
    counts = count(running_text(document.blocks, lang), lang)
    per_sentence = round(counts.words / counts.sentences, 1) if counts.sentences else None
    reason = _no_score_reason(lang, counts)
    if reason:
        return Readability(lang, counts.words, counts.sentences, per_sentence, no_score_reason=reason)
    statistics = _statistics_class()(lang)
    scores = {"LIX": round(statistics.lix(counts), 1)}
    grade: float | None = None
    ease: float | None = None
    formula = "LIX"
    if lang == "en":
        formula, grade = "Flesch-Kincaid", round(statistics.flesch_kincaid_grade(counts), 1)
        ease = scores["Flesch"] = round(statistics.flesch_reading_ease(counts), 1)
    elif lang == "de":
        formula, grade = "Wiener Sachtextformel", round(statistics.wiener_sachtextformel(counts), 1)
        ease = scores["Flesch-Amstad"] = round(statistics.flesch_reading_ease(counts), 1)
    elif lang == "es":
        formula, ease = "Fernández Huerta", round(statistics.fernandez_huerta(counts), 1)
    elif lang == "it":
        formula, ease = "Gulpease", round(statistics.gulpease_index(counts), 1)
    elif lang in ("fr", "nl"):
        formula = {"fr": "Kandel-Moles", "nl": "Flesch-Douma"}[lang]
        ease = round(statistics.flesch_reading_ease(counts), 1)
    if formula != "LIX":
        scores[formula] = grade if grade is not None else ease or 0.0
    age = school_age(lang, grade=grade, ease=ease, lix=scores["LIX"])
    return Readability(lang, counts.words, counts.sentences, per_sentence, grade, ease, formula, age, scores=scores)


def _no_score_reason(lang: str, counts: Counts) -> str:
    if not lang:
        return "The page does not say which language it is in, so no formula fits. Set the lang attribute of <html>."
    if lang in _UNSPACED:
        return "This language is written without spaces between words, which the formulas need."
    if counts.words < MIN_WORDS:
        plural = "" if counts.words == 1 else "s"
        return (
            f"Only {counts.words} word{plural} of running text; a score needs at least {MIN_WORDS}. "
            "Headings, menus and tables do not count."
        )
    return ""


_EASE_BANDS = (
    (80.0, "primary school, up to age 11"),
    (60.0, "lower secondary school, age 12 to 15"),
    (50.0, "upper secondary school, age 15 to 18"),
    (30.0, "university"),
    (float("-inf"), "specialists"),
)
"""Flesch's bands (The Art of Readable Writing, 1949), which its adaptations to other languages keep."""

_GULPEASE_BANDS = (
    (80.0, "primary school, up to age 11"),
    (60.0, "lower secondary school, age 11 to 14"),
    (40.0, "upper secondary school, age 14 to 19"),
    (float("-inf"), "university"),
)
"""Easy to read with that schooling, after Lucisano and Piemontese (1988)."""

_LIX_BANDS = (
    (30.0, "primary school, up to age 11"),
    (40.0, "lower secondary school, age 12 to 15"),
    (50.0, "upper secondary school, age 15 to 18"),
    (60.0, "university"),
    (float("inf"), "specialists"),
)
"""Björnsson's bands (Läsbarhet, 1968): children's books, fiction, newspapers, official texts, specialist prose."""

_SCHOOL_START_AGE = 5
"""A US grade and five years give a pupil's age at its start; Austrian grades run the same way, a year later."""


def school_age(lang: str, *, grade: float | None, ease: float | None, lix: float) -> str:
    """Return in words whom a score suits: a school age, or "university" and "specialists" above it."""
    if grade is not None:
        return _age_of_grade(grade, _SCHOOL_START_AGE + (1 if lang == "de" else 0))
    if ease is not None:
        bands = _GULPEASE_BANDS if lang == "it" else _EASE_BANDS
        return next(words for least, words in bands if ease >= least)
    return next(words for most, words in _LIX_BANDS if lix < most)


def _age_of_grade(grade: float, start_age: int) -> str:
    years = max(1, round(grade))
    if years > 16:
        return "specialists"
    if years > 12:
        return "university"
    age = years + start_age
    return f"age {age} to {age + 1}"
