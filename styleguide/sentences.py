"""Sentences with their places, found in one pass over a block's text.

A full stop ends a sentence only before white space or the end of the block, so decimals, URLs and file names stay
whole; abbreviations, initials and ordinal numbers are known for each language (`data/abbreviations.yaml`). Blocks are
split one by one, so headings, list items and table cells never run together.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from styleguide.resources import load_data

_END = re.compile(
    r"\n|[。！？]+[」』”）]*|(?<=[a-zß-ÿ])[;:](?=[A-ZÀ-Þ][a-zß-ÿ]* )"
    r"|(?<![.!?…])[.!?…]++(?:[\"'”’»“)\]]|[ ]»(?=\s|$))*+(?=\s|$)",
)
"""Where a sentence may end: a line break, a full-width stop, a colon or semicolon with a capital right behind it (a
line break that was lost: "if:The form"), or a stop with its closing marks before white space.

Possessive, and begun only at the first stop of a row, so that a row of stops costs no more than its length."""

_OPENING = "\"'“‘«„‚([¿¡–—-• "
_LAST_WORD = re.compile(r"[^\s(\[“„\"'‘«/]*$")
_ABBREVIATION_BEFORE = re.compile(r"(?:^|[\s(\[])([^\W\d_]{1,12})\. ?$")
_INITIALISM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]", re.UNICODE)
_WORD = re.compile(r"[^\W_]+")
_ORDINAL = re.compile(r"\d{1,2}")
_ABBREVIATION_WINDOW = 24
"""Characters before a stop that are looked at for an abbreviation: longer than the longest in the data."""

_ORDINAL_LANGUAGES = frozenset({"cs", "da", "de", "et", "fi", "hr", "hu", "is", "lv", "nb", "nn", "no", "sk", "sl"})
"""Languages that write "3." for "third", so that a number and a stop seldom end a sentence."""


class Sentence(NamedTuple):
    """One sentence and its offsets in the block's text."""

    start: int
    end: int
    text: str


class _Abbreviations(NamedTuple):
    never: frozenset[str]
    before_number: frozenset[str]
    may_end: frozenset[str]
    openers: frozenset[str]


@lru_cache(maxsize=64)
def _abbreviations(lang: str) -> _Abbreviations:
    data = load_data("abbreviations.yaml")
    common, own = data["all"], data.get(lang, {})

    def words(key: str) -> frozenset[str]:
        return frozenset(f"{common.get(key, '')} {own.get(key, '')}".lower().split())

    return _Abbreviations(words("never_end"), words("before_number"), words("may_end"), words("openers"))


def split_sentences(text: str, lang: str) -> tuple[Sentence, ...]:
    """Return the sentences of one block's text. Takes time linear in its length; a text without words gives none."""
    sentences: list[Sentence] = []
    start = 0
    for match in _END.finditer(text):
        if _ends_here(text, match, lang):
            _add(sentences, text, start, match.end())
            start = match.end()
    _add(sentences, text, start, len(text))
    return tuple(sentences)


def _add(sentences: list[Sentence], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    piece = text[start:end]
    if any(char.isalnum() for char in piece):
        sentences.append(Sentence(start, end, piece))


def _ends_here(text: str, match: re.Match[str], lang: str) -> bool:
    mark = match.group()
    if mark[0] in "\n。！？;:":
        return True
    following = _next_visible(text, match.end())
    if not following or following == "\n":
        return True
    if following.islower() or following in ",;:":
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    return _stop_ends(text, match, lang)


def _stop_ends(text: str, match: re.Match[str], lang: str) -> bool:
    """Return whether a single full stop before a capital, a digit or a mark ends its sentence."""
    window = text[max(0, match.start() - _ABBREVIATION_WINDOW) : match.start()]
    found = _LAST_WORD.search(window)
    last = found.group() if found else ""
    known = _abbreviations(lang)
    is_before_number = _next_visible(text, match.end()).isdigit()
    if last.lower() in known.never or (is_before_number and last.lower() in known.before_number):
        return False
    is_number = last.isdigit()
    if (is_number and is_before_number) or last.lower() in known.before_number:
        # "Doc. No. AB-1", "Sec. 39. 1": the second stop belongs to the abbreviation before it
        before = _ABBREVIATION_BEFORE.search(window[: len(window) - len(last)])
        if before and before.group(1).lower() in (known.never | known.before_number if is_number else known.never):
            return False
    if _ORDINAL.fullmatch(last):
        if _is_list_number(text, match.start() - len(last)):
            return False
        return lang not in _ORDINAL_LANGUAGES or _opens_sentence(text, match.end(), known)
    is_initial = len(last) == 1 and last.isupper()
    if last.lower() in known.may_end or is_initial or _INITIALISM.fullmatch(last):
        return (lang == "en" and last == "I") or _opens_sentence(text, match.end(), known)
    return True


def _opens_sentence(text: str, position: int, known: _Abbreviations) -> bool:
    """Return whether the next word is one that usually opens a sentence."""
    next_word = _WORD.match(text[position : position + _ABBREVIATION_WINDOW].lstrip(_OPENING))
    return next_word is not None and next_word.group().lower() in known.openers


def _is_list_number(text: str, start: int) -> bool:
    """Return whether the number at `start` opens the block or a line, as in "1. Fill in the form"."""
    return start == 0 or text[start - 1] == "\n"


def _next_visible(text: str, position: int) -> str:
    """Return the first character after `position` that is neither a space nor an opening mark, or ""."""
    while position < len(text) and text[position] in _OPENING:
        position += 1
    return text[position] if position < len(text) else ""
