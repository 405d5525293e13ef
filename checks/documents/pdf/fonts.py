"""A PDF's fonts: can their codes be turned into characters, and is a font bold?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from checks.documents.pdf.values import dictionary, integer, items, name, number

MAX_CMAP_BYTES = 2 * 1024 * 1024
MAX_RANGE = 65_536
BOLD_WEIGHT = 600
FORCE_BOLD = 1 << 18  # ISO 32000-1 table 123, bit 19
SYMBOLIC = 1 << 2  # the same, bit 3
UNKNOWN = "\ufffd"

_KNOWN_ORDERINGS = frozenset({"Japan1", "GB1", "CNS1", "Korea1", "KR"})
"""Character collections of Adobe whose characters are known without a map (ISO 32000-1, 9.10.2)."""

_BARE_NUMBER = re.compile(r"(g|G|c|C|a|i|index|glyph|cid|char|gid|H|x)?[0-9a-fA-F]*\d+[0-9a-fA-F]*")
_UNI_NAME = re.compile(r"(?:uni([0-9A-F]{4})|u([0-9A-F]{4,6}))(?:\..*)?")
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_SYMBOL_NAME = re.compile(r"symbol|dingbat|wingding|webding|bullet|icon|awesome|marlett|emoji", re.IGNORECASE)
_CMAP_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CMAP_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_PLAIN_NAMES = {
    "space": " ", "period": ".", "comma": ",", "hyphen": "-", "colon": ":", "semicolon": ";", "parenleft": "(",
    "parenright": ")", "quotesingle": "'", "quoteright": "'", "slash": "/", "question": "?", "exclam": "!",
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "endash": "–", "fi": "fi", "fl": "fl", "bullet": "•",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Font:
    """One font as its dictionary describes it. `is_mappable` is None when only the embedded program could tell."""

    label: str
    is_bold: bool
    is_symbols: bool
    is_mappable: bool | None
    code_bytes: int
    to_unicode: Mapping[int, str] | None = None
    codec: str = "cp1252"
    differences: Mapping[int, str] = field(default_factory=dict)
    _known: dict[int, str] = field(default_factory=dict, compare=False)

    def codes(self, shown: bytes) -> list[int]:
        """Return the codes in a shown string."""
        if self.code_bytes == 1:
            return list(shown)
        return [int.from_bytes(shown[i : i + 2], "big") for i in range(0, len(shown) - 1, 2)]

    def text(self, codes: list[int]) -> str:
        """Return the characters of codes. A text shows the same few again and again, so each is worked out once."""
        known = self._known
        for code in set(codes) - known.keys():
            known[code] = self.character(code)
        return "".join([known[code] for code in codes])

    def character(self, code: int) -> str:
        """Return the character of a code; `UNKNOWN` where the file does not say."""
        if self.to_unicode is not None and code in self.to_unicode:
            return self.to_unicode[code]
        if self.code_bytes == 2:
            return UNKNOWN
        if code in self.differences:
            return _named(self.differences[code])
        return bytes([code]).decode(self.codec, "replace")

    def maps(self, code: int) -> bool | None:
        """Return whether a code stands for a known character; None when only the font program could tell."""
        if self.to_unicode is not None and code in self.to_unicode:
            return is_character(self.to_unicode[code])
        if code in self.differences:
            return not _BARE_NUMBER.fullmatch(self.differences[code])
        return self.is_mappable


def is_character(text: str) -> bool:
    """Return whether text is something that can be read out: not unknown, unassigned by design, or private."""
    return bool(text) and not any(c in "\ufffd\ufffe\uffff\0" or 0xE000 <= ord(c) <= 0xF8FF for c in text)


def read_font(value: Any) -> Font:
    """Return a font of a page's resources."""
    font = dictionary(value)
    subtype = name(font.get("/Subtype"))
    base = name(font.get("/BaseFont"))
    to_unicode = _to_unicode(font.get("/ToUnicode"))
    if subtype == "Type0":
        return _composite(font, base, to_unicode)
    descriptor = dictionary(font.get("/FontDescriptor"))
    encoding = font.get("/Encoding")
    base_encoding = name(encoding) or name(dictionary(encoding).get("/BaseEncoding"))
    differences = _differences(dictionary(encoding).get("/Differences"))
    is_symbolic = bool(integer(descriptor.get("/Flags")) & SYMBOLIC)
    is_mappable: bool | None = True
    if subtype == "Type3":
        is_mappable = bool(base_encoding)
    elif subtype == "TrueType" and not base_encoding and is_symbolic:
        is_mappable = None  # its codes are the font program's own; a Type 1 program names its glyphs instead
    return Font(
        label=_label(base) or name(font.get("/Name")) or subtype,
        is_bold=_is_bold(base, descriptor),
        is_symbols=bool(_SYMBOL_NAME.search(base)) or base.endswith(("Symbol", "ZapfDingbats")),
        is_mappable=is_mappable,
        code_bytes=1,
        to_unicode=to_unicode,
        codec="mac_roman" if base_encoding == "MacRomanEncoding" else "cp1252",
        differences=differences,
    )


