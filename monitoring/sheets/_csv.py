"""CSV in the spellings that spreadsheet programs write: any common encoding, comma, semicolon, tab or bar."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitoring.errors import SheetError
from monitoring.sheets.sheet import MAX_CELL_CHARS, MAX_COLUMNS, Row, Sheet, bounded, cell_text

GUESS_BYTES = 512 * 1024
"""What is looked at to guess an encoding: letters beyond ASCII may come late in a long file."""

SEPARATORS = ",;\t|"
_GUARD = re.compile(r"^'(?=\s*[=+\-@])")
"""The apostrophe that keeps text from being taken for a formula, as our own CSV has it."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@contextmanager
def opened(path: Path) -> Iterator[Sheet]:
    """Open a CSV file. Raises SheetError when it is no text."""
    encoding, remark = _encoding(path)
    with path.open(encoding=encoding, newline="", errors="replace") as stream:
        sample = stream.read(20_000)
        if sample.count("\x00"):
            raise SheetError(f"{path} is no CSV, XLSX or ODS file.")
        stream.seek(0)
        yield Sheet(path.stem, bounded(_rows(stream, _separator(sample), path)), (remark,) if remark else ())


def _rows(stream: io.TextIOBase, separator: str, path: Path) -> Iterator[Row]:
    csv.field_size_limit(MAX_CELL_CHARS * 10)
    reader = csv.reader(stream, delimiter=separator)
    line = 1
    try:
        for cells in reader:
            yield Row(line, tuple(_GUARD.sub("", cell_text(cell)) for cell in cells[:MAX_COLUMNS]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise SheetError(
            f"{path}, line {line}: {error}. Is a quotation mark left open? Save the file again from your program."
        ) from None


def _separator(sample: str) -> str:
    """Return the sign that parts the first line that has one, outside quotation marks."""
    for line in sample.splitlines():
        bare = "".join(line.split('"')[::2])
        best = max(SEPARATORS, key=bare.count)
        if bare.count(best):
            return best
    return ","


def _encoding(path: Path) -> tuple[str, str]:
    """Return the encoding, and a remark where it was guessed."""
    with path.open("rb") as stream:
        start = stream.read(4)
        for mark, name in _MARKS:
            if start.startswith(mark):
                return name, ""
        stream.seek(0)
        unusual = _beyond_ascii(stream)
        if unusual is None:
            return "utf-8", ""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - most files need it not

    guess = from_bytes(unusual, cp_isolation=[*_WINDOWS, *_DOS, *sorted(_OTHER_LETTERS)]).best()
    if guess is not None and guess.encoding in _OTHER_LETTERS:
        name = guess.encoding
    else:  # the first of those with most letters: a few bytes make a guess at one of old DOS, "Trõger" for "Träger"
        candidates = [*_WINDOWS, *([guess.encoding] if guess is not None else [])]
        name = max(candidates, key=lambda encoding: _letters(unusual, encoding))
    return name, f"The file is not in UTF-8; it was read as {name}. Check the letters with accents."


_WINDOWS = ("cp1252", "cp1250")
"""What spreadsheet programs write: Windows' western and central encoding."""

_DOS = ("cp437", "cp850", "cp852")
_OTHER_LETTERS = frozenset(
    {"cp1251", "cp1253", "cp866", "cp737", "iso8859_5", "iso8859_7", "koi8_r", "koi8_u", "mac_cyrillic", "mac_greek"}
    | {"utf_16", "utf_16_le", "utf_16_be", "utf_32"}
)
"""Encodings of Cyrillic and Greek, which a guess tells from Latin letters, and Unicode's others."""


def _letters(data: bytes, encoding: str) -> int:
    """Count the letters: in the wrong one of two encodings some become signs, as in "Urz¹d"."""
    return sum(char.isalpha() for char in data.decode(encoding, "replace"))


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
