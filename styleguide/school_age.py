"""A readability score as a school age in words: what a number means to somebody who writes."""

from __future__ import annotations

_EASE_BANDS = (
    (80.0, "primary school, up to age 11"),
    (60.0, "lower secondary school, age 12 to 15"),
    (50.0, "upper secondary school, age 15 to 18"),
    (30.0, "university"),
    (float("-inf"), "specialists"),
)
"""Flesch's bands (The Art of Readable Writing, 1949), which its adaptations to other languages keep."""

_GULPEASE_BANDS = (
    (80.0, "primary school, up to age 11"),
    (60.0, "lower secondary school, age 11 to 14"),
    (40.0, "upper secondary school, age 14 to 19"),
    (float("-inf"), "university"),
)
"""Easy to read with that schooling, after Lucisano and Piemontese (1988)."""

_MARTINS_BANDS = (
    (75.0, "primary school, up to age 10"),
    (50.0, "lower secondary school, age 11 to 14"),
    (25.0, "upper secondary school, age 15 to 18"),
    (float("-inf"), "university"),
)
"""Very easy, easy, difficult and very difficult, after Martins and others (1996)."""

_LIX_BANDS = (
    (30.0, "primary school, up to age 11"),
    (40.0, "lower secondary school, age 12 to 15"),
    (50.0, "upper secondary school, age 15 to 18"),
    (60.0, "university"),
    (float("inf"), "specialists"),
)
"""Björnsson's bands (Läsbarhet, 1968): children's books, fiction, newspapers, official texts, specialist prose."""

_BANDS = {"it": _GULPEASE_BANDS, "pt": _MARTINS_BANDS}

_YEARS_BEFORE_SCHOOL = {"fi": 6, "pl": 6}
"""Children are this old a year before the first grade's end: in Finland and Poland school begins with seven."""

_USUAL_YEARS_BEFORE_SCHOOL = 5
"""In the United States, Austria and the Czech Republic the first grade is for children of six."""

_LAST_SCHOOL_YEAR = 12
_LAST_UNIVERSITY_YEAR = 16


def school_age(lang: str, *, grade: float | None, ease: float | None, lix: float) -> str:
    """Return in words whom a score suits: a school age, or "university" and "specialists" above it."""
    if grade is not None:
        return _age_of_grade(grade, _YEARS_BEFORE_SCHOOL.get(lang, _USUAL_YEARS_BEFORE_SCHOOL))
    if ease is not None:
        return next(words for least, words in _BANDS.get(lang, _EASE_BANDS) if ease >= least)
    return next(words for most, words in _LIX_BANDS if lix < most)


def _age_of_grade(grade: float, years_before: int) -> str:
    years = max(1, round(grade))
    if years > _LAST_UNIVERSITY_YEAR:
        return "specialists"
    if years > _LAST_SCHOOL_YEAR:
        return "university"
    age = years + years_before
    return f"age {age} to {age + 1}"
