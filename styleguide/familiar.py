"""Dale and Chall's familiar words: which words of an English text their formula counts as difficult.

The list ships in textstat, which counts each plural and each name as difficult. Dale and Chall's own instructions (A
formula for predicting readability, 1948) count regular forms of a listed word, names and numbers as familiar, and an
abbreviation as one unfamiliar word.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from styleguide.words import words_in

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ier", "y"), ("iest", "y"), ("ily", "y"),
    ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
    ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ly", ""), ("n't", ""),
)  # fmt: skip
"""Endings of regular forms, and what the listed word has in their place."""

_ABBREVIATION = re.compile(r"[A-Z&]{2,6}s?|(?:[A-Z]\.){2,6}[A-Z]?")
"""Capitals that stand for something a reader must know: `VAT`, `PDFs`, `U.S.C`."""

_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
"""Roman numerals as people number parts and wars."""

_KNOWN_ABBREVIATIONS = words_in("US USA UK EU UN TV OK AM PM DC ID PC DVD")
"""Abbreviations that everybody reads as words; Dale and Chall name a.m., p.m., U.S. and D.C."""

_POSSESSIVE = re.compile(r"'(?:s|d|ll|re|ve|m)?$")


@cache
def _listed() -> frozenset[str]:
    spec = find_spec("textstat")  # found, not imported: importing it takes most of a second
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("textstat, which carries the list of familiar words, is not installed.")
    file = Path(spec.submodule_search_locations[0]) / "resources" / "en" / "easy_words.txt"
    return frozenset(file.read_text("utf-8").lower().split())


def is_familiar(word: str, *, is_first: bool = False) -> bool:
    """Return whether a word, as written in a sentence, is familiar. `is_first`: a capital there makes no name."""
    bare = _EDGES.sub("", word).replace("’", "'")
    if not bare or not bare[0].isalpha():
        return True
    written = _POSSESSIVE.sub("", bare)
    if _ABBREVIATION.fullmatch(written) and not _ROMAN.fullmatch(written):
        return written.replace(".", "") in _KNOWN_ABBREVIATIONS or _is_familiar(written.lower())
    if bare[0].isupper() and not is_first:
        return True
    return _is_familiar(bare.lower())


@lru_cache(maxsize=50_000)
def _is_familiar(word: str) -> bool:
    listed = _listed()
    bare = _POSSESSIVE.sub("", word)
    if word in listed or bare in listed:
        return True
    for ending, base in _ENDINGS:
        if bare.endswith(ending):
            stem = bare[: -len(ending)]
            doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in listed
            if stem + base in listed or (doubled and not base):
                return True
    parts = bare.split("-")
    return len(parts) > 1 and all(part in listed for part in parts)
