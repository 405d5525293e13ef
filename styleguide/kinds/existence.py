"""What should not be there at all: marks, words or patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from styleguide.kinds._patterns import PATTERN_KEYS, Patterns, find_patterns, read_patterns
from styleguide.kinds._terms import hit_term, is_quoted, read_terms
from styleguide.reading import Reading
from styleguide.rules import Hit, Kind, Rule, Source, Term, hit_at
from styleguide.yaml_entries import Entry


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[re.Pattern[str] | Patterns | None, tuple[Term, ...]]:
    terms = read_terms(entry, sources) + read_terms(entry, sources, "tokens")
    if "patterns" in entry:
        return read_patterns(entry), terms
    if terms:
        return None, terms
    marks = entry.text("marks")
    if any(char.isalnum() or char.isspace() for char in marks):
        raise entry.wrong("marks", "“marks” must hold punctuation only; words belong in “terms”.")
    # A run of marks counts once, and only after a word: "!important" and "!=" are code.
    return re.compile(rf"(?<=[\w)\"'”’»])[{re.escape(marks)}]+(?=[\s\"'”’»)]|$)"), ()


def _find(rule: Rule, reading: Reading) -> Iterator[Hit]:
    parameters: re.Pattern[str] | Patterns | None = rule.parameters
    if isinstance(parameters, Patterns):
        for block, start, end in find_patterns(rule, reading, parameters):
            yield hit_at(rule, block, start, end)
    elif parameters is not None:
        yield from _find_marks(rule, reading, parameters)


def _find_marks(rule: Rule, reading: Reading, pattern: re.Pattern[str]) -> Iterator[Hit]:
    for block in reading.blocks(rule):
        for match in pattern.finditer(block.text):
            start, end = match.span()
            if block.is_unread(start, end) or is_quoted(block, start, end):
                continue
            sentence = block.sentence_at(start).text
            yield Hit(rule, block, start, end, sentence.lower(), sentence, arguments={"mark": match.group()})


KIND = Kind(
    "existence", ("marks", "terms", "tokens", *PATTERN_KEYS), ("mark", "phrase", "better"), _read, _find, hit_term
)
