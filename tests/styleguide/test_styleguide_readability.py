from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import nltk
import pytest

from styleguide.blocks import TextDocument
from styleguide.counts import Counts, count
from styleguide.familiar import is_familiar
from styleguide.formulas import FORMULAS, dale_chall_grade, statistics_class
from styleguide.readability import costly_sentences, count_prose, measure, score
from styleguide.school_age import school_age
from styleguide.syllables import count_syllables
from styleguide.text import parse, read_document

# Spoken syllables, labelled by hand from dictionaries' marks.
SYLLABLES = {
    "en": "area 3 people 2 government 3 information 4 accessibility 6 idea 3 any 2 service 2 user 2 page 1 "
    "application 4 pages 2 table 2 possible 3 used 1 needed 2 started 2 asked 1 changes 2 language 2 business 2 "
    "insurance 3 benefit 3 council 2 science 2 being 2 going 2 radio 3 video 3 museum 3 society 4 "
    "various 3 employee 3 guidance 2 reliable 4 "
    "vehicle 3 sometimes 2 improvement 3 requirement 3 settled 2 called 1 required 2 situation 4 question 2 social 2 "
    "official 3 patient 2 efficient 3 religion 3 precious 2 quiet 2 queue 1 unique 2 value 2 poem 2 centre 2 "
    "continue 3 tourism 3 don't 1 didn't 2 you're 1 evidence 3 eligible 4 responsibility 6 "
    "university 5 approximately 5 lovely 2 "
    "household 2 online 2 boxes 2 wanted 2 created 3 reality 4 ongoing 3 years 1 examples 3 articles 3 2024 1",
    "de": "aber 2 Museum 3 Antrag 2 Auto 2 Behörde 3 Information 5 Bürgerinnen 4 Steuer 2 Gemeinde 3 Eltern 2 Frist 1 "
    "Gebühren 3 beantragen 4 Feuer 2 Idee 2 gehen 2 Familie 4 Theater 3 Häuser 2 Ämter 2 über 2 Kreis 1 beeilen 3",
    "fr": "ville 1 demande 2 administration 5 service 2 mairie 2 eau 1 année 2 formulaire 3 créer 2 musée 2 famille 2",
    "es": "ciudad 2 administración 5 país 2 día 2 solicitud 4 servicio 3 aire 2 leer 2 teatro 3 ley 1 caos 2",
    "it": "città 2 servizio 3 cittadino 4 aiuto 3 comune 3 più 1 scuola 2 giorno 2 zia 2",
    "nl": "gemeente 3 aanvraag 2 informatie 4 overheid 3 mooi 1 ruimte 2 België 3 ideeën 3 dienst 1",
    "pt": "casa 2 história 3 serviço 3 água 2 não 1 quatro 2 quem 1 muito 2 leite 2 dia 2 administração 5 "
    "informação 4 cidadão 3 saúde 3 país 2 família 3 pessoas 3 guerra 2 trabalho 3 rainha 3 poluição 4 "
    "Raul 2 português 3 mais 1 museu 2 ainda 3 ideia 3",
    "pl": "dom 1 nauka 3 auto 2 wniosek 2 miasto 2 urząd 2 obywatel 4 administracja 5 informacja 4 pieniądze 3 "
    "Europa 3 dziecko 2 mieszkanie 3 i 1 opinia 3 zaświadczenie 4 pies 1",
    "cs": "vlk 1 osm 2 sedm 2 mouka 2 auto 2 žádost 2 úřad 2 občan 2 informace 4 město 2 prst 1 rodina 3 "
    "poplatek 3 krk 1 vítr 2 lhůta 2 první 2 jsem 1 obrna 3 republika 4",
    "fi": "talo 2 kaupunki 3 hakemus 3 tieto 2 työ 1 suomi 2 palvelu 3 maa 1 kunta 2 oikeus 3 asiakas 4 "
    "rakennus 3 lautakunta 4 ilmoitus 3 yhteys 3 äiti 2 kahdeksan 3 korkea 3",
}


@pytest.mark.parametrize("lang", SYLLABLES)
def test_syllables(lang: str) -> None:
    labels = SYLLABLES[lang].split()
    wrong = {
        word: count_syllables(word, lang)
        for word, syllables in zip(labels[::2], labels[1::2], strict=True)
        if count_syllables(word, lang) != int(syllables)
    }
    assert not wrong


