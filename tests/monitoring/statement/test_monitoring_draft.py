"""Drafts: what the scan knows is in them, what people know is a blank, and a filled-in draft passes the checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import resources

import pytest
from bs4 import BeautifulSoup

from checks.model import Outcome
from checks.statement.model import ScanFacts
from checks.statement.phrases import languages
from docs.gen_statement_text import PAGE
from docs.gen_statement_text import pages as template
from monitoring.statement.draft import DraftError, Known, draft
from monitoring.statement.judge import Judged, judge_text
from monitoring.statement.text import MESSAGES, complete_languages, text
from monitoring.statement.write import to_html, to_markdown

TODAY = date(2026, 11, 26)
SITE = "https://www.velmar.example/"
SCAN = ScanFacts(46, 42, {"1.1.1": 9, "1.4.3": 42}, "en301549-v3.2.1")
KNOWN = Known(
    body="Velmar",
    law="Ley 1/2018, loi 1/2018, Gesetz 1/2018, Act 1 of 2018",
    status="partial",
    method="self",
    email="access@velmar.example",
    phone="+44 1632 960130",
    form="https://www.velmar.example/form",
    enforcer="Ombudsman",
    enforcement_url="https://ombudsman.example/",
    done=True,
)


def judged(lang: str, known: Known) -> Judged:
    return judge_text(to_html(draft(lang, SITE, SCAN, known, today=TODAY)), "draft.html", today=TODAY, scan=SCAN)


def failing(found: Judged) -> list[str]:
    return [result.info.id for result in found.results if result.outcome is Outcome.FAILED]


@pytest.mark.parametrize("lang", ["en", "de", "fr", "es"])
@pytest.mark.parametrize(
    "changed", [{}, {"status": "none"}, {"method": "third", "assessor": "Test Ltd"}, {"burden": ("Old films",)}]
)
def test_a_draft_that_is_filled_in_passes_the_checks(lang: str, changed: dict[str, object]) -> None:
    known = replace(KNOWN, **changed)  # type: ignore[arg-type]
    found = judged(lang, known)
    assert failing(found) == []
    assert found.statement is not None
    assert (found.statement.language.code, found.statement.status) == (lang, known.status)
    assert found.statement.criteria == ("1.1.1", "1.4.3")
    assert {dated.role for dated in found.statement.dates} == {"prepared", "reviewed"}
    assert "blanks" not in found.results[0].verdict.message


@pytest.mark.parametrize("lang", list(languages()))
def test_what_nobody_has_told_is_a_blank_and_the_checks_say_so(lang: str) -> None:
    made = draft(lang, SITE, SCAN, Known(), today=TODAY)
    assert made.blanks >= 8
    assert "S-37" in failing(judged(lang, Known()))
    assert made.title == languages()[lang].title


def test_a_draft_never_claims_full_compliance() -> None:
    with pytest.raises(DraftError, match="status must be partial or none"):
        Known.from_plain({"status": "full"})
    for lang in complete_languages():
        page = to_html(draft(lang, SITE, ScanFacts(3, 0, {}, "en301549-v3.2.1"), Known(), today=TODAY))
        assert text(lang)["full"].split("%")[0] not in page


def test_the_four_languages_are_whole() -> None:
    assert set(complete_languages()) >= {"en", "de", "fr", "es"}
    for lang in ("de", "fr", "es"):
        assert set(text(lang).translations) == set(MESSAGES.values())
        for message, translation in text(lang).translations.items():
            assert sorted(_slots(message)) == sorted(_slots(translation)), message


def test_translators_find_a_template() -> None:
    kept = (resources.files("monitoring.statement") / "locale" / "statement.pot").read_text("utf-8")
    assert kept == template()[PAGE]
    assert kept.count("msgid ") == len(MESSAGES) + 1


def test_another_language_has_its_headings_and_instructions_in_english() -> None:
    soup = BeautifulSoup(to_html(draft("pl", SITE, SCAN, Known(), today=TODAY)), "lxml")
    assert soup.html is not None and soup.html["lang"] == "pl"
    assert soup.h1 is not None and soup.h1.get_text() == "Deklaracja dostępności"
    assert [h.get_text() for h in soup.find_all("h2")] == [
        languages()["pl"].written[kind][0]
        for kind in ("status", "non_accessible", "preparation", "feedback", "enforcement")
    ]
    assert all(mark.get("lang") == "en" for mark in soup.find_all("mark"))


def test_the_country_gives_hints_for_law_and_body() -> None:
    page = to_html(draft("es", "https://www.velmar.es/", SCAN, Known(), today=TODAY))
    assert "quizá 1112/2018" in page
    assert "quizá Unidad Responsable de Accesibilidad" in page


def test_what_people_tell_is_escaped() -> None:
    evil = replace(KNOWN, body="<script>alert(1)</script>", form="javascript:alert(1)", more=("* _x_ [y](z)",))
    made = draft("en", SITE, SCAN, evil, today=TODAY)
    assert "<script" not in to_html(made)
    assert "javascript:" not in to_html(made)
    assert r"\<script\>" in to_markdown(made)
    assert r"\* \_x\_ \[y\](z)" in to_markdown(made)
    assert "javascript:" not in to_markdown(made)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"bodi": "x"}, "did you mean body?"),
        (["x"], "names and values"),
        ({"method": "guess"}, "method must be self or third"),
    ],
)
def test_wrong_facts_are_refused_with_what_to_change(row: object, says: str) -> None:
    with pytest.raises(DraftError, match=says.replace("?", r"\?")):
        Known.from_plain(row)


def test_a_wrong_date_or_language_is_refused() -> None:
    with pytest.raises(DraftError, match="Write it as 2026-11-26"):
        draft("en", SITE, SCAN, Known(prepared="soon"), today=TODAY)
    with pytest.raises(DraftError, match="no model statement in 'xx'"):
        draft("xx", SITE, SCAN, Known(), today=TODAY)


def _slots(message: str) -> list[str]:
    return [part.split(")s")[0] for part in message.split("%(")[1:]]
