"""Guesses the language of a text with py3langid's model, which is part of that package: nothing is fetched.

py3langid was chosen over the others that work offline because it alone knows every official language of the EU
(Maltese and Irish among them) and the regional ones, has a class for text that is no language, and gives confidences
that stay low for names and single words. Its model takes some 30 MB, so it is loaded when the first text is asked about
and never before.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

MAX_CHARS = 3_000
"""Characters of one text that are read: more does not make a guess better, and a page may be endless."""

MIN_WORDS = 3
"""Fewer words tell nothing: names, brands and loan words are spelled alike everywhere."""

# fmt: off
KNOWN = frozenset((
    "ar", "be", "bg", "br", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa",
    "fi", "fo", "fr", "fy", "ga", "gd", "gl", "he", "hi", "hr", "hu", "hy", "is", "it", "ja", "ka",
    "ko", "ku", "la", "lb", "lt", "lv", "mk", "mt", "nl", "no", "nn", "oc", "pl", "ps", "pt", "ro",
    "ru", "se", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "th", "tl", "tr", "uk", "ur", "vi",
    "zh",
))
# fmt: on
"""The languages that are told apart: Europe's, and those that many of its public bodies publish in besides."""

_NO_LANGUAGE = "zxx"

_ALIKE: tuple[frozenset[str], ...] = (
    # Written so much alike, or so often under each other's code, that no guess tells one from the other.
    frozenset({"no", "nb", "nn"}),
    frozenset({"hr", "bs", "sr", "sh", "cnr"}),
    frozenset({"zh", "cmn", "yue", "wuu"}),
    frozenset({"ar", "arb", "ary", "arz"}),
    frozenset({"de", "gsw", "nds", "bar"}),
    frozenset({"fa", "prs"}),
    frozenset({"tl", "fil"}),
    frozenset({"ku", "ckb", "kmr"}),
    frozenset({"he", "iw"}),
    frozenset({"sq", "als"}),
    frozenset({"et", "ekk"}),
    frozenset({"lv", "lvs"}),
)

_WORD = re.compile(r"[^\W\d_]{2,}")
_NOISE = re.compile(
    r"(?:https?://|www\.)\S{1,300}|\S{1,100}@\S{1,200}|[\w/-]{1,100}\.[a-z]{2,5}\b|[\d_#|<>{}=\\/*^~+]+"
)
_SPACES = re.compile(r"\s+")
_WITHOUT_SPACES = frozenset({"CJK", "HIRAGANA", "KATAKANA", "THAI"})
_CHARS_A_WORD = 2  # in a script that does not part words by spaces

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Guess:
    """A text's likely language: its code (ISO 639, such as `de`), how sure (0 to 1), and how many words it has."""

    lang: str
    confidence: float
    words: int


def detect(text: str) -> Guess | None:
    """Return the language `text` is most likely written in, or None if it has too few words or is no language.

    The confidence is calibrated over lengths: three plain words seldom pass 0.5, a sentence passes 0.9. Web and mail
    addresses, file names and numbers are left out of account.
    """
    cleaned = _SPACES.sub(" ", _NOISE.sub(" ", unicodedata.normalize("NFC", text[:MAX_CHARS]))).strip()
    words = count_words(cleaned)
    return _guess(cleaned, words) if words >= MIN_WORDS else None


def count_words(text: str) -> int:
    """Return how many words of two letters and more `text` has; in scripts without spaces, an estimate."""
    found = _WORD.findall(text)
    packed = sum(len(word) for word in found if _script(word) in _WITHOUT_SPACES)
    return sum(1 for word in found if _script(word) not in _WITHOUT_SPACES) + packed // _CHARS_A_WORD


def primary(code: str) -> str:
    """Return the language part of a language tag: `de` for `de-AT`."""
    return code.strip().replace("_", "-").split("-")[0].casefold()


def is_known(code: str) -> bool:
    """Return whether a text in the language of this tag can be recognised."""
    return any(other in KNOWN for other in _alike(primary(code)))


def is_same(one: str, other: str) -> bool:
    """Return whether two language tags name one language, or two that cannot be told apart by a text."""
    return primary(other) in _alike(primary(one))


def _alike(code: str) -> frozenset[str]:
    return next((group for group in _ALIKE if code in group), frozenset({code}))


@lru_cache(maxsize=1_024)  # a site repeats its header and footer on every page
def _guess(text: str, words: int) -> Guess | None:
    with _lock:
        identifier = _identifier()
    lang, confidence = identifier.classify(text)
    return None if lang == _NO_LANGUAGE else Guess(lang, round(float(confidence), 4), words)


@cache
def _identifier() -> LanguageIdentifier:
    from language.model import load_model  # noqa: PLC0415  numpy and the model are heavy

    return load_model(KNOWN | {_NO_LANGUAGE})


def _script(word: str) -> str:
    return unicodedata.name(word[0], "").split(" ")[0]
