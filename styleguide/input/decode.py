"""From bytes to text: by byte order mark, by what the file declares, by what fits."""

from __future__ import annotations

import codecs
import re

from styleguide.input.errors import UnreadableError

FALLBACK_ENCODING = "cp1252"
"""What the WHATWG Encoding Standard reads undeclared western text as."""

BINARY_SAMPLE_BYTES = 8_192
"""Bytes that are looked at for NUL, which no text holds outside UTF-16 and UTF-32."""

DECLARATION_BYTES = 1_024
"""An HTML page must declare its encoding within its first 1,024 bytes (HTML, 4.2.5.4)."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.I)
_KNOWN_BINARIES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
)


def decode(data: bytes, name: str, declared: str = "") -> str:
    """Return the text of `data`; bytes that fit no encoding become U+FFFD. UnreadableError for what is no text.

    `declared` is the encoding that an HTTP header names.
    """
    for start, what in _KNOWN_BINARIES:
        if data.startswith(start):
            raise UnreadableError(f"{name} is {what}, not text. Save it as HTML, Markdown, plain text or DOCX.")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _plain(data.decode(encoding, "replace"))
    if b"\0" in data[:BINARY_SAMPLE_BYTES]:
        raise UnreadableError(f"{name} is not a text file. Save it as HTML, Markdown, plain text or DOCX.")
    try:
        return _plain(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    found = _DECLARED.search(data[:DECLARATION_BYTES])
    encoding = declared or (found.group(1).decode("ascii") if found else FALLBACK_ENCODING)
    try:
        is_text = codecs.lookup(encoding)._is_text_encoding
    except LookupError:
        is_text = False
    return _plain(data.decode(encoding if is_text else FALLBACK_ENCODING, "replace"))


def _plain(text: str) -> str:
    """Return the text without lone surrogates, which no output can carry. Keeps its length."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
