from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checks.model import Outcome, Page
from styleguide import dictionaries
from styleguide.check import StyleResult, check_page
from styleguide.guides import load_guide
from styleguide.kinds.spelling import MAX_NEW_WORDS

RULE = "plain/misspelt-word"


def check(html: str, lang: str = "en") -> StyleResult:
    guide = load_guide("plain", "medium")
    alone = replace(guide, rules=tuple(rule for rule in guide.rules if rule.id == RULE))
    return check_page(Page("https://town.example/", "", f"<html lang={lang}><main>{html}</main>"), alone)


@pytest.fixture
def only_dictionaries_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    def forget() -> None:
        dictionaries.dictionary_files.cache_clear()
        dictionaries.is_spelt_right.cache_clear()
        dictionaries.near_word.cache_clear()
        dictionaries._loaded.clear()

    monkeypatch.setattr(dictionaries, "_folders", lambda: iter([tmp_path]))
    forget()
    yield tmp_path
    forget()


def test_slip_has_its_right_word() -> None:
    [finding] = check("<p>We ask for addtional papers.</p>").findings
    assert finding.suggestion == "additional"
    assert finding.message == "“addtional” is in no dictionary. Do you mean “additional”?"
    assert finding.span == (11, 20)


def test_is_off_by_default() -> None:
    assert RULE not in {rule.id for rule in load_guide("plain").rules}


@pytest.mark.parametrize(
    "word", ["organised", "colourful", "centres", "licence", "cancelled", "programmes", "judgement"]
)
def test_british_words_are_right_with_an_american_dictionary_alone(word: str) -> None:
    assert dictionaries.is_spelt_right(word, "en")


@pytest.mark.parametrize("word", ["hour", "recieve", "adress", "centtre", "goverment"])
def test_british_forms_excuse_no_slips(word: str) -> None:
    assert dictionaries.is_spelt_right(word, "en") == (word == "hour")


def test_missing_dictionary_is_said_and_not_passed(only_dictionaries_in: Path) -> None:
    result = check("<p>Wir bitten um Geduld und Nachsicht.</p>", "de")
    assert result.rule_outcomes[RULE] is Outcome.UNTESTED
    [note] = result.notes
    assert "not checked: there is no dictionary for “de”" in note
    assert "apt install hunspell-de" in note


def test_missing_package_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionaries, "find_spec", lambda name: None)
    result = check("<p>You will recieve it.</p>")
    assert not result.findings
    assert "pip install spylls" in result.notes[0]


def test_dictionary_of_the_machine_is_used(only_dictionaries_in: Path) -> None:
    (only_dictionaries_in / "de_DE.aff").write_text("SET UTF-8\nSFX N Y 1\nSFX N 0 en .\n", "utf-8")
    (only_dictionaries_in / "de_DE.dic").write_text("4\nbitt/N\nGebührenordnung/N\nunsere\nlesen\n", "utf-8")
    result = check("<p>Sie bitten, unsere Gebührenordnungen zu lesen. Unsere Gebürenordnung lesne Sie.</p>", "de")
    assert [finding.arguments["phrase"] for finding in result.findings] == ["Gebürenordnung", "lesne"]
    assert [finding.suggestion for finding in result.findings] == ["Gebührenordnung", "lesen"]
    assert result.rule_outcomes[RULE] is Outcome.FAILED


def test_page_of_random_letters_costs_a_bounded_time() -> None:
    letters = "abcdefghij"
    words = " ".join("q" + "".join(letters[int(digit)] for digit in f"{n:06}") for n in range(4 * MAX_NEW_WORDS))
    assert check(f"<p>{words}</p>").findings
    assert dictionaries.is_spelt_right.cache_info().currsize <= 100_000
