"""A word that is written twice in a row by mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from styleguide.kinds._terms import is_quoted
from styleguide.reading import Reading
from styleguide.rules import Hit, Kind, Rule, Source, Term, hit_at
from styleguide.yaml_entries import Entry


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[frozenset[str], tuple[Term, ...]]:
    return frozenset(word.lower() for word in entry.texts("except")), ()


def _find(rule: Rule, reading: Reading) -> Iterator[Hit]:
    allowed: frozenset[str] = rule.parameters
    for block in reading.blocks(rule):
        text = block.text
        for one, two in pairwise(block.tokens):
            if one.word != two.word or text[one.end : two.start] != " " or one.word in allowed:
                continue
            # "Baden Baden" and "No. 12 12" are names and figures; a mistake repeats the word as it is.
            is_word = one.word.isalpha() and (text[two.start].islower() or not text[one.start].isupper())
            if is_word and not is_quoted(block, one.start, two.end):
                yield hit_at(rule, block, one.start, two.end, word=one.word)


KIND = Kind("repetition", ("except",), ("phrase", "word"), _read, _find)
