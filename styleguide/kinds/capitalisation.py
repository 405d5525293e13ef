"""Capitals: several words in a row in block capitals, or headings In Title Case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from styleguide.blocks import Block, BlockKind
from styleguide.reading import Reading
from styleguide.rules import Hit, Kind, Rule, Source, Term, hit_at, hit_block
from styleguide.words import Token, words_in
from styleguide.yaml_entries import Entry

LONGEST_ACRONYM = 4
"""A run of capitals needs one word longer than this: "NHS BSA EU" is a row of names."""

_SMALL_WORDS = words_in(
    "a an and as at but by for from in into nor of off on onto or out over per so than that the to up via with "
    "yet is are was be not no"
)
"""Words that title case leaves small too, so that they say nothing."""

_NEVER_NAMES = words_in(
    "i you your yours we our they their he she his her it its my me us them this these those what how why when where "
    "who which do does did can could may might must shall should will would is are was were be been being have has "
    "had get gets got getting make makes made making take takes taking give gives find finds need needs want wants "
    "know use uses used using apply applies applying pay pays paying buy see look help helps start starts stop "
    "begin change changes changing check checking choose tell ask call contact send submit complete request report "
    "register renew update manage view read write learn understand become easier easy easily longer shorter better "
    "best clear clearer more most less other another every each all any some not before after during about if than "
    "then there here only also very good great new your what's it's don't if because while until without within "
    "between under over through against into related relating based required proposed similar different early earlier"
)
"""Common words that are hardly ever part of a name: a capital on one of them within a heading is title case."""

MAX_TITLE_CASE = 0.5
"""The share of words with a capital, of those that could do without, above which a heading is in title case."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is judged, and the fewest words that count."""

    style: str
    min_words: int


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[Limits, tuple[Term, ...]]:
    return Limits(entry.choice("style", ("block-capitals", "sentence-case")), entry.whole("min_words") or 3), ()


def _find(rule: Rule, reading: Reading) -> Iterator[Hit]:
    limits: Limits = rule.parameters
    yield from (
        _title_case(rule, reading, limits) if limits.style == "sentence-case" else _capitals(rule, reading, limits)
    )


def _title_case(rule: Rule, reading: Reading, limits: Limits) -> Iterator[Hit]:
    names: frozenset[str] | None = None
    for block in reading.blocks(rule):
        # In "Title: Part", "Report - Town Council" and "Step 1. Apply" a new beginning may have its capital.
        words = [
            token
            for previous, token in zip((None, *block.tokens), block.tokens, strict=False)
            if previous is not None
            and block.text[previous.end : token.start] == " "
            and (token.word not in _SMALL_WORDS or block.text[token.start].isupper())
        ]
        capitals = [token for token in words if block.text[token.start].isupper()]
        if len(words) < limits.min_words - 1 or len(capitals) <= MAX_TITLE_CASE * len(words):
            continue
        if names is None:
            names = frozenset(_names(reading))
        # Capitals the page's own prose uses within sentences are names; acronyms are no sign of title case.
        telling = [
            token for token in capitals if token.word not in names and block.text[token.start + 1 : token.end].islower()
        ]
        others = [token for token in words if token.word not in names and not _is_acronym(block, token)]
        if not any(block.text[token.start].isupper() and token.word in _NEVER_NAMES for token in words):
            continue  # it may be a row of names: “Johnson Space Center Manual”
        if len(telling) >= limits.min_words - 1 and len(telling) > MAX_TITLE_CASE * len(others):
            yield hit_block(rule, block)


def _is_acronym(block: Block, token: Token) -> bool:
    return not block.text[token.start + 1 : token.end].islower() and block.text[token.start].isupper()


def _names(reading: Reading) -> Iterator[str]:
    """Yield words that stand with a capital within a sentence of the page's prose."""
    for block in reading.document.blocks:
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or block.is_menu_entry:
            continue
        starts = {sentence.start for sentence in block.sentences}
        for token in block.tokens:
            if block.text[token.start].isupper() and token.start not in starts:
                yield token.word


def _capitals(rule: Rule, reading: Reading, limits: Limits) -> Iterator[Hit]:
    for block in reading.blocks(rule):
        if block.text.islower():
            continue
        for run in _runs(block):
            longest = max(token.end - token.start for token in run)
            if len(run) >= limits.min_words and longest > LONGEST_ACRONYM:
                yield hit_at(rule, block, run[0].start, run[-1].end)


def _runs(block: Block) -> Iterator[list[Token]]:
    """Yield each longest row of words in capitals that no sentence's end or line break parts."""
    run: list[Token] = []
    text = block.text
    for token in block.tokens:
        if not run and text[token.start].islower():
            continue  # nearly every word
        written = text[token.start : token.end]
        is_capital = written.isupper() and (len(written) > 1 or written in "AIO&")
        if run and (not is_capital or any(char in ".!?\n:;|" for char in text[run[-1].end : token.start])):
            yield run
            run = []
        if is_capital and not any(char.isdigit() for char in written):
            run.append(token)
    if run:
        yield run


KIND = Kind("capitalisation", ("style", "min_words"), ("phrase",), _read, _find)
