"""The checks on built statements: right ones raise no alarm, defects are found, what is not known is untested."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from checks.model import Outcome
from checks.statement.check import GROUPS, all_checks, infos, run_checks
from checks.statement.evaluation.build import Facts, build
from checks.statement.evaluation.cases import RIGHT, TODAY, Case, cases
from checks.statement.evaluation.measure import measure, outcomes
from checks.statement.model import Answer, ScanFacts, Situation
from checks.statement.phrases import languages
from checks.statement.read import read_statement

SITE = "https://www.velmar.uk/"


def results(facts: Facts, **known: object) -> dict[str, tuple[Outcome, str, str]]:
    statement = read_statement(BeautifulSoup(build(facts), "lxml"), f"{SITE}statement", site_url=SITE)
    situation = Situation(statement, known.pop("today", TODAY), site_url=SITE, **known)  # type: ignore[arg-type]
    return {r.info.id: (r.outcome, r.verdict.message, r.verdict.quote) for r in run_checks(situation)}


def test_every_check_is_described_and_there() -> None:
    assert all_checks().keys() == infos().keys()
    assert [f"S-{n:02}" for n in range(1, 36)] == sorted(infos())[:35]
    assert {info.group for info in infos().values()} == set(GROUPS)
    assert all(info.title and info.how for info in infos().values())


@pytest.mark.parametrize("lang", list(languages()))
def test_right_statements_raise_no_alarm(lang: str) -> None:
    for name, change in RIGHT.items():
        found = outcomes(Case(name, change(Facts(lang))))
        assert [key for key, outcome in found.items() if outcome is Outcome.FAILED] == [], name


def test_each_planted_defect_is_found_in_a_few_languages() -> None:
    measured = measure(case for case in cases() if case.lang in ("en", "de", "lv"))
    assert [slip for count in measured.by_check.values() for slip in count.slips] == []
    wanted = {key for case in cases() if case.lang == "en" for key in case.failing}
    assert len(wanted) > 25  # the comparison above is no empty one


def test_a_claim_of_full_compliance_is_compared_with_the_scan() -> None:
    facts = Facts("en", status="full", items=(), without=frozenset({"non_accessible"}))
    scan = ScanFacts(58, 38, {"1.1.1": 30, "1.4.3": 12})
    outcome, message, quote = results(facts, scan=scan)["S-15"]
    assert outcome is Outcome.FAILED
    assert "says fully compliant; the scan of 58 pages found that 2 success criteria fail on 38 pages" in message
    assert "fully compliant" in quote
    assert results(facts, scan=ScanFacts(58, 0, {}))["S-15"][0] is Outcome.CANT_TELL
    assert results(facts)["S-15"][0] is Outcome.CANT_TELL


def test_a_body_called_after_the_law_names_none() -> None:
    directive = Facts("en", law="(EU) 2016/2102")
    assert results(directive)["S-05"][0] is Outcome.FAILED
    assert results(replace(directive, body="Public law institute 7"))["S-05"][0] is Outcome.CANT_TELL
    assert results(Facts("it", law="D.lgs. n. 106 del 10 agosto 2018"))["S-05"][0] is Outcome.PASSED


def test_failing_criteria_that_are_not_cited_become_a_question() -> None:
    outcome, message, _ = results(Facts("en"), scan=ScanFacts(9, 4, {"1.1.1": 4, "2.4.4": 2}))["S-17"]
    assert outcome is Outcome.CANT_TELL
    assert "2.4.4 (2 pages)" in message
    assert "1.1.1" not in message


def test_what_was_not_looked_up_is_untested() -> None:
    found = results(Facts("en"))
    assert {key for key, (outcome, _, _) in found.items() if outcome is Outcome.UNTESTED} >= {
        "S-08",
        "S-09",
        "S-12",
        "S-35",
    }


@pytest.mark.parametrize(("age_days", "outcome"), [(365, Outcome.PASSED), (367, Outcome.FAILED)])
def test_a_year_is_the_limit(age_days: int, outcome: Outcome) -> None:
    facts = replace(Facts("en"), reviewed=date(2026, 5, 12))
    assert results(facts, today=date(2026, 5, 12) + timedelta(days=age_days))["S-26"][0] is outcome


def test_exempt_old_content_is_no_broken_promise() -> None:
    facts = replace(Facts("en"), items=("item",), burden="text")  # "recordings of council meetings before 2020"
    assert results(facts)["S-19"][0] is Outcome.INAPPLICABLE


def test_no_statement_fails_once_and_the_rest_does_not_apply() -> None:
    found = run_checks(Situation(None, TODAY, site_url=SITE))
    assert [r.info.id for r in found if r.outcome is Outcome.FAILED] == ["S-01"]


def test_a_statement_as_a_file_is_found_and_is_no_web_page() -> None:
    found = {r.info.id: r.outcome for r in run_checks(Situation(None, TODAY, SITE, not_html=f"{SITE}statement.pdf"))}
    assert (found["S-01"], found["S-07"]) == (Outcome.PASSED, Outcome.FAILED)


def test_a_link_that_was_not_followed_is_no_failure() -> None:
    known = {"https://enforcement.example/": Answer(reason_not_followed="robots.txt asks us not to")}
    outcome, message, _ = results(Facts("en"), answers=known)["S-35"]
    assert outcome is Outcome.UNTESTED
    assert "robots.txt" in message


def test_results_that_rest_on_memory_say_so() -> None:
    statement = read_statement(BeautifulSoup(build(Facts("ga")), "lxml"), SITE)
    verdicts = {r.info.id: r.verdict for r in run_checks(Situation(statement, TODAY, site_url=SITE))}
    assert verdicts["S-13"].is_unverified  # the Irish headings are from memory
    statement = read_statement(BeautifulSoup(build(Facts("de")), "lxml"), SITE)
    verdicts = {r.info.id: r.verdict for r in run_checks(Situation(statement, TODAY, site_url=SITE))}
    assert not verdicts["S-13"].is_unverified
