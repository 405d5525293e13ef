"""Words with their places: the units that rules match and formulas count."""

from __future__ import annotations

import re
from typing import NamedTuple


class Token(NamedTuple):
    """One word: lower-cased, typographic apostrophes made plain, with its offsets in the block's text."""

    word: str
    start: int
    end: int


_TOKEN = re.compile(r"[^\W_]+(?:[.'’‑-][^\W_]+)*")
"""Letters and digits, joined by single dots, apostrophes or hyphens: `e.g`, `don't`, `above-mentioned`, `gov.uk`."""

_CHUNK = re.compile(r"[^\s—–]+")
"""A word as people count them: what stands between white space or dashes. `and/or`, `1,000.50` and a URL are one."""

_WORDLIKE = re.compile(r"[^\W_]")

_PLAIN = str.maketrans({"’": "'", "‑": "-"})


def tokenise(text: str, unread: tuple[tuple[int, int], ...] = ()) -> tuple[Token, ...]:
    """Return the words of `text` outside the `unread` spans (sorted, not overlapping), in time linear in its length."""
    tokens: list[Token] = []
    spans = iter(unread)
    skip_start, skip_end = next(spans, (len(text), len(text)))
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while start >= skip_end and skip_end < len(text):
            skip_start, skip_end = next(spans, (len(text), len(text)))
        if end <= skip_start:
            word = match.group().lower()
            tokens.append(Token(word if word.isascii() else word.translate(_PLAIN), start, end))
    return tuple(tokens)


def list_words(text: str) -> list[str]:
    """Return the words of `text` as people count them, punctuation at their ends included."""
    return [chunk for chunk in _CHUNK.findall(text) if _WORDLIKE.search(chunk)]


def words_in(text: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(text.split())
