"""Sentences and paragraphs that are too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from styleguide.blocks import Block, TextDocument
from styleguide.rules import Hit, Kind, Rule, Source, Term
from styleguide.words import list_words
from styleguide.yaml_entries import Entry


@dataclass(frozen=True, slots=True)
class Limits:
    """The most words, and for a whole block the most sentences, that are not too long."""

    of: str
    max_words: int | None
    max_sentences: int | None


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[Limits, tuple[Term, ...]]:
    limits = Limits(entry.choice("of", ("sentence", "block")), entry.whole("max_words"), entry.whole("max_sentences"))
    if limits.max_words is None and (limits.of == "sentence" or limits.max_sentences is None):
        raise entry.wrong("of", "a length rule needs a limit; add “max_words: 25”.")
    if limits.of == "sentence" and limits.max_sentences is not None:
        raise entry.wrong("max_sentences", "“max_sentences” is for “of: block”; a sentence has “max_words”.")
    return limits, ()


def _find(rule: Rule, blocks: Iterable[Block], _document: TextDocument) -> Iterator[Hit]:
    limits: Limits = rule.parameters
    for block in blocks:
        if block.is_menu_entry:
            continue
        yield from _long_sentences(rule, block, limits) if limits.of == "sentence" else _long_block(rule, block, limits)


def _long_sentences(rule: Rule, block: Block, limits: Limits) -> Iterator[Hit]:
    most = limits.max_words or 0
    if len(block.text) <= 2 * most:
        return
    for start, end, text in block.sentences:
        # A word and its space have two characters at least, so most sentences need no counting.
        words = len(list_words(text)) if end - start > 2 * most else 0
        if words > most:
            yield Hit(rule, block, start, end, text.lower(), text, arguments={"words": words, "limit": most})


def _long_block(rule: Rule, block: Block, limits: Limits) -> Iterator[Hit]:
    sentences = len(block.sentences)
    if limits.max_sentences is not None and sentences > limits.max_sentences:
        arguments: dict[str, str | int | float] = {"sentences": sentences, "limit": limits.max_sentences}
        yield Hit(rule, block, 0, len(block.text), block.text.lower(), block.text, "sentences", arguments)
        return
    words = len(list_words(block.text)) if limits.max_words is not None else 0
    if limits.max_words is not None and words > limits.max_words:
        arguments = {"words": words, "limit": limits.max_words}
        yield Hit(rule, block, 0, len(block.text), block.text.lower(), block.text, "words", arguments)


KIND = Kind("length", ("of", "max_words", "max_sentences"), ("words", "sentences", "limit"), _read, _find)
