from __future__ import annotations

import subprocess
import sys

import pytest

from styleguide.input.draft import read_text
from styleguide.readability import measure
from styleguide.spoken import tell_language

GERMAN = (
    "Sie müssen den Antrag bis zum Ende des Monats abgeben. Wir schicken Ihnen einen Brief, sobald die Gebühr bezahlt "
    "ist. Kinder unter sechs Jahren fahren umsonst mit dem Bus und mit der Straßenbahn in der ganzen Stadt."
)
ENGLISH = (
    "You must hand in the form before the end of the month. We send you a letter when the fee is paid. Children under "
    "six travel for free by bus and by tram in the whole of the city."
)
SLOVAK = (
    "Žiadosť musíte podať do konca mesiaca. Keď zaplatíte poplatok, pošleme vám list. Deti do šiestich rokov cestujú "
    "autobusom a električkou v celom meste zadarmo. Úrad je otvorený každý pracovný deň."
)


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        (ENGLISH, "en", "en"),
        (GERMAN, "en", "de"),
        (GERMAN, "", "de"),
        (ENGLISH, "", "en"),
        (SLOVAK, "en", "sk"),
        (GERMAN, "eo", "eo"),  # the detector does not know Esperanto, so it cannot say that this is none
        ("Kurz und gut.", "en", "en"),
        ("", "", ""),
    ],
)
def test_language_is_told_from_the_text(text: str, declared: str, expected: str) -> None:
    assert tell_language(text, declared) == expected


def test_a_draft_without_a_language_gets_that_of_its_text() -> None:
    assert read_text(GERMAN, "brief.txt").document.lang == "de"
    assert read_text(GERMAN, "brief.txt", lang="en").document.lang == "en"
    assert read_text("Kurz.", "brief.txt").document.lang == "en"
    assert read_text(f"---\nlang: fr\n---\n{GERMAN}", "brief.md").document.lang == "fr"


def test_a_page_that_names_the_wrong_language_gets_no_score() -> None:
    page = read_text(f"<html lang=en><title>T</title><p>{GERMAN}</p><p>{GERMAN}</p><p>{GERMAN}</p>", "a.html")
    found = measure(page.document)
    assert found.grade is None
    assert "says it is in English, but its text looks German" in found.no_score_reason


def test_plain_english_needs_no_detector() -> None:
    code = f"import sys; from styleguide.spoken import tell_language; tell_language({ENGLISH!r}, 'en'); "
    code += "print([m for m in ('py3langid', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
