"""Sentences, paragraphs, titles and headings that are too long, or too short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from styleguide.blocks import Block
from styleguide.reading import Reading
from styleguide.rules import Hit, Kind, Rule, Source, Term
from styleguide.words import list_words
from styleguide.yaml_entries import Entry

_NUMBERS = ("max_words", "max_sentences", "max_characters", "min_characters")

_SITE_NAME = re.compile(r"\s+[|–—-]\s+[^|–—]{1,60}$")
"""The site's name at the end of a page's title, behind a bar or a dash."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most (and fewest) words, sentences or characters that are fine."""

    of: str
    max_words: int | None
    max_sentences: int | None
    max_characters: int | None
    min_characters: int | None


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[Limits, tuple[Term, ...]]:
    limits = Limits(entry.choice("of", ("sentence", "block")), *(entry.whole(key) for key in _NUMBERS))
    if all(getattr(limits, key) is None for key in _NUMBERS):
        raise entry.wrong("of", "a length rule needs a limit; add “max_words: 25”.")
    if limits.of == "sentence":
        for key in _NUMBERS[1:]:
            if getattr(limits, key) is not None:
                raise entry.wrong(key, f"“{key}” is for “of: block”; a sentence has “max_words”.")
    return limits, ()


def _find(rule: Rule, reading: Reading) -> Iterator[Hit]:
    limits: Limits = rule.parameters
    for block in reading.blocks(rule):
        if limits.max_characters is not None or limits.min_characters is not None:
            yield from _characters(rule, block, limits)
        elif not block.is_menu_entry:
            yield from (
                _long_sentences(rule, block, limits) if limits.of == "sentence" else _long_block(rule, block, limits)
            )


def _long_sentences(rule: Rule, block: Block, limits: Limits) -> Iterator[Hit]:
    most = limits.max_words or 0
    if len(block.text) <= 2 * most:
        return
    for start, end, text in block.sentences:
        # A word and its space have two characters at least, so most sentences need no counting.
        words = len(list_words(text)) if end - start > 2 * most else 0
        if words > most:
            arguments: dict[str, str | int | float] = {"words": words, "limit": most}
            yield Hit(rule, block, start, end, text.lower(), text, arguments=arguments, weight=words)


def _long_block(rule: Rule, block: Block, limits: Limits) -> Iterator[Hit]:
    if limits.max_sentences is not None and len(block.sentences) > limits.max_sentences:
        yield _whole(rule, block, "sentences", sentences=len(block.sentences), limit=limits.max_sentences)
        return
    words = len(list_words(block.text)) if limits.max_words is not None else 0
    if limits.max_words is not None and words > limits.max_words:
        yield _whole(rule, block, "words", words=words, limit=limits.max_words)


def _characters(rule: Rule, block: Block, limits: Limits) -> Iterator[Hit]:
    count = len(_SITE_NAME.sub("", block.text)) if block.kind == "title" else len(block.text)
    if limits.max_characters is not None and count > limits.max_characters:
        yield _whole(rule, block, "failed", characters=count, limit=limits.max_characters)
    elif limits.min_characters is not None and count < limits.min_characters:
        yield _whole(rule, block, "short", characters=count, limit=limits.min_characters)


def _whole(rule: Rule, block: Block, message_id: str, **arguments: str | int | float) -> Hit:
    length = len(block.text)
    return Hit(rule, block, 0, length, block.text.lower(), block.text, message_id, arguments, weight=length)


KIND = Kind("length", ("of", *_NUMBERS), ("words", "sentences", "characters", "limit"), _read, _find)
