"""Reports speak four languages whole, and write numbers, dates and plurals as each does."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from reports.wording import Foreign, decimal, language_of, languages, moment, number, of_rule, say, say_n, speaking
from reports.wording.messages import INTERFACE, RULES
from reports.wording.spoken import direction, folder, lang

WHOLE = ("de", "es", "fr")
SLOT = re.compile(r"%\(\w+\)s")


def catalogue(language: str, name: str) -> list[Message]:
    with (folder() / language / f"{name}.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def forms(text: object) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (str(text),)


@pytest.mark.parametrize("language", WHOLE)
@pytest.mark.parametrize(("name", "n_at_least"), [(INTERFACE, 800), (RULES, 700)])
def test_four_languages_say_all(language: str, name: str, n_at_least: int) -> None:
    found = catalogue(language, name)
    assert len(found) > n_at_least
    assert [message.id for message in found if not all(forms(message.string)) or message.fuzzy] == []


@pytest.mark.parametrize("language", languages()[1:])
@pytest.mark.parametrize("name", [INTERFACE, RULES])
def test_translations_keep_what_the_program_fills_in(language: str, name: str) -> None:
    for message in catalogue(language, name):
        for said in filter(None, forms(message.string)):
            assert sorted(SLOT.findall(said)) == sorted(SLOT.findall(forms(message.id)[-1])), message.id


def test_english_is_spoken_unless_told_otherwise() -> None:
    assert (lang(), say("Barriers"), number(12345)) == ("en", "Barriers", "12,345")
    with speaking("de"):
        assert (lang(), say("Barriers"), number(12345)) == ("de", "Barrieren", "12.345")
    assert lang() == "en"
    with pytest.raises(KeyError), speaking("xx"):
        pass


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("1 page", "20 November 2026, 08:00 UTC", "1,234.5")),
        ("de", ("1 Seite", "20. November 2026, 08:00 UTC", "1.234,5")),
        ("fr", ("1 page", "20 novembre 2026, 08:00 UTC", "1\u202f234,5")),
        ("es", ("1 página", "20 de noviembre de 2026, 8:00 UTC", "1.234,5")),
    ],
)
def test_numbers_dates_and_plurals_are_those_of_the_language(language: str, said: tuple[str, str, str]) -> None:
    with speaking(language):
        page = say_n("on %(n)s page", "on %(n)s pages", 1).split(" ", 1)[1]
        assert (page, moment("2026-11-20T08:00:00+00:00"), decimal(1234.5)) == said
        assert say_n("on %(n)s page", "on %(n)s pages", 1) != say_n("on %(n)s page", "on %(n)s pages", 2)


def test_french_counts_none_as_one() -> None:
    said = {}
    for language in ("en", "fr"):
        with speaking(language):
            said[language] = say_n("on %(n)s page", "on %(n)s pages", 0)
    assert said == {"en": "on 0 pages", "fr": "sur 0 page"}


def test_what_no_catalogue_has_says_that_it_is_english() -> None:
    text = "A text of a rule that an organisation wrote."
    assert not isinstance(of_rule(text), Foreign)
    with speaking("de"):
        said = of_rule(text)
        assert (said, language_of(said), language_of("Wort")) == (text, "en", "")


def test_a_translation_may_be_the_same_word() -> None:
    with speaking("fr"):
        said = of_rule("Orientation")
        assert (said, language_of(said)) == ("Orientation", "")


def test_every_plural_form_of_a_language_is_used(arabic: str) -> None:
    with speaking(arabic):
        assert direction() == "rtl"
        assert [say_n("%(n)s row", "%(n)s rows", n) for n in (0, 3)] == ["⟦0 rows⟧", "⟦3 rows⟧"]
