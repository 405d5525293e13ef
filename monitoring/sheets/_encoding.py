"""Tells the encoding of a text file from its bytes: certain for Unicode, a reasoned guess for the older ones.

The older encodings give a letter to nearly every byte, so a short file is right in many of them: "Urząd Gminy Łódź" of
Windows' Central European encoding is "Urz¹d Gminy £ódŸ" in the western one. What tells them apart is which letters the
languages of the file's countries have (a register is full of addresses, and most end in a country's code), then those
of any language. charset-normalizer tells Cyrillic and Greek apart, and the letters of old DOS from those of Windows.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

GUESS_BYTES = 512 * 1024
"""What is looked at to guess an encoding: letters beyond ASCII may come late in a long file."""

MOST_WORDS = 5_000
"""Different words that the letters are counted in: as good as all, and done in a moment."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

LETTERS = {
    "cs": "áčďéěíňóřšťúůýž",
    "da": "æøåéü",
    "de": "äöüß",
    "es": "áéíñóúü",
    "et": "äõöüšž",
    "fi": "äöåšž",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "hr": "čćđšž",
    "hu": "áéíóöőúüű",
    "is": "áðéíóúýþæö",
    "it": "àèéìíîòóùú",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "nl": "áéèëïóöü",
    "no": "æøåéòôü",
    "pl": "ąćęłńóśźż",
    "pt": "áâãàçéêíóôõúü",
    "ro": "ăâîșțşţ",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšž",
    "sv": "åäöéü",
    "tr": "çğıöşüâîû",
}
"""The letters beyond ASCII of languages that are written in Latin letters (Unicode CLDR, main and common foreign)."""

OF_COUNTRY = {
    "at": ("de",), "be": ("nl", "fr", "de"), "ch": ("de", "fr", "it"), "cz": ("cs",), "de": ("de",), "dk": ("da",),
    "ee": ("et",), "es": ("es", "pt", "fr"), "fi": ("fi", "sv"), "fr": ("fr",), "hr": ("hr",), "hu": ("hu",),
    "ie": ("es",), "is": ("is",), "it": ("it", "de", "sl"), "li": ("de",), "lt": ("lt",), "lu": ("fr", "de"),
    "lv": ("lv",), "nl": ("nl",), "no": ("no",), "pl": ("pl",), "pt": ("pt",), "ro": ("ro", "hu"), "se": ("sv",),
    "si": ("sl",), "sk": ("sk", "hu"), "tr": ("tr",),
}  # fmt: skip
"""The languages of a country's bodies, by the end of its addresses; those of Ireland have acute accents as Spanish."""

CANDIDATES = (
    "cp1252", "cp1250", "cp1257", "cp1254", "iso8859_15", "iso8859_2", "iso8859_13", "mac_latin2", "cp850", "cp852",
    "cp775",
)  # fmt: skip
"""Encodings of Latin letters, the more usual first: of several that fit as well the first is taken."""

_WINDOWS = ("cp1252", "cp1250", "cp1257", "cp1254")
_DOS = ("cp437", "cp850", "cp852", "cp775")
_OTHER_LETTERS = frozenset(
    {"cp1251", "cp1253", "cp866", "cp737", "iso8859_5", "iso8859_7", "koi8_r", "koi8_u", "mac_cyrillic", "mac_greek"}
)
"""Encodings of Cyrillic and Greek, which charset-normalizer tells from Latin letters."""
_UNICODE = frozenset({"utf_16", "utf_16_le", "utf_16_be", "utf_32"})

_LAST_ASCII = 127
_MARKS_OF_TEXT = frozenset("„“”‚‘’«»‹›–—…§°€\xa0·•")
_UNUSUAL = re.compile(rb"[^\s;,|\"]*[\x80-\xff][^\s;,|\"]*")
_COUNTRY = re.compile(rb"[a-z0-9-]\.([a-z]{2})(?=[/:;,\t|\"'\s?#]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by Python's name. `is_guess` is True where another one might fit, too."""

    name: str
    is_guess: bool = False


def encoding_of(stream: io.BufferedReader) -> Encoding:
    """Return the encoding of a whole file, which is read once."""
    start = stream.read(4)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return Encoding(name)
    stream.seek(0)
    unusual = _beyond_ascii(stream)
    return Encoding("utf-8") if unusual is None else Encoding(guess(unusual), is_guess=True)


def guess(data: bytes) -> str:
    """Return the most likely encoding of lines that are not in UTF-8."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - most files need it not

    others = _OTHER_LETTERS | (_UNICODE if b"\x00" in data else set())
    found = from_bytes(data, cp_isolation=[*_WINDOWS, *_DOS, *sorted(others)]).best()
    best = found.encoding if found is not None else ""
    languages = OF_COUNTRY.get(_country(data), ())
    words = b" ".join(list(dict.fromkeys(_UNUSUAL.findall(data)))[:MOST_WORDS])
    fit = {name: _fit(words, name, languages) for name in CANDIDATES}
    most = max(fit.values())
    if best in _UNICODE or (best in _OTHER_LETTERS and max(most) < 1):
        return best
    return next(name for name in fit if fit[name] == most)


def _country(data: bytes) -> str:
    """Return the end of most addresses that end in a country's code, or "" where there are none."""
    found = Counter(match.decode().lower() for match in _COUNTRY.findall(data))
    return next((country for country, _ in found.most_common() if country in OF_COUNTRY), "")


def _fit(data: bytes, name: str, languages: Iterable[str]) -> tuple[float, float]:
    """Return which share of what is beyond ASCII the file's languages have, and the best share of any one language."""
    text = data.decode(name, "replace")
    beyond: Counter[str] = Counter()
    for before, char, after in zip(f" {text}", text, f"{text[1:]} ", strict=False):
        if ord(char) > _LAST_ASCII:
            beyond[char.lower() if _in_place(before, char, after) else ""] += 1
    marks = sum(n for char, n in beyond.items() if char in _MARKS_OF_TEXT)
    whole = sum(beyond.values()) or 1

    def share(letters: str) -> float:
        return (marks + sum(n for char, n in beyond.items() if char and char in letters)) / whole

    own = share("".join(LETTERS[language] for language in languages)) if languages else 0.0
    return own, max(share(letters) for letters in LETTERS.values())


def _in_place(before: str, char: str, after: str) -> bool:
    """Return whether a sign can stand here: no mark within a word, no capital behind a small letter."""
    if char in _MARKS_OF_TEXT:
        return char in "’‘\xa0–·" or not (before.isalpha() and after.isalpha())
    return not (char.isupper() and before.islower())


def _beyond_ascii(stream: io.BufferedReader) -> bytes | None:
    """Return lines with bytes beyond ASCII to guess from, or None when the whole file is UTF-8."""
    unusual = io.BytesIO()
    is_utf8 = True
    for line in stream:
        if line.isascii():
            if b"\x00" in line:
                return line
            continue
        try:
            line.decode()
        except UnicodeDecodeError:
            is_utf8 = False
        if unusual.tell() < GUESS_BYTES:
            unusual.write(line)
    return None if is_utf8 else unusual.getvalue()