def _composite(font: Any, base: str, to_unicode: Mapping[int, str] | None) -> Font:
    descendant = dictionary(next(iter(items(font.get("/DescendantFonts"))), None))
    ordering = str(dictionary(descendant.get("/CIDSystemInfo")).get("/Ordering", ""))
    encoding = name(font.get("/Encoding"))
    is_known = ordering in _KNOWN_ORDERINGS or (bool(encoding) and not encoding.startswith("Identity"))
    return Font(
        label=_label(base) or "Type0",
        is_bold=_is_bold(base, dictionary(descendant.get("/FontDescriptor"))),
        is_symbols=bool(_SYMBOL_NAME.search(base)),
        is_mappable=is_known,
        code_bytes=2,
        to_unicode=to_unicode,
    )


def _label(base: str) -> str:
    """Return a font's name without the prefix of a subset (ISO 32000-1, 9.6.4)."""
    return re.sub(r"^[A-Z]{6}\+", "", base)[:80]


def _is_bold(base: str, descriptor: Any) -> bool:
    if _BOLD_NAME.search(base):
        return True
    return number(descriptor.get("/FontWeight")) >= BOLD_WEIGHT or bool(integer(descriptor.get("/Flags")) & FORCE_BOLD)


def _differences(value: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    code = 0
    for item in items(value):
        if isinstance(item, pikepdf.Name):
            found[code] = str(item)[1:]
            code += 1
        else:
            code = integer(item)
    return found


def _named(glyph: str) -> str:
    if len(glyph) == 1:
        return glyph
    if glyph in _PLAIN_NAMES:
        return _PLAIN_NAMES[glyph]
    if match := _UNI_NAME.fullmatch(glyph):
        return _chr(int(match[1] or match[2], 16))
    return UNKNOWN if _BARE_NUMBER.fullmatch(glyph) else glyph[0]


def _to_unicode(value: Any) -> dict[int, str] | None:
    if not isinstance(value, pikepdf.Stream):
        return None
    try:
        data = value.read_bytes()[:MAX_CMAP_BYTES]
    except (pikepdf.PdfError, RuntimeError):
        return None
    found: dict[int, str] = {}
    for block in _CMAP_BLOCK.finditer(data):
        tokens = [_token(match) for match in _CMAP_TOKEN.finditer(block[2])]
        if block[1] == b"bfchar":
            found |= {_code(a): _utf16(b) for a, b in zip(tokens[::2], tokens[1::2], strict=False)}
        else:
            _add_ranges(found, tokens)
    return found


def _add_ranges(found: dict[int, str], tokens: list[bytes]) -> None:
    position = 0
    while position + 2 < len(tokens) and len(found) < MAX_RANGE:
        low, high, first = _code(tokens[position]), _code(tokens[position + 1]), tokens[position + 2]
        position += 3
        if first == b"[":
            code = low
            while position < len(tokens) and tokens[position] != b"]":
                found[code] = _utf16(tokens[position])
                code, position = code + 1, position + 1
            position += 1
            continue
        start = _utf16(first)
        if not start:
            continue
        for code in range(low, min(high, low + MAX_RANGE) + 1):
            found[code] = start[:-1] + _chr(ord(start[-1]) + code - low)


def _token(match: re.Match[bytes]) -> bytes:
    if match[2] or match[3]:
        return bytes(match[0])
    digits = re.sub(rb"\s", b"", match[1])
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _code(token: bytes) -> int:
    return int.from_bytes(token[:4], "big")


def _utf16(token: bytes) -> str:
    return token.decode("utf-16-be", "replace") if len(token) > 1 else token.decode("latin-1")


def _chr(code: int) -> str:
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else UNKNOWN
