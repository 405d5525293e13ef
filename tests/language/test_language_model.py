"""The model is py3langid's own, loaded within less memory."""

from __future__ import annotations

import tracemalloc

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from language.model import load_model

LANGUAGES = ("de", "en", "it", "ja", "sr", "zxx")
TEXTS = (
    "Dies ist ein kurzer Satz in deutscher Sprache.",
    "Please send us the form before May.",
    "Il modulo deve essere inviato entro maggio.",
    "これは日本語の文章です。",
    "Ово је кратка реченица.",
    "OK",
)
MOST_BYTES = 30_000_000
"""While the model is loaded; by py3langid's own way it is over 100,000,000."""


def test_it_says_what_py3langid_says_and_takes_little_memory() -> None:
    tracemalloc.start()
    try:
        ours = load_model(LANGUAGES)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MOST_BYTES
    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    whole.set_languages(LANGUAGES)
    assert [ours.classify(text) for text in TEXTS] == [whole.classify(text) for text in TEXTS]
    assert ours.labels == whole.labels
