"""Dates in running text: every month in every language, inflected, in numbers, and what is no date."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from checks.statement.dates import find_dates, find_years
from checks.statement.phrases import languages


@pytest.mark.parametrize("lang", list(languages()))
@pytest.mark.parametrize("width", ["full", "long", "medium"])
def test_every_month_is_read_as_the_cldr_writes_it(lang: str, width: str) -> None:
    for month in range(1, 13):
        day = date(2024, month, 23)
        found = find_dates(f"x {format_date(day, width, locale=lang)} y", lang)
        assert [one.day for one in found] == [day], (lang, width, month)


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("lv", "pārskatīts 2024. gada 23. septembrī", date(2024, 9, 23)),
        ("hu", "2024. szeptember 23-án készült", date(2024, 9, 23)),
        ("lt", "2024 m. rugsėjo 23 d.", date(2024, 9, 23)),
        ("en", "September 23rd, 2024", date(2024, 9, 23)),
        ("en", "the 23rd of September 2024", date(2024, 9, 23)),
        ("fr", "le 1er mars 2024", date(2024, 3, 1)),
        ("bg", "23.09.2024 г.", date(2024, 9, 23)),
        ("cs", "dne 29. 07. 2022", date(2022, 7, 29)),
        ("mt", "23 ta’ Settembru 2024", date(2024, 9, 23)),
        ("sv", "den 23:e september 2024", date(2024, 9, 23)),
        ("en", "23-Sep-2024", date(2024, 9, 23)),
        ("es", "23 de setiembre de 2024", date(2024, 9, 23)),
        ("de", "Stand: 23.09.24", date(2024, 9, 23)),
    ],
)
def test_dates_as_people_write_them(lang: str, text: str, day: date) -> None:
    assert [one.day for one in find_dates(text, lang)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "Directive (EU) 2016/2102",
        "EN 301 549 V3.2.1 (2021-03)",
        "lag (2018:1937)",
        "31.02.2024",
        "9.1.4.13",
        "1.4.12",
        "+44 1632 960130",
    ],
)
def test_numbers_that_are_no_dates(text: str) -> None:
    assert find_dates(text, "en") == []


def test_a_month_without_a_day_is_its_last_day() -> None:
    (found,) = find_dates("do końca czerwca 2024 r.", "pl")
    assert (found.day, found.is_whole) == (date(2024, 6, 30), False)


def test_a_year_alone_is_its_last_day() -> None:
    assert [one.day for one in find_years("by the end of 2027, see 2016/2102 and 2018:1937")] == [date(2027, 12, 31)]


@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    for found in find_dates(text, "de"):
        assert 0 <= found.start < found.end <= len(text)
