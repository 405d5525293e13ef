"""A small rehearsal: all figures of the report to the Commission are those that follow from what was planted.

`make rehearsal` does the same at full size. Here most scans are filled through the store; one is a real crawl.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from monitoring.member_state.intervals import wilson
from monitoring.rehearsal.country import YEARS, invent
from monitoring.rehearsal.run import Rehearsed, Size, rehearse
from monitoring.rehearsal.statements import STATEMENT_DEFECTS, failing_checks, statement
from monitoring.rehearsal.templates import BY_ID, DEFECTS, PATHS, page
from monitoring.rehearsal.truth import PAPERS_BY_ID, Expected, differences, halved

BODIES, SEED = 8, 1356
"""In every sample of this country some sites have defects and some have none, whatever port the server gets; and the
sites with most of them in 2027 have a statement and documents that are wrong, too."""


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rehearsed, Path]:
    folder = tmp_path_factory.mktemp("rehearsal")
    size = Size(bodies=BODIES, live=1, deep=0, workers=1, live_years=YEARS[-1:])
    return rehearse(folder, size, seed=SEED, tell=lambda _line: None), folder


@pytest.mark.browser
def test_every_figure_of_the_report_is_as_planted(rehearsed: tuple[Rehearsed, Path]) -> None:
    done, _ = rehearsed
    assert done.differences == []
    assert done.figures > 3_000
    assert (done.crawled, done.reports) == (1, 1)
    figures = json.loads((done.report / "figures.json").read_text(encoding="utf-8"))["figures"]
    for name in (
        "criterion_failed",
        "criterion_failed_change",
        "again_gone",
        "again_new",
        "statement_found",
        "statement_failed",
        "criterion_person",
    ):
        assert any(figure["name"] == name and figure["of"] for figure in figures), name
    for name in ("documents", "statement_failed"):
        assert any(figure["name"] == name and figure["count"] for figure in figures), name
    assert any(figure["name"] == "replaced_sites" and figure["count"] == 1 for figure in figures)
    assert any(figure["name"] == "any_failed" and 0 < figure["count"] < figure["of"] for figure in figures)
    assert {figure["year"] for figure in figures} == set(YEARS)


@pytest.mark.browser
def test_a_crawl_finds_what_is_planted_and_nothing_else(rehearsed: tuple[Rehearsed, Path]) -> None:
    _, folder = rehearsed
    [log] = (folder / "2027-simplified").glob("*/campaign.log")
    with sqlite3.connect(log.parent / "curbcut.sqlite") as database:
        found = database.execute("SELECT DISTINCT rule, outcome FROM finding").fetchall()
        pages = database.execute("SELECT count(*) FROM page").fetchone()[0]
    database.close()
    number = int(log.parent.name.split(".")[3].split("-")[0]) - 1
    site = invent(BODIES, seed=SEED).sites[number - 1]
    assert site.planted[2027]
    planted = {
        (defect.rule, "cantTell" if defect.asks else "failed")
        for defect in map(BY_ID.get, site.planted[2027])
        if defect
    }
    in_papers = {(PAPERS_BY_ID[name].rule, "failed") for wrong in site.papers[2027].values() for name in wrong}
    assert in_papers
    assert set(found) == planted | in_papers
    assert pages == site.n_pages(2027) == len(PATHS) + 1


def test_a_figure_that_is_wrong_missing_or_too_much_is_told() -> None:
    row = {"name": "n", "year": 1, "method": "m", "by": "all", "group": "", "subject": "", "count": 1, "of": 2}
    row |= {"value": 0.5, "low": None, "high": None}
    key = ("n", 1, "m", "all", "", "")
    assert differences([row], {key: Expected(1, 2, 0.5)}) == []
    assert differences([row], {key: Expected(2, 2, 1.0)}) == [
        f"{key}: count is 1, not 2",
        f"{key}: value is 0.5, not 1.0",
    ]
    assert differences([row], {}) == [f"{key}: not expected"]
    assert differences([], {key: Expected(1, 2, 0.5)}) == [f"{key}: missing"]


@pytest.mark.parametrize(("count", "of"), [(0, 7), (3, 7), (7, 7), (81, 263)])
def test_intervals_found_by_halving_are_those_of_the_formula(count: int, of: int) -> None:
    assert halved(count / of, of) == pytest.approx(wilson(count, of), abs=1e-9)


def test_the_same_seed_makes_the_same_country_and_defects_are_mended_and_come_back() -> None:
    country = invent(60, seed=5)
    assert country == invent(60, seed=5)
    before, after = ([site.planted[year] for site in country.sites] for year in YEARS[:2])
    assert any(old - new for old, new in zip(before, after, strict=True))
    assert any(new - old for old, new in zip(before, after, strict=True))


def test_each_thing_that_is_wrong_with_a_statement_changes_it_and_one_check_fails() -> None:
    today = date(2026, 11, 26)
    right = statement("Town", "https://town.example/", (), today)
    for defect in STATEMENT_DEFECTS:
        assert statement("Town", "https://town.example/", (defect.id,), today) != right
        failing = failing_checks((defect.id,), (), has_markup=False, has_failures=True)
        assert failing == {defect.check}


def test_a_defect_changes_its_own_markup_only() -> None:
    right = page("Town", "", ())
    for defect in DEFECTS:
        wrong = page("Town", "", (defect.id,))
        assert wrong != right
        assert len(set(wrong.splitlines()) ^ set(right.splitlines())) <= 2
