"""Marks that should not be there at all, such as exclamation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from styleguide.blocks import Block, TextDocument
from styleguide.kinds._terms import is_quoted
from styleguide.rules import Hit, Kind, Rule, Source, Term
from styleguide.yaml_entries import Entry


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[re.Pattern[str], tuple[Term, ...]]:
    marks = entry.text("marks")
    if any(char.isalnum() or char.isspace() for char in marks):
        raise entry.wrong("marks", "“marks” must hold punctuation only; words belong in a “substitution” rule.")
    # A run of marks counts once, and only after a word: "!important" and "!=" are code.
    return re.compile(rf"(?<=[\w)\"'”’»])[{re.escape(marks)}]+(?=[\s\"'”’»)]|$)"), ()


def _find(rule: Rule, blocks: Iterable[Block], _document: TextDocument) -> Iterator[Hit]:
    pattern: re.Pattern[str] = rule.parameters
    for block in blocks:
        for match in pattern.finditer(block.text):
            start, end = match.span()
            if block.is_unread(start, end) or is_quoted(block, start, end):
                continue
            sentence = block.sentence_at(start).text
            yield Hit(rule, block, start, end, sentence.lower(), sentence, arguments={"mark": match.group()})


KIND = Kind("existence", ("marks",), ("mark",), _read, _find)
