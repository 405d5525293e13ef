"""Finds dates in running text in the EU's 24 languages, with the names of months from the Unicode CLDR (Babel)."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale

FIRST_YEAR, LAST_YEAR = 1990, 2100
STEM_CHARS = 3
"""A month's name may be inflected: "septembrī" for "septembris". This many letters of it must stand."""

OTHER_NAMES = {"es": {"setiembre": 9}}
"""Names of months that the Unicode CLDR does not list."""

_NUMERIC = re.compile(
    r"(?<![\d./-])(?:(?P<y>\d{4})\s?[-./]\s?(?P<m>\d{1,2})\s?[-./]\s?(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})\s?[./-]\s?(?P<m2>\d{1,2})\s?[./-]\s?(?P<y2>\d{4})"
    r"|(?P<d3>\d{2})[./](?P<m3>\d{2})[./](?P<y3>\d{2}))(?![\d/-])"
)
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:\.|º|°|ª|:[ea]|er|st|nd|rd|th|-?[a-zà-ž]{1,4})(?![^\W\d_]))?"
_GLUE = r"[\s.,-]{0,3}(?:(?:de|del|do|di|d|ta|of|den|a|w|г|gada|m|év)[’'.]?\s{1,2}){0,2}"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text. `is_whole` is false where only the month or the year was given: then it is the last day."""

    day: date
    start: int
    end: int
    text: str
    is_whole: bool = True


def find_dates(text: str, lang: str) -> list[FoundDate]:
    """Return the dates of a text in order. Numbers are read day first, as everywhere in the EU."""
    flat = _flat(text)
    found: list[FoundDate] = []
    for candidate in (*_numeric(text), *_worded(flat, text, lang)):
        if not any(candidate.start < other.end and other.start < candidate.end for other in found):
            found.append(candidate)
    return sorted(found, key=lambda one: one.start)


def find_years(text: str) -> list[FoundDate]:
    """Return the years that stand alone in a text, each as its last day."""
    matches = re.finditer(r"(?<![\d./:-])20\d{2}(?![\d/:-]|\.\d)", text)
    return [FoundDate(date(int(m[0]), 12, 31), m.start(), m.end(), m[0], is_whole=False) for m in matches]


def _numeric(text: str) -> Iterator[FoundDate]:
    for m in _NUMERIC.finditer(text):
        year = m["y"] or m["y2"] or f"20{m['y3']}"
        day = _date(year, m["m"] or m["m2"] or m["m3"], m["d"] or m["d2"] or m["d3"])
        if day is not None:
            yield FoundDate(day, m.start(), m.end(), m[0])


def _worded(flat: str, text: str, lang: str) -> Iterator[FoundDate]:
    for pattern, is_whole in _patterns(lang):
        for m in pattern.finditer(flat):
            month = _month(m["month"], lang)
            if month is None:
                continue
            last = str(monthrange(int(m["year"]), month)[1]) if not is_whole else m["day"]
            day = _date(m["year"], str(month), last)
            if day is not None:
                yield FoundDate(day, m.start(), m.end(), text[m.start() : m.end()].strip(), is_whole)


@cache
def _patterns(lang: str) -> tuple[tuple[re.Pattern[str], bool], ...]:
    stems = sorted({re.escape(name[:STEM_CHARS]) for name in _names(lang)}, key=len, reverse=True)
    month = rf"(?P<month>(?:{'|'.join(stems)})[^\W\d_]*(?:\s(?:{'|'.join(_second_words(lang)) or '(?!)'}))?)"
    year = r"(?P<year>(?:19|20)\d{2})(?!\d)"
    no_letter = r"(?<![^\W_])"
    return (
        (re.compile(rf"{no_letter}{_DAY}{_GLUE}{month}{_GLUE}{year}"), True),
        (re.compile(rf"{no_letter}{year}{_GLUE}{month}\.?\s?(?P<day>\d{{1,2}})(?!\d)"), True),
        (re.compile(rf"{no_letter}{year}{_GLUE}(?P<day>\d{{1,2}})\.?\s{month}"), True),
        (re.compile(rf"{no_letter}{month}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{year}"), True),
        (re.compile(rf"{no_letter}{month}{_GLUE}{year}"), False),
    )


def _month(written: str, lang: str) -> int | None:
    """Return the number of a month however it is inflected: the name with the longest beginning in common."""
    best, shared_best, is_tied = None, STEM_CHARS - 1, False
    for name, number in _names(lang).items():
        shared = _shared(name, written)
        if shared > shared_best:
            best, shared_best, is_tied = number, shared, False
        elif shared == shared_best and best != number:
            is_tied = True
    rest = len(written) - shared_best
    return None if best is None or is_tied or rest > STEM_CHARS else best


@cache
def _names(lang: str) -> dict[str, int]:
    months = Locale(lang).months
    return OTHER_NAMES.get(lang, {}) | {
        _flat(name): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in months[context][width].items()
        if len(name.strip(".")) >= STEM_CHARS
    }


@cache
def _second_words(lang: str) -> tuple[str, ...]:
    """Return what follows in names of two words: "Meán Fómhair" in Irish."""
    return tuple(sorted({re.escape(name.split(" ", 1)[1]) for name in _names(lang) if " " in name}))


def _shared(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one.rstrip("."), other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _flat(text: str) -> str:
    """Return `text` in one case and without accents, each character still at its place."""
    return "".join(_flat_char(char) for char in text)


@cache
def _flat_char(char: str) -> str:
    bare = unicodedata.normalize("NFKD", char.lower())[:1]
    return " " if bare.isspace() else bare or char


def _date(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
