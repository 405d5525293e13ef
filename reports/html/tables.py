"""Long tables: pages of plain HTML for reading, and one data file for filtering and sorting over everything.

Both come from the same cells in one pass, so they cannot differ, and only one page of rows is ever held.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from typing import Any, TextIO

from reports.html.render import Site, clean, known_language, web_link
from reports.wording import language_of, say

ROWS_PER_FILE = 250
"""Rows of one HTML file: long enough to skim, short enough that a phone lays it out at once."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `kind` is text, long or number; `choices` are the cell texts to offer as a filter."""

    label: str
    kind: str = "text"
    choices: tuple[str, ...] = ()

    def said(self) -> Column:
        """Return the column in the language that is spoken."""
        return Column(say(self.label), self.kind, tuple(say(choice) for choice in self.choices))


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture in a cell: its file in this report, its size in pixels and its text alternative."""

    path: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `href` leads to a file of this report, `address` to the site (linked only if it is http or https).

    `note` is a text or several, each of which may be `Foreign`. `tone` is one of our class names. `rank` sorts where
    the text would not. `code` is a site's markup, to be read only. `picture` is shown below.
    """

    text: str | int
    href: str = ""
    address: str = ""
    note: str | tuple[str, ...] = ""
    tone: str = ""
    lang: str = ""
    rank: float | None = None
    code: str = ""
    picture: Shown | None = None

    @property
    def out(self) -> str:
        """Where the cell links to outside this report, or nothing."""
        return web_link(self.address)

    @property
    def known_lang(self) -> str:
        """The language of the text, if it is one we know."""
        return language_of(self.text) or known_language(self.lang)

    @property
    def notes(self) -> tuple[tuple[str, str], ...]:
        """The texts of the note with their languages, "" where it is that of the report."""
        texts = (self.note,) if isinstance(self.note, str) else self.note
        return tuple((text, language_of(text)) for text in texts if text)

    def packed(self) -> list[Any]:
        """Return the cell for the data file, in the order that `report.js` reads: trailing blanks left out."""
        text = self.text if isinstance(self.text, int) else clean(self.text)
        notes = [(clean(note), language) for note, language in self.notes]
        note: Any = notes if any(language for _, language in notes) else " ".join(str(each) for each, _ in notes)
        values = [text, self.href, self.out, note, self.tone, self.known_lang, self.rank, clean(self.code)]
        if self.picture:
            values.append([self.picture.path, self.picture.width, self.picture.height, self.picture.alt])
        while values[-1] in ("", None) and len(values) > 1:
            values.pop()
        return values


@dataclass(frozen=True, slots=True)
class Table:
    """One file's part of a table, as the templates see it. `parts` are the names of all the files."""

    name: str
    caption: str
    noun: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    n_rows: int
    first: int
    parts: tuple[str, ...]
    part: int
    data: str


def one_part(name: str, caption: str, noun: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> Table:
    """Return a table that stands in one file whatever its length: for lists that the standards or we bound."""
    return Table(name, caption, noun, tuple(column.said() for column in columns), rows, len(rows), 0, ("",), 0, "")


def write_list(
    site: Site,
    path: str,
    template: str,
    *,
    caption: str,
    noun: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    n_rows: int,
    **context: Any,
) -> None:
    """Write a table as `path`.html, `path`-2.html ... and, if it takes more than one file, its data file.

    `rows` is read once, a file's worth at a time. `template` gets `table` beside `context`.
    """
    n_parts = max(1, -(-n_rows // ROWS_PER_FILE))
    parts = tuple(part_path(path, part) for part in range(n_parts))
    name = path.replace("/", "-")
    data = f"data/{name}.js" if n_parts > 1 else ""
    source = iter(rows)
    said = tuple(column.said() for column in columns)
    with ExitStack() as stack:
        file = stack.enter_context(site.path(data).open("w", encoding="ascii")) if data else None
        if file:
            file.write(f"curbcutTable({json.dumps(name)}, [")
        for part in range(n_parts):
            batch = list(islice(source, ROWS_PER_FILE))
            if file:
                _write_rows(file, batch, is_first=part == 0)
            first = part * ROWS_PER_FILE
            table = Table(name, caption, noun, said, batch, n_rows, first, parts, part, data)
            site.render(parts[part], template, table=table, **context)
        if file:
            file.write("\n]);\n")


def part_path(path: str, part: int) -> str:
    """Return the file of one part: issues.html, issues-2.html ..."""
    return f"{path}.html" if part == 0 else f"{path}-{part + 1}.html"


def script_json(value: Any) -> str:
    """Return JSON that is safe in a script wherever it stands: pure ASCII, and never `<`, `>` or `&`."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _write_rows(file: TextIO, rows: Iterable[Sequence[Cell]], *, is_first: bool) -> None:
    for line in _lines(rows):
        file.write("\n" if is_first else ",\n")
        file.write(line)
        is_first = False


def _lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    for row in rows:
        yield script_json([cell.packed() for cell in row])
