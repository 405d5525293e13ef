"""Reading statements: claims, sections, roles of dates, contacts, machine-readable marks, hostile pages."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup

from checks.statement.blocks import MAX_BLOCKS
from checks.statement.claims import claims_of
from checks.statement.matching import compile_phrase, find, sentences, words_of
from checks.statement.model import Statement
from checks.statement.phrases import languages
from checks.statement.read import cited_criteria, is_statement, read_statement


def read(body: str, lang: str = "en", url: str = "https://www.velmar.example/statement") -> Statement:
    html = f'<html lang="{lang}"><title>x</title><body><main>{body}</main></body></html>'
    return read_statement(BeautifulSoup(html, "lxml"), url)


@pytest.mark.parametrize(
    ("lang", "text", "statuses"),
    [
        ("en", "This site is fully compliant with EN 301 549.", ["full"]),
        ("en", "This site is not fully compliant.", ["denied"]),
        ("en", "This site is partially compliant due to the non-compliances below.", ["partial"]),
        ("de", "Diese Website ist wegen der Ausnahmen teilweise mit der BITV 2.0 vereinbar.", ["partial"]),
        ("de", "Diese Website ist nicht vollständig vereinbar.", ["denied"]),
        ("it", "Questo sito è parzialmente conforme.", ["partial"]),
        ("it", "Questo sito è non conforme.", ["none"]),
        ("lv", "Tīmekļvietne neatbilst prasībām.", ["none"]),
        ("lv", "Tīmekļvietne daļēji atbilst prasībām.", ["partial"]),
        ("pl", "Serwis jest częściowo zgodny z ustawą.", ["partial"]),
        ("da", "Webstedet overholder ikke kravene.", ["none"]),
        ("ga", "Níl an suíomh gréasáin seo comhlíontach go hiomlán.", ["denied"]),
        ("fi", "Palvelu ei täytä vaatimuksia.", ["none"]),
        ("en", "We try to make everything easy to use.", []),
    ],
)
def test_claims(lang: str, text: str, statuses: list[str]) -> None:
    assert [claim.status for claim in claims_of(text, languages()[lang])] == statuses


def test_words_are_the_same_in_other_forms_only_where_the_language_inflects() -> None:
    assert find(compile_phrase("częściowo zgodna", "pl"), words_of("CZĘŚCIOWO zgodny"))
    assert not find(compile_phrase("fully compliant", "en"), words_of("full compliance"))
    assert not find(compile_phrase("atbilst", "lv"), words_of("neatbilst"))


def test_a_date_does_not_end_a_sentence() -> None:
    text = "Erstellt am 2. März 2026. Überprüft wurde sie am 3. Mai 2026."
    assert sentences(text) == ["Erstellt am 2. März 2026.", "Überprüft wurde sie am 3. Mai 2026."]
    assert sentences("Felülvizsgálat: 2022. április 7.") == ["Felülvizsgálat: 2022. április 7."]


@pytest.mark.parametrize(
    ("text", "prepared", "reviewed"),
    [
        ("It was prepared on 2 March 2025 and last reviewed on 4 May 2026.", date(2025, 3, 2), date(2026, 5, 4)),
        ("Prepared and reviewed: 2026-05-04.", date(2026, 5, 4), date(2026, 5, 4)),
        ("It was updated on 4 May 2026.", None, date(2026, 5, 4)),
    ],
)
def test_roles_of_dates(text: str, prepared: date | None, reviewed: date | None) -> None:
    statement = read(
        f"<h1>Accessibility statement</h1><h2>Preparation of this accessibility statement</h2><p>{text}</p>"
    )
    roles = {dated.role: dated.day for dated in statement.dates}
    assert (roles.get("prepared"), roles.get("reviewed")) == (prepared, reviewed)


def test_a_label_over_a_date_tells_its_role() -> None:
    statement = read(
        "<h1>Accessibility statement</h1><h2>Preparation of this accessibility statement</h2>"
        "<dl><dt>Prepared</dt><dd>2 March 2025</dd><dt>Last reviewed</dt><dd>4 May 2026</dd></dl>"
    )
    assert [(d.role, d.day) for d in statement.dates] == [
        ("prepared", date(2025, 3, 2)),
        ("reviewed", date(2026, 5, 4)),
    ]


def test_polish_marks_are_read() -> None:
    statement = read(
        '<h1>Deklaracja dostępności</h1><p id="a11y-status">Strona jest <strong>częściowo zgodna</strong>.</p>'
        '<p>Data: <time id="a11y-data-sporzadzenie" datetime="2025-03-02">2 marca</time></p>'
        '<p><time id="a11y-data-przeglad" datetime="2026-05-04">4 maja</time></p>'
        '<p id="a11y-email">kontakt@velmar.pl</p><p id="a11y-telefon">12 345 67 89</p>',
        "pl",
        "https://velmar.pl/d",
    )
    assert (statement.country, statement.status) == ("PL", "partial")
    assert [(d.role, d.day) for d in statement.dates] == [
        ("prepared", date(2025, 3, 2)),
        ("reviewed", date(2026, 5, 4)),
    ]
    assert statement.emails == ("kontakt@velmar.pl",)
    assert statement.phones == ("12 345 67 89",)


def test_what_nobody_meets_is_not_read() -> None:
    statement = read(
        "<h1>Accessibility statement</h1><h2>Compliance status</h2>"
        "<p data-curbcut-hidden>fully compliant</p><p aria-hidden='true'>not compliant</p><p>partially compliant</p>"
    )
    assert [claim.status for claim in statement.claims] == ["partial"]


def test_the_language_is_the_one_of_the_words_whatever_the_page_declares() -> None:
    statement = read("<h1>Erklärung zur Barrierefreiheit</h1><h2>Durchsetzungsverfahren</h2><p>x</p>", lang="en")
    assert (statement.language.code, statement.declared_lang) == ("de", "en")


@pytest.mark.parametrize(
    ("title", "headings", "expected"),
    [
        ("Velmar", ["Accessibility statement"], True),
        ("Tillgänglighetsredogörelse – Velmar kommun", [], True),
        ("Barrierefreiheit", ["Barrierefreiheit", "Rollstuhl", "Aufzug"], False),
        ("Info", ["Info", "Stav souladu", "Nepřístupný obsah", "Zpětná vazba a kontaktní údaje"], True),
        ("Kontakt", ["Kontakt"], False),
        ("x", ["Accessibility statement for Velmar", "Enforcement procedure"], True),
        ("Accessibility statement guidance", ["How to fill it in", "Contact"], False),
        ("", [], False),
    ],
)
def test_a_statement_is_told_by_title_or_headings(title: str, headings: list[str], expected: bool) -> None:
    assert is_statement(title, headings) is expected


def test_criteria_are_told_by_number_or_clause() -> None:
    assert cited_criteria("1.1.1, clause 9.1.4.3, version 3.2.1, WCAG 2.1, 11.7.1.1, 1.9.9") == ("1.1.1", "1.4.3")


def test_a_huge_page_is_read_to_a_bound() -> None:
    statement = read("".join(f"<p>{n}</p>" for n in range(MAX_BLOCKS + 500)))
    assert sum(len(section.blocks) for section in statement.sections) == MAX_BLOCKS


@pytest.mark.parametrize("html", ["", "<html></html>", "<p>\x00</p>", "<main></main>", "<h1><h2><h3>x"])
def test_odd_pages_are_survived(html: str) -> None:
    assert read_statement(BeautifulSoup(html, "lxml"), "not an address").claims == ()
