"""CSV in the spellings that spreadsheet programs write: any common encoding, comma, semicolon, tab or bar."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitoring.errors import SheetError
from monitoring.sheets._encoding import Encoding, encoding_of
from monitoring.sheets.sheet import MAX_CELL_CHARS, MAX_COLUMNS, Row, Sheet, bounded, cell_text

SHOWN_WORDS = 4
"""Words that a remark shows, so that a person sees whether the encoding is right."""

SEPARATORS = ",;\t|"
_GUARD = re.compile(r"^'(?=\s*[=+\-@])")
"""The apostrophe that keeps text from being taken for a formula, as our own CSV has it."""
_WORD = re.compile(r"[^\W\d_]+")


@contextmanager
def opened(path: Path, encoding: str | None = None) -> Iterator[Sheet]:
    """Open a CSV file in this encoding, or that which it seems to have. Raises SheetError when it is no text."""
    with path.open("rb") as raw:
        found = Encoding(encoding) if encoding else encoding_of(raw)
    with path.open(encoding=found.name, newline="", errors="replace") as stream:
        sample = stream.read(20_000)
        if sample.count("\x00"):
            raise SheetError(f"{path} is no CSV, XLSX or ODS file.")
        stream.seek(0)
        remarks = (_remark(found.name, sample),) if found.is_guess else ()
        yield Sheet(path.stem, bounded(_rows(stream, _separator(sample), path)), remarks)


def _remark(name: str, sample: str) -> str:
    whole = sample.rpartition("\n")[0] or sample  # the last line may be cut within a word
    words = list(dict.fromkeys(word for word in _WORD.findall(whole) if not word.isascii()))[:SHOWN_WORDS]
    such = f", which gives {' '.join(f'“{word}”' for word in words)}" if words else ""
    return (
        f"The file is not in UTF-8; it was read as {name}{such}. If letters with accents are wrong, say the encoding "
        "with --encoding."
    )


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
    """Return the sign that parts most lines into as many cells, outside quotation marks."""
    bare = ["".join(line.split('"')[::2]) for line in sample.splitlines()]

    def fit(sign: str) -> tuple[int, int]:
        counts = Counter(n for line in bare if (n := line.count(sign)))
        return max(((lines, n) for n, lines in counts.items()), default=(0, 0))

    return max(SEPARATORS, key=fit)