def test_syllables_of_what_is_no_word() -> None:
    assert count_syllables("…", "en") == 0
    assert count_syllables("a" * 10_000, "en") > 0
    with pytest.raises(KeyError):
        count_syllables("dom", "xx")


def test_published_worked_example_of_flesch() -> None:
    # https://en.wikipedia.org/wiki/Flesch-Kincaid_readability_tests says 13 words, 24 syllables, 37.5 and 11.3.
    # It counts "Australian" and "reptilian" as three syllables each; dictionaries and we give them four.
    ours = count(["The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."], "en")
    assert (ours.sentences, ours.words, ours.syllables) == (1, 13, 26)
    counts = replace(ours, syllables=24)
    english = statistics_class()("en")
    assert english.flesch_reading_ease(counts) == pytest.approx(37.5, abs=0.05)
    assert english.flesch_kincaid_grade(counts) == pytest.approx(11.3, abs=0.05)


# 100 words in 5 sentences, 150 syllables, 500 letters, 25 long words, 60 of one, 15 of three or more and 10 of four or
# more syllables, 12 words that are not familiar.
HAND = Counts(
    sentences=5,
    words=100,
    characters=500,
    long_words=25,
    syllables=150,
    monosyllables=60,
    polysyllables=15,
    four_syllables=10,
    difficult=12,
)


@pytest.mark.parametrize(
    ("lang", "name", "expected"),
    [
        ("en", "Flesch-Kincaid", 0.39 * 20 + 11.8 * 1.5 - 15.59),
        ("en", "Flesch-Kincaid and Dale-Chall", (0.39 * 20 + 11.8 * 1.5 - 15.59 + 2 * 6.5233 - 5) / 2),
        ("en", "Flesch", 206.835 - 1.015 * 20 - 84.6 * 1.5),
        ("en", "SMOG", 1.043 * (15 * 30 / 5) ** 0.5 + 3.1291),
        ("en", "Dale-Chall", 0.1579 * 12 + 0.0496 * 20 + 3.6365),
        ("de", "Flesch-Amstad", 180 - 20 - 58.5 * 1.5),
        ("de", "Wiener Sachtextformel", 0.1935 * 15 + 0.1672 * 20 + 0.1297 * 25 - 0.0327 * 60 - 0.875),
        ("fr", "Kandel-Moles", 207 - 1.015 * 20 - 73.6 * 1.5),
        ("nl", "Flesch-Douma", 206.835 - 0.93 * 20 - 77 * 1.5),
        ("es", "Fernández Huerta", 206.84 - 60 * 1.5 - 1.02 * 20),
        ("es", "Szigriszt", 206.84 - 62.3 * 1.5 - 20),
        ("it", "Gulpease", 89 + 300 * 5 / 100 - 10 * 500 / 100),
        ("pt", "Flesch-Martins", 206.835 + 42 - 1.015 * 20 - 84.6 * 1.5),
        ("pl", "Fog-PL", 0.4 * (20 + 10)),
        ("fi", "Wiio", 2.7 + 0.3 * 10),
        ("cs", "Flesch-Kincaid (Czech)", 0.52 * 20 + 9.133 * 1.5 - 16.393),
        ("cs", "Flesch (Czech)", 206.935 - 1.672 * 20 - 62.18 * 1.5),
        ("sv", "LIX", 20 + 25),
        ("da", "LIX", 20 + 25),
    ],
)
def test_formulas_by_hand(lang: str, name: str, expected: float) -> None:
    [formula] = [formula for formula in FORMULAS[lang] if formula.name == name]
    assert formula.score(HAND, lang) == pytest.approx(expected)
    assert formula.source


@pytest.mark.parametrize(
    ("score", "grade"), [(4.0, 3.0), (5.0, 5.0), (5.5, 6.0), (7.5, 10.0), (9.5, 14.5), (10.0, 16.0), (11.0, 19.0)]
)
def test_dale_and_chall_s_table_of_grades(score: float, grade: float) -> None:
    # Their table: 5.0 to 5.9 is for grades 5 and 6, 7.0 to 7.9 for 9 and 10, 9.0 to 9.9 for 13 to 15, 10 for 16.
    counts = Counts(sentences=1, words=100_000, characters=0, long_words=0, fragment_words=100_000)
    difficult = round((score - 3.6365) / 0.1579 * 1_000)
    assert dale_chall_grade(replace(counts, difficult=difficult)) == pytest.approx(grade, abs=0.01)


