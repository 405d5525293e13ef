"""The analysis of a scan: numbers that add up, groups that say what one mend reaches, honest verdicts."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select

from benchmarks.fake_scan import write_fake_scan
from checks.model import Outcome
from reports import analysis
from reports.analysis import Verdict
from store.database import open_database
from store.errors import NoScanError
from store.schema import evidence, finding, page, rule, scan, url


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = open_database(tmp_path / "scan.sqlite")
    with engine.connect() as open_connection:
        yield open_connection
    engine.dispose()


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Connection, int]]:
    engine = open_database(tmp_path_factory.mktemp("analysis") / "scan.sqlite")
    scan_id = write_fake_scan(engine, state="interrupted")
    with engine.connect() as open_connection:
        yield open_connection, scan_id
    engine.dispose()


def a_scan(connection: Connection, profile: str = "en301549-v3.2.1", **more: Any) -> int:
    values = {
        "state": "complete",
        "start_urls": ["https://a.example/"],
        "settings": {},
        "versions": {},
        "profile": profile,
        "started_at": "2026-01-01T00:00:00Z",
        "notes": [],
    }
    key = connection.execute(insert(scan).values(values | more)).inserted_primary_key
    assert key is not None
    return int(key[0])


def a_url(connection: Connection, scan_id: int, address: str, state: str = "checked", reason: str = "") -> int:
    values = {"scan_id": scan_id, "url": address, "kind": "page", "state": state, "reason": reason, "source": "link"}
    key = connection.execute(insert(url).values(values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def a_page(connection: Connection, scan_id: int, address: str, **more: Any) -> int:
    key = a_url(connection, scan_id, address)
    values = {
        "url_id": key,
        "scan_id": scan_id,
        "final_url": address,
        "rule_outcomes": {},
        "not_run": {},
        "cut_short": [],
    }
    connection.execute(insert(page).values(values | more))
    return key


def a_finding(connection: Connection, scan_id: int, page_id: int, **more: Any) -> int:
    values = {
        "scan_id": scan_id,
        "url_id": page_id,
        "rule": "axe/link-name",
        "engine": "axe",
        "outcome": "failed",
        "impact": "serious",
        "wcag": ["2.4.4"],
        "message": "No words.",
        "arguments": {},
        "target": ["a"],
        "fingerprint": "f1",
        "component": "c1",
        "region": "header",
    }
    key = connection.execute(insert(finding).values(values | more)).inserted_primary_key
    assert key is not None
    return int(key[0])


def a_picture(connection: Connection, scan_id: int, finding_id: int) -> None:
    size = {"media_type": "image/png", "width": 9, "height": 9, "data": b"png"}
    connection.execute(insert(evidence).values(scan_id=scan_id, finding_id=finding_id, **size))


def test_totals_add_up_and_show_what_was_not_reached(council: tuple[Connection, int]) -> None:
    connection, scan_id = council
    totals = analysis.totals(connection, scan_id)
    assert totals.adds_up
    assert totals.n_urls == connection.execute(select(func.count()).select_from(url)).scalar_one()
    assert totals.n_checked == 40
    assert totals.in_state("not_reached") == 9
    assert dict(totals.states)["Not reached yet"] == 9
    assert sum(n for _, n in totals.states) == totals.n_urls
    assert all(row.explanation for row in totals.rows)


def test_totals_keep_to_their_scan(connection: Connection) -> None:
    first, second = a_scan(connection), a_scan(connection)
    a_url(connection, first, "https://a.example/")
    a_url(connection, second, "https://a.example/", "failed", "timeout")
    assert [(row.state, row.n_urls) for row in analysis.totals(connection, second).rows] == [("failed", 1)]


def test_a_reason_of_a_newer_version_is_shown_as_it_is(connection: Connection) -> None:
    scan_id = a_scan(connection)
    a_url(connection, scan_id, "https://a.example/", "failed", "solar_flare")
    assert analysis.totals(connection, scan_id).rows[0].explanation == "solar_flare"


def test_no_scan_is_an_error(connection: Connection) -> None:
    with pytest.raises(NoScanError):
        analysis.latest_scan_id(connection)
    with pytest.raises(NoScanError):
        analysis.load_scan(connection, 7)
    assert analysis.load_scan(connection, a_scan(connection)).start_urls == ("https://a.example/",)


def test_one_barrier_in_the_header_is_one_issue(connection: Connection) -> None:
    scan_id = a_scan(connection)
    for number in range(38):
        a_finding(connection, scan_id, a_page(connection, scan_id, f"https://a.example/{number}"))
    (issue,) = analysis.issues(connection, scan_id)
    assert issue.sentence == "1 barrier in the header, on 38 pages: mend it once."
    assert (issue.n_pages, issue.n_places, issue.n_elements) == (38, 38, 1)
    places = list(
        analysis.places(connection, scan_id, rule_id=issue.rule, component=issue.component, outcome=issue.outcome)
    )
    assert len({place.url for place in places}) == 38


def test_the_example_is_the_finding_in_the_picture(connection: Connection) -> None:
    scan_id = a_scan(connection)
    first, second = (a_page(connection, scan_id, f"https://a.example/{n}") for n in (1, 2))
    for of_page in (first, second):
        for number in (1, 2):
            shown = a_finding(connection, scan_id, of_page, target=[f"#{of_page}-{number}"])
    a_finding(connection, scan_id, second, outcome="cantTell")
    a_picture(connection, scan_id, shown)
    barrier, question = analysis.issues(connection, scan_id, outcome=None)
    assert barrier.example.target == (f"#{second}-2",)
    assert barrier.picture is not None
    assert analysis.picture_data(connection, barrier.picture.finding_id) == b"png"
    assert question.picture is None, "the picture shows a barrier"
    [here] = analysis.page_issues(connection, scan_id, first)
    assert (here.example.target, here.picture) == ((f"#{first}-1",), None), "the picture shows another page"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "1 barrier in the header, on 1 page."),
        ({"region": "nowhere"}, "1 barrier, on 1 page."),
        ({"outcome": "cantTell"}, "1 question in the header, on 1 page."),
        ({"engine": "style", "region": "main"}, "1 passage in the main content, on 1 page."),
    ],
)
def test_the_sentence_fits_the_issue(connection: Connection, changes: dict[str, Any], sentence: str) -> None:
    scan_id = a_scan(connection)
    a_finding(connection, scan_id, a_page(connection, scan_id, "https://a.example/"), **changes)
    (issue,) = analysis.issues(connection, scan_id, outcome=None, style=None)
    assert issue.sentence == sentence


def test_issues_differ_by_rule_component_and_outcome(connection: Connection) -> None:
    scan_id = a_scan(connection)
    home = a_page(connection, scan_id, "https://a.example/")
    for changes in (
        {},
        {"component": "c2"},
        {"rule": "axe/other"},
        {"outcome": "cantTell"},
        {"engine": "style", "rule": "s"},
    ):
        a_finding(connection, scan_id, home, **changes)
    assert analysis.count_issues(connection, scan_id) == 3
    assert analysis.count_issues(connection, scan_id, outcome=Outcome.CANT_TELL) == 1
    assert analysis.count_issues(connection, scan_id, style=True) == 1
    assert analysis.count_questions(connection, scan_id) == 1
    everything = list(analysis.issues(connection, scan_id, outcome=None, style=None))
    assert len({issue.id for issue in everything}) == 5
    assert [issue.outcome for issue in everything][-1] == "cantTell"


def test_most_pages_come_first_then_the_worse_impact(connection: Connection) -> None:
    scan_id = a_scan(connection)
    one, two = (a_page(connection, scan_id, f"https://a.example/{n}") for n in range(2))
    a_finding(connection, scan_id, one, rule="minor", impact="minor")
    a_finding(connection, scan_id, one, rule="none", impact=None)
    a_finding(connection, scan_id, one, rule="critical", impact="critical")
    for key in (one, two):
        a_finding(connection, scan_id, key, rule="wide", impact="moderate")
    found = list(analysis.issues(connection, scan_id))
    assert [issue.rule for issue in found] == ["wide", "critical", "minor", "none"]
    assert [issue.impact for issue in found] == ["moderate", "critical", "minor", ""]


def test_places_in_two_regions_name_neither(connection: Connection) -> None:
    scan_id = a_scan(connection)
    home = a_page(connection, scan_id, "https://a.example/")
    a_finding(connection, scan_id, home, region="header")
    a_finding(connection, scan_id, home, region="footer", fingerprint="f2")
    (issue,) = analysis.issues(connection, scan_id)
    assert issue.region == ""
    assert issue.sentence == "2 barriers, on 1 page."


def test_rule_summaries_count_pages_once(connection: Connection) -> None:
    scan_id = a_scan(connection)
    home = a_page(connection, scan_id, "https://a.example/")
    a_finding(connection, scan_id, home)
    a_finding(connection, scan_id, home, component="c2", fingerprint="f2")
    (summary,) = analysis.rule_summaries(connection, scan_id)
    assert (summary.n_pages, summary.n_issues, summary.n_places) == (1, 2, 2)
    assert summary.title == "axe/link-name"


def test_issues_name_the_criteria_that_the_profile_asks_for(connection: Connection) -> None:
    scan_id = a_scan(connection)
    home = a_page(connection, scan_id, "https://a.example/")
    a_finding(connection, scan_id, home, wcag=["1.4.3", "1.4.6"])
    a_finding(connection, scan_id, home, rule="beyond", wcag=["1.4.6"], component="c2")
    assert {issue.wcag for issue in analysis.issues(connection, scan_id)} == {("1.4.3",), ("1.4.6",)}


def test_criteria_say_what_can_be_said(connection: Connection) -> None:
    scan_id = a_scan(connection)
    rules = {"failing": "1.1.1", "asking": "1.4.3", "quiet": "3.1.1", "idle": "1.2.2", "parsing": "4.1.1"}
    for rule_id, num in rules.items():
        values = {"scan_id": scan_id, "id": rule_id, "engine": "axe", "kind": "engine", "title": "T", "sources": []}
        connection.execute(insert(rule).values(values | {"wcag": [num]}))
    outcomes = {
        "failing": "failed",
        "asking": "cantTell",
        "quiet": "passed",
        "idle": "inapplicable",
        "parsing": "failed",
    }
    home = a_page(connection, scan_id, "https://a.example/", rule_outcomes=outcomes, not_run={"quiet": "timed out"})
    a_finding(connection, scan_id, home, rule="failing", wcag=["1.1.1", "2.4.4"])
    a_finding(connection, scan_id, home, rule="failing", wcag=["1.1.1", "2.4.4"], component="c2")
    a_finding(connection, scan_id, home, rule="asking", wcag=["1.4.3"], outcome="cantTell")
    a_finding(connection, scan_id, home, rule="parsing", wcag=["4.1.1"])
    a_finding(connection, scan_id, home, rule="beyond", wcag=["2.5.8"])
    a_finding(connection, scan_id, home, rule="words", wcag=["3.1.5"], engine="style")
    judged = analysis.criteria_results(connection, scan_id)
    by_num = {result.num: result for result in judged.results}
    assert by_num["1.1.1"].verdict is Verdict.FAILED
    assert (by_num["1.1.1"].n_issues_failed, by_num["1.1.1"].n_pages_failed) == (2, 1)
    assert by_num["2.4.4"].verdict is Verdict.FAILED
    assert by_num["1.4.3"].verdict is Verdict.PERSON_MUST_LOOK
    assert by_num["3.1.1"].verdict is Verdict.NOTHING_FOUND
    assert by_num["3.1.1"].n_pages_not_run == 1
    assert by_num["1.2.2"].n_rules_tested == 0
    assert "met nothing to test" in by_num["1.2.2"].sentence
    assert by_num["4.1.1"].verdict is Verdict.SATISFIED
    assert by_num["1.3.4"].verdict is Verdict.NO_RULE
    assert [(other.num, other.in_profile) for other in judged.others] == [("2.5.8", False)]
    assert sum(judged.count(verdict) for verdict in Verdict) == len(judged.profile.criteria)


def test_no_sentence_claims_conformance(council: tuple[Connection, int]) -> None:
    judged = analysis.criteria_results(*council)
    text = " ".join(f"{result.label} {result.sentence}" for result in judged.results).lower()
    assert "conform" not in text
    assert "passed" not in text


def test_pages_stream_with_most_barriers_first(council: tuple[Connection, int]) -> None:
    rows = list(analysis.pages(*council))
    assert len(rows) == analysis.count_pages(*council) == 40
    assert [row.n_failed for row in rows] == sorted((row.n_failed for row in rows), reverse=True)
    per_page = list(analysis.page_issues(*council, page_id=rows[0].id))
    assert sum(issue.n_places for issue in per_page) == rows[0].n_failed + rows[0].n_cant_tell + rows[0].n_style
    assert {issue.n_pages for issue in per_page} == {1}


def test_finding_totals_agree_with_the_pages(council: tuple[Connection, int]) -> None:
    found = analysis.finding_totals(*council)
    rows = list(analysis.pages(*council))
    assert found.n_failed == sum(row.n_failed for row in rows)
    assert found.n_style == sum(row.n_style for row in rows)
    assert found.n_cant_tell_issues == analysis.count_issues(*council, outcome=Outcome.CANT_TELL, style=None)
    assert found.n_style_issues == analysis.count_issues(*council, style=True)
    assert analysis.count_questions(*council) == found.n_cant_tell_issues
    assert found.n_cant_tell == sum(row.n_cant_tell for row in rows)
    assert found.n_failed_pages == sum(row.n_failed > 0 for row in rows)


def test_not_checked_lists_each_address_with_its_reason(council: tuple[Connection, int]) -> None:
    rows = list(analysis.not_checked(*council))
    totals = analysis.totals(*council)
    assert len(rows) == analysis.count_not_checked(*council) == totals.n_urls - totals.n_checked
    assert all(row.explanation for row in rows)
    assert rows[0].state == "failed"
    assert sum(analysis.count_documents(*council).values()) == len(list(analysis.documents(*council))) == 12


def test_readability_medians_and_bands(connection: Connection) -> None:
    scan_id = a_scan(connection)
    sentence_lengths = {"a": 8.0, "b": 10.0, "c": 24.9, "d": 25.0, "e": 40.0}
    for name, per_sentence in sentence_lengths.items():
        text = {"lang": "en", "words": 90 if name == "e" else 200, "sentences": 10, "words_per_sentence": per_sentence}
        text |= {"grade": per_sentence / 2, "formula": "Flesch-Kincaid"}
        a_page(connection, scan_id, f"https://a.example/{name}", readability=text)
    silent = {"lang": "mt", "words": 5, "sentences": 1, "no_score_reason": "Too short."}
    a_page(connection, scan_id, "https://a.example/f", readability=silent)
    a_page(connection, scan_id, "https://a.example/g", readability=None)
    summary = analysis.readability_summary(connection, scan_id)
    assert summary.median_words_per_sentence == 24.9
    assert [band.n_pages for band in summary.bands] == [1, 1, 0, 1, 2]
    assert [language.lang for language in summary.languages] == ["en", "mt"]
    assert summary.languages[0].median_grade == 12.45
    assert [language.n_no_score for language in summary.languages] == [0, 1]
    assert summary.n_without_text == 1
    assert summary.hardest[0].url == "https://a.example/d"  # e is harder but has too few words to rank
    assert summary.longest[0].readability.words == 200


@pytest.mark.slow
def test_memory_stays_flat(tmp_path: Path) -> None:
    """Ten times the pages and findings may not need much more memory: only the database may know them all."""
    peaks = []
    for n_pages in (200, 2_000):
        engine = open_database(tmp_path / f"{n_pages}.sqlite")
        scan_id = write_fake_scan(engine, n_pages=n_pages, n_findings=n_pages * 20)
        tracemalloc.start()
        with engine.connect() as connection:
            for stream in (analysis.issues, analysis.pages, analysis.not_checked):
                assert sum(1 for _ in stream(connection, scan_id)) > 0
            analysis.criteria_results(connection, scan_id)
            analysis.readability_summary(connection, scan_id)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        engine.dispose()
    assert peaks[1] < peaks[0] + 2_000_000
