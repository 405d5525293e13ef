from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styleguide.sentences import split_sentences

MARKS = st.text(alphabet=" \n.!?…\"'”’»“«)(aA1éßx。—,", max_size=300)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Dr. Smith paid £3.50 at 9 a.m. on 4 Jan. 2020.|See www.gov.uk/x.html for more."),
        ("en", "The U.S. Department said no.|The office opens at 9 a.m.|You can visit."),
        ("en", "Use forms, e.g. Form A.|It is No. 5 on the list!|Yes?|“Really.”|He left... then came."),
        ("en", "1. Fill in the form.|Send it."),
        ("en", "See Sec. 39. 1 for rules.|[Doc. No. AB-5061, Oct. 20, 1964]"),
        ("en", "You and I.|We agree."),
        ("de", "Am 3. Mai kommt Dr. Meyer z. B. nach Berlin.|Das kostet 3,50 Euro."),
        ("de", "Gem. § 5 Abs. 2 Nr. 3 SGB gilt das bzw. nicht.|Lesen Sie S. 5.|Es ist 9 Uhr."),
        ("fr", "M. Dupont, art. 5, habite ici.|« Oui. »|Non ?"),
        ("es", "El Sr. García vive aquí.|¿Dónde?|En la pág. 5."),
        ("nl", "Dhr. Jansen komt bijv. morgen.|Dat is goed."),
        ("ja", "これは本です。|それはペンです。"),
        ("", "One ends. |Two begins."),
    ],
)
def test_splits_where_a_reader_would(lang: str, text: str) -> None:
    expected = [part.strip() for part in text.split("|")]
    joined = " ".join(expected) if lang != "ja" else "".join(expected)
    assert [sentence.text for sentence in split_sentences(joined, lang)] == expected


def test_line_break_ends_a_sentence() -> None:
    assert [sentence.text for sentence in split_sentences("Town hall\n1 High Street", "en")] == [
        "Town hall",
        "1 High Street",
    ]


@pytest.mark.parametrize("text", ["", " ", "...", "\n\n", "—"])
def test_without_words_there_is_no_sentence(text: str) -> None:
    assert split_sentences(text, "en") == ()


@given(MARKS, st.sampled_from(["en", "de", "fr", "xx", ""]))
def test_offsets_are_right_and_nothing_said_is_lost(text: str, lang: str) -> None:
    sentences = split_sentences(text, lang)
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in sentences)
    assert all(before.end <= after.start for before, after in pairwise(sentences))
    said = [char for char in text if char.isalnum()]
    assert [char for sentence in sentences for char in sentence.text if char.isalnum()] == said


def test_a_lost_line_break_ends_a_sentence() -> None:
    found = split_sentences("You may ask if:A person fails to answer;Another does. See town:Hall, at 10:30.", "en")
    assert [sentence.text for sentence in found] == [
        "You may ask if:",
        "A person fails to answer;",
        "Another does.",
        "See town:Hall, at 10:30.",
    ]