def test_published_worked_example_of_smog() -> None:
    # McLaughlin's short form: 30 sentences with 64 long words have a grade of 3 and the square root, 11 in all.
    [smog] = [formula for formula in FORMULAS["en"] if formula.name == "SMOG"]
    counts = replace(HAND, sentences=30, polysyllables=64)
    assert smog.score(counts, "en") == pytest.approx(3 + 8, abs=0.6)


def test_initialisms_are_said_letter_by_letter() -> None:
    assert count(["Send the VAT form to HMRC by NOT too late a date, ok."], "en").syllables == (
        1 + 1 + 3 + 1 + 1 + 4 + 1 + 1 + 1 + 1 + 1 + 1 + 1
    )
    assert count(["PAY THE FEE NOW"], "en").syllables == 4


def test_familiar_words() -> None:
    words = "house Houses, cities carried stopping making don't Maria's well-known £20 (years)"
    assert [word for word in words.split() if not is_familiar(word)] == []


@pytest.mark.parametrize("word", ["notwithstanding", "remuneration", "eligibility"])
def test_words_that_few_children_know(word: str) -> None:
    assert not is_familiar(word)
    assert is_familiar(word.title())  # a name within a sentence
    assert not is_familiar(word.title(), is_first=True)


@pytest.mark.parametrize("written", ["VAT", "(HMRC),", "PDFs", "U.S.C.", "GP's", "DIC"])
def test_abbreviations_are_unfamiliar(written: str) -> None:
    assert not is_familiar(written)


@pytest.mark.parametrize("written", ["U.S.", "UK", "NOT", "II", "XIV", "I", "A"])
def test_capitals_that_everybody_reads(written: str) -> None:
    assert is_familiar(written)


def test_a_sentence_of_capitals_has_neither_names_nor_abbreviations() -> None:
    assert count(["PAY THE FEE NOW"], "en").difficult == count(["Pay the fee now"], "en").difficult
    assert count(["NO REMUNERATION"], "en").difficult == 1


def test_nothing_is_ever_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a scan fetches nothing for itself")

    monkeypatch.setattr(nltk, "download", refuse)
    monkeypatch.setattr(nltk.data, "find", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    english = statistics_class()("en")
    assert english.syllable_count("A page of information") == 1 + 1 + 1 + 4
    assert (
        english.linsear_write_formula("This is a page. It has words. People read them.") >= 0
    )  # textstat's own, not bound
    assert measure(document(PROSE)).grade is not None


PROSE = (
    "<html lang=en><main>" + "<p>You must pay the fee before the end of May. We send a letter when it is paid.</p>" * 8
)


def document(html: str) -> TextDocument:
    return read_document(parse(html))


def test_score_of_easy_prose() -> None:
    result = measure(document(PROSE))
    assert (result.words, result.sentences, result.words_per_sentence) == (144, 16, 9.0)
    assert result.formula == "Flesch-Kincaid and Dale-Chall"
    assert result.grade is not None
    assert result.grade < 4
    assert result.school_age.startswith("age ")
    assert set(result.scores) == {
        *("LIX", "Flesch", "Flesch-Kincaid", "Dale-Chall"),
        "Flesch-Kincaid and Dale-Chall",
    }


def test_lists_and_menus_do_not_become_sentences_of_prose() -> None:
    items = "<ul>" + "<li>your passport or identity card</li>" * 20 + "</ul>"
    menu = "<nav>" + "<p>You must never count the words of a menu here.</p>" * 50 + "</nav>"
    links = "<ul>" + "<li><a href=/x>All about the fees for parking</a></li>" * 50 + "</ul>"
    table = "<table><tr>" + "<td>These words are in a cell of it.</td>" * 50 + "</table>"
    result = measure(document(f"<html lang=en><body>{items}{menu}{links}{table}"))
    assert (result.words, result.sentences, result.words_per_sentence) == (100, 20, 5.0)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<html lang=en><p>Only six words are in here.", "Only 6 words of running text"),
        (PROSE.replace(" lang=en", ""), "does not say which language"),
        (PROSE.replace("lang=en", "lang=ja"), "without spaces"),
        ("", "does not say which language"),
    ],
)
def test_no_score_says_why(html: str, reason: str) -> None:
    result = measure(document(html))
    assert result.grade is None
    assert result.reading_ease is None
    assert not result.scores
    assert reason in result.no_score_reason


