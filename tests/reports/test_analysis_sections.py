"""Sections of a site: which folder a page belongs to, and whose reading age a section has."""

from __future__ import annotations

import pytest

from checks.model import Readability
from reports.analysis.sections import MAX_SECTIONS, OTHERS, Sections

AGES = {6.0: "age 11 to 12", 9.0: "age 14 to 15", 14.0: "university"}


def text(grade: float | None = 9.0, lang: str = "en") -> Readability:
    if grade is None:
        return Readability(lang, 40, 3, 13.0, no_score_reason="Only 40 words.")
    return Readability(lang, 300, 20, 2 * grade, grade, None, "FK", AGES[grade], scores={"FK": grade, "LIX": 40.0})


def sections(pages: dict[str, Readability]) -> dict[str, tuple[int, str]]:
    found = Sections()
    for path, numbers in pages.items():
        found.add(path if "://" in path else f"https://town.example{path}", numbers)
    return {row.section: (row.n_pages, row.school_age) for row in found.summaries()}


def test_first_folder_is_the_section_and_the_middle_page_stands_for_it() -> None:
    pages = {
        "/tax/": text(6.0),
        "/tax/pay": text(14.0),
        "/tax/late/fines": text(14.0),
        "/news/1": text(),
        "/": text(None),
    }
    assert sections(pages) == {"/tax/": (3, "university"), "/news/": (1, "age 14 to 15"), "/": (1, "")}


@pytest.mark.parametrize("folder", ["en", "services"])
def test_folder_of_nearly_all_pages_is_told_apart_by_its_folders(folder: str) -> None:
    pages = {f"/{folder}/tax/a": text(), f"/{folder}/tax/b": text(), f"/{folder}/news/a": text(6.0)}
    assert sections(pages) == {f"/{folder}/tax/": (2, "age 14 to 15"), f"/{folder}/news/": (1, "age 11 to 12")}


def test_languages_and_hosts_are_told_apart() -> None:
    found = Sections()
    for url, lang in (
        ("https://a.example/x/1", "en"),
        ("https://a.example/x/2", "de"),
        ("https://b.example/x/1", "en"),
    ):
        found.add(url, text(lang=lang))
    assert [(row.section, row.lang) for row in found.summaries()] == [
        ("a.example/x/", "de"),
        ("a.example/x/", "en"),
        ("b.example/x/", "en"),
    ]


def test_site_of_one_section_has_none() -> None:
    assert sections({"/a": text(), "/b": text()}) == {}


def test_pages_without_a_score_are_counted() -> None:
    found = Sections()
    found.add("https://town.example/a/1", text(None))
    found.add("https://town.example/a/2", text())
    found.add("https://town.example/b/1", text())
    assert [row.n_no_score for row in found.summaries()] == [1, 0]


def test_endless_folders_are_joined() -> None:
    shown = sections({f"/{number}/page": text() for number in range(MAX_SECTIONS + 20)})
    assert shown[OTHERS] == (20, "age 14 to 15")
