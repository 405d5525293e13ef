"""What the kinds that look for patterns share: reading them from YAML, and finding them where they count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import re2

from styleguide.blocks import Block, BlockKind
from styleguide.kinds._terms import is_quoted
from styleguide.reading import Reading, compile_pattern, compile_search
from styleguide.rules import Rule
from styleguide.yaml_entries import Entry

PATTERN_KEYS = ("patterns", "except", "case_sensitive", "at", "quoted", "across_sentences")

_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
"""Kinds that are prose unless they are nothing but a link: then they are the name of another page."""

_AT = ("anywhere", "start", "end", "whole")


@dataclass(frozen=True, slots=True)
class Patterns:
    """What to find, what spares a place when it overlaps it, and whether quoted words count."""

    wanted: tuple[Any, ...]
    spared: Any | None
    in_quotes: bool
    across_sentences: bool


def read_patterns(entry: Entry, key: str = "patterns") -> Patterns:
    """Return the patterns of a rule file. RuleFileError for one that RE2 cannot read."""
    case_sensitive = entry.flag("case_sensitive")
    at = entry.choice("at", _AT) if "at" in entry else "anywhere"
    if read_pattern(entry, key, case_sensitive=case_sensitive) is None:
        raise entry.wrong(key, f"“{key}” is empty; list at least one pattern.")
    wanted = compile_search(entry.texts(key), case_sensitive=case_sensitive, at=at)
    spared = read_pattern(entry, "except", case_sensitive=case_sensitive)
    return Patterns(wanted, spared, entry.flag("quoted"), at != "anywhere" or entry.flag("across_sentences"))


def read_pattern(entry: Entry, key: str, *, case_sensitive: bool) -> Any | None:
    """Return the patterns under `key` as one, or None where there are none."""
    texts = entry.texts(key)
    if not texts:
        return None
    try:
        joined = compile_pattern(texts, case_sensitive=case_sensitive)
        if not joined.fullmatch(""):
            return joined
    except re2.error:
        pass  # one of them is wrong: below it is said which
    for text in texts:
        try:
            if compile_pattern([text]).fullmatch(""):
                raise entry.wrong(key, f"the pattern “{text}” matches nothing at all; make it need a character.")
        except re2.error as error:
            raise entry.wrong(key, f"the pattern “{text}” cannot be read: {_said(error)}. (RE2 syntax.)") from error
    return compile_pattern(texts, case_sensitive=case_sensitive) if texts else None


def _said(error: Exception) -> str:
    said = error.args[0] if error.args else error
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def find_patterns(rule: Rule, reading: Reading, patterns: Patterns) -> Iterator[tuple[Block, int, int]]:
    """Yield the places that count: in one sentence where asked, the author's own prose, not quoted and not spared."""
    for block, start, end in reading.search(rule, patterns.wanted):
        if block.kind in _PROSE and block.is_menu_entry:
            continue
        if block.is_unread(start, end) or (not patterns.in_quotes and is_quoted(block, start, end)):
            continue
        sentence = block.sentence_at(start)
        if end > sentence.end and not patterns.across_sentences:
            continue
        if patterns.spared is not None and is_spared(patterns.spared, block.text, start, end):
            continue
        yield block, start, end


SPARED_WITHIN = 60
"""Characters to either side in which an exception is looked for."""


def is_spared(spared: Any, text: str, start: int, end: int) -> bool:
    """Return whether an exception overlaps the words."""
    low = max(0, start - SPARED_WITHIN)
    window = text[low : end + SPARED_WITHIN]
    return any(match.start() + low < end and match.end() + low > start for match in spared.finditer(window))
