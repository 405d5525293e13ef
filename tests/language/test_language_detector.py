from __future__ import annotations

import subprocess
import sys
import time

import pytest

from language import Guess, detect, is_known, is_same, primary
from language.detector import count_words

SENTENCES = {
    "en": "The council meets on the first Monday of each month, and everybody may ask questions.",
    "de": "Der Rat tagt am ersten Montag des Monats, und alle dürfen Fragen stellen.",
    "fr": "Le conseil se réunit le premier lundi de chaque mois et chacun peut poser des questions.",
    "nl": "De raad vergadert op de eerste maandag van de maand en iedereen mag vragen stellen.",
    "sv": "Kommunfullmäktige sammanträder den första måndagen i månaden och alla får ställa frågor.",
    "pl": "Rada spotyka się w pierwszy poniedziałek miesiąca i każdy może zadać pytanie.",
    "mt": "Il-kunsill jiltaqa' fl-ewwel Tnejn ta' kull xahar u kulħadd jista' jistaqsi mistoqsijiet.",
    "ga": "Buaileann an chomhairle le chéile an chéad Luan de gach mí agus is féidir le gach duine ceist a chur.",
    "el": "Το συμβούλιο συνεδριάζει την πρώτη Δευτέρα κάθε μήνα και όλοι μπορούν να ρωτήσουν.",
    "uk": "Рада збирається першого понеділка кожного місяця, і кожен може поставити запитання.",
    "lb": "De Gemengerot trëfft sech all éischte Méindeg am Mount an jidderee kann Froe stellen.",
}


@pytest.mark.parametrize(("lang", "text"), SENTENCES.items())
def test_a_sentence_is_recognised(lang: str, text: str) -> None:
    guess = detect(text)
    assert guess is not None
    assert guess.lang == lang
    assert guess.confidence > 0.9
    assert guess.words > 8


def test_capitals_do_not_matter() -> None:
    guess = detect(SENTENCES["de"].upper())
    assert guess is not None
    assert (guess.lang, guess.confidence > 0.9) == ("de", True)


@pytest.mark.parametrize(
    "text",
    ["", "Home", "12:30 - 14:00", "https://elm.example/rathaus/oeffnungszeiten.html", "a@b.example 020 7946 0000"],
)
def test_too_little_is_no_language(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Marie Dupont, Jean-Claude Lefebvre, Pierre Martin",
        "Hans Müller, Anna Schmidt, Peter Meier",
        "Download PDF Newsletter",
        "Fireworks over Paris",
    ],
)
def test_names_and_single_words_give_no_certainty(text: str) -> None:
    guess = detect(text)
    assert guess is None or guess.confidence < 0.9


def test_codes_of_one_language_agree() -> None:
    assert primary(" de-AT ") == "de"
    assert is_same("nb", "no")
    assert is_same("de-CH", "gsw")
    assert is_same("en-GB", "EN-us")
    assert not is_same("da", "no")
    assert is_known("nb-NO")
    assert not is_known("tlh")


def test_scripts_without_spaces_are_counted() -> None:
    assert count_words("市议会在每个月的第一个星期一开会") == 8
    assert detect("市议会在每个月的第一个星期一开会,大家都可以提问") == Guess("zh", pytest.approx(1, abs=0.2), 11)


def test_an_endless_text_takes_bounded_time() -> None:
    started = time.process_time()
    for text in ("a@" * 500_000, "www." * 500_000, "word " * 500_000, "." * 2_000_000, "a-/" * 500_000):
        detect(text)
    assert time.process_time() - started < 5


def test_the_model_is_loaded_only_when_a_text_is_asked_about() -> None:
    code = "import sys, language; language.detect('Home'); sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
