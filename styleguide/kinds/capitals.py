"""Text in block capitals: several words in a row, not an acronym."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from styleguide.blocks import Block, TextDocument
from styleguide.rules import Hit, Kind, Rule, Source, Term
from styleguide.words import Token
from styleguide.yaml_entries import Entry

LONGEST_ACRONYM = 4
"""A run of capitals needs one word longer than this: "NHS BSA EU" is a row of names."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The fewest words in a row that count as block capitals."""

    min_words: int


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[Limits, tuple[Term, ...]]:
    return Limits(entry.whole("min_words") or 3), ()


def _find(rule: Rule, blocks: Iterable[Block], _document: TextDocument) -> Iterator[Hit]:
    limits: Limits = rule.parameters
    for block in blocks:
        if block.text.islower():
            continue
        for run in _runs(block):
            longest = max(token.end - token.start for token in run)
            if len(run) < limits.min_words or longest <= LONGEST_ACRONYM:
                continue
            start, end = run[0].start, run[-1].end
            phrase = block.text[start:end]
            context = block.sentence_at(start).text
            yield Hit(rule, block, start, end, phrase.lower(), context, arguments={"phrase": phrase[:200]})


def _runs(block: Block) -> Iterator[list[Token]]:
    """Yield each longest row of words in capitals that no sentence's end or line break parts."""
    run: list[Token] = []
    for token in block.tokens:
        written = block.text[token.start : token.end]
        is_capital = written.isupper() and (len(written) > 1 or written in "AIO&")
        if run and (not is_capital or any(char in ".!?\n:;|" for char in block.text[run[-1].end : token.start])):
            yield run
            run = []
        if is_capital and not any(char.isdigit() for char in written):
            run.append(token)
    if run:
        yield run


KIND = Kind("capitals", ("min_words",), ("phrase",), _read, _find)