@pytest.mark.parametrize(
    ("lang", "formula"),
    [
        ("de", "Wiener Sachtextformel"),
        ("fr", "Kandel-Moles"),
        ("es", "Fernández Huerta"),
        ("it", "Gulpease"),
        ("nl", "Flesch-Douma"),
        ("pt", "Flesch-Martins"),
        ("pl", "Fog-PL"),
        ("fi", "Wiio"),
        ("cs", "Flesch-Kincaid (Czech)"),
        ("sv", "LIX"),
        ("da", "LIX"),
    ],
)
def test_each_language_has_its_formula(lang: str, formula: str) -> None:
    page = document(PROSE.replace("lang=en", f"lang={lang}"))
    result = score(count_prose(page.blocks, lang), lang)
    assert result.formula == formula
    assert formula in result.scores
    assert "LIX" in result.scores
    assert result.school_age


def test_threads_of_different_languages_do_not_disturb_each_other() -> None:
    pages = [document(PROSE.replace("lang=en", f"lang={lang}")) for lang in ("en", "de", "fr", "nl", "es", "it")]
    alone = [measure(page) for page in pages]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(measure, pages * 20)) == alone * 20


@pytest.mark.parametrize(
    ("lang", "scores", "words"),
    [
        ("en", {"grade": -1.4, "ease": 116.0, "lix": 6.0}, "age 6 to 7"),
        ("en", {"grade": 8.0, "ease": 60.0, "lix": 40.0}, "age 13 to 14"),
        ("en", {"grade": 13.0, "ease": 40.0, "lix": 50.0}, "university"),
        ("en", {"grade": 25.0, "ease": 1.0, "lix": 80.0}, "specialists"),
        ("de", {"grade": 4.0, "ease": 80.0, "lix": 30.0}, "age 9 to 10"),
        ("fi", {"grade": 4.0, "ease": None, "lix": 30.0}, "age 10 to 11"),
        ("pt", {"grade": None, "ease": 60.0, "lix": 30.0}, "lower secondary school, age 11 to 14"),
        ("fr", {"grade": None, "ease": 65.0, "lix": 40.0}, "lower secondary school, age 12 to 15"),
        ("it", {"grade": None, "ease": 39.0, "lix": 40.0}, "university"),
        ("sv", {"grade": None, "ease": None, "lix": 45.0}, "upper secondary school, age 15 to 18"),
    ],
)
def test_school_age_in_words(lang: str, scores: dict[str, float], words: str) -> None:
    assert school_age(lang, **scores) == words


def test_a_language_without_a_formula_gets_lengths() -> None:
    page = document(PROSE.replace("lang=en", "lang=eu"))
    result = score(count_prose(page.blocks, "eu"), "eu")
    assert (result.grade, result.reading_ease, result.school_age) == (None, None, "")
    assert "no readability formula for this language" in result.no_score_reason
    assert "9 words a sentence" in result.no_score_reason
    assert set(result.scores) == {"LIX"}


def test_sentences_that_cost_most() -> None:
    long = (
        "Notwithstanding considerable administrative difficulties, applications necessitate authentication of identity."
    )
    found = costly_sentences(document(PROSE + f"<p>{long}</p><p>We pay the rent. You sign it.</p>"))
    assert found[0].sentence.text == long
    assert found[0].cost > 0.3
    assert len({costly.sentence.text for costly in found}) == len(found)
    assert [costly.cost for costly in found] == sorted((costly.cost for costly in found), reverse=True)
    assert not costly_sentences(document("<html lang=en><p>Too little text.</p>"))


def test_short_list_items_count_as_words_but_not_as_sentences() -> None:
    items = "<ul>" + "<li>council tax reductions</li>" * 20 + "</ul>"
    with_items, without = measure(document(PROSE + items)), measure(document(PROSE))
    assert with_items.words == without.words + 60
    assert with_items.sentences == without.sentences
    assert with_items.words_per_sentence == without.words_per_sentence
    only = measure(document(f"<html lang=en>{items * 3}"))
    assert "no sentence here" in only.no_score_reason
