"""A word that is written twice in a row by mistake; sentences in a row that begin alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

from styleguide.kinds._terms import is_quoted
from styleguide.reading import Reading
from styleguide.rules import Hit, Kind, Rule, Source, Term, hit_at
from styleguide.words import first_words
from styleguide.yaml_entries import Entry

OPENING_WORDS = 3
"""Words that sentences in a row share before they are a list in disguise."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is repeated, words that may be, and how many sentences may begin alike."""

    of: str
    allowed: frozenset[str]
    most: int


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[Settings, tuple[Term, ...]]:
    of = entry.choice("of", ("word", "opening"))
    most = entry.whole("max")
    if of == "opening" and most is None:
        raise entry.wrong("max", "how many sentences may begin alike? Add “max: 2”.")
    return Settings(of, frozenset(word.lower() for word in entry.texts("except")), most or 0), ()


def _find(rule: Rule, reading: Reading) -> Iterator[Hit]:
    settings: Settings = rule.parameters
    find = _openings if settings.of == "opening" else _words
    return find(rule, reading, settings)


def _openings(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for block in reading.blocks(rule):
        if len(block.sentences) <= settings.most:
            continue
        groups = groupby(
            block.sentences, key=lambda sentence: tuple(t.word for t in first_words(sentence.text, OPENING_WORDS))
        )
        for opening, group in groups:
            alike = list(group)
            if len(alike) > settings.most and len(opening) == OPENING_WORDS:
                end = first_words(alike[0].text, OPENING_WORDS)[-1].end + alike[0].start
                yield hit_at(rule, block, alike[0].start, end, count=len(alike))


def _words(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for block in reading.blocks(rule):
        text = block.text
        for one, two in pairwise(block.tokens):
            if one.word != two.word or text[one.end : two.start] != " " or one.word in settings.allowed:
                continue
            # "Baden Baden" and "No. 12 12" are names and figures; a mistake repeats the word as it is.
            is_word = one.word.isalpha() and text[two.start].islower()
            if is_word and not is_quoted(block, one.start, two.end):
                yield hit_at(rule, block, one.start, two.end, word=one.word)


KIND = Kind("repetition", ("of", "except", "max"), ("phrase", "word", "count"), _read, _find)
