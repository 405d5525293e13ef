"""Words with their places: the units that rules match and formulas count."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
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


MAX_REMEMBERED = 100
"""Characters of a text whose words are remembered: menus, links and buttons, which are on page after page."""

_make = tuple.__new__  # a third of the time of a NamedTuple's own


def tokenise(text: str, unread: tuple[tuple[int, int], ...] = ()) -> tuple[Token, ...]:
    """Return the words of `text` outside the `unread` spans (sorted, not overlapping), in time linear in its length."""
    return _remembered(text, unread) if len(text) <= MAX_REMEMBERED else _tokens(text, unread)


@lru_cache(maxsize=4_096)
def _remembered(text: str, unread: tuple[tuple[int, int], ...]) -> tuple[Token, ...]:
    return _tokens(text, unread)


def _tokens(text: str, unread: tuple[tuple[int, int], ...]) -> tuple[Token, ...]:
    if not unread and text.isascii():
        return tuple([_make(Token, (match[0], *match.span())) for match in _TOKEN.finditer(text.lower())])
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


def first_words(text: str, most: int) -> tuple[Token, ...]:
    """Return the first words of `text`; the rest of it is not read."""
    found = islice(_TOKEN.finditer(text), most)
    return tuple(Token(match[0].lower().translate(_PLAIN), *match.span()) for match in found)


def list_words(text: str) -> list[str]:
    """Return the words of `text` as people count them, punctuation at their ends included."""
    return [chunk for chunk in _CHUNK.findall(text) if _WORDLIKE.search(chunk)]


def words_in(text: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(text.split())
