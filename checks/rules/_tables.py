"""What rules about tables share: the grid of a table's cells, and what its author says the table is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import Tag

from checks.elements import attribute
from checks.rules._heard import PRESENTATIONAL, heard, role_of

MAX_CELLS = 5000
"""Cells of one table that are laid out; a larger table is judged by these."""
MAX_SPAN = 100


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells by row and column. A cell that spans stands in every place it covers."""

    places: dict[tuple[int, int], Tag]
    rows: int
    columns: int

    def row(self, number: int) -> list[Tag]:
        """Return the cells of a row, each once."""
        return _once([self.places[number, c] for c in range(self.columns) if (number, c) in self.places])

    def column(self, number: int) -> list[Tag]:
        """Return the cells of a column, each once."""
        return _once([self.places[r, number] for r in range(self.rows) if (r, number) in self.places])


def grid_of(table: Tag) -> Grid:
    """Lay a table out (a short form of https://html.spec.whatwg.org/multipage/tables.html#forming-a-table)."""
    places: dict[tuple[int, int], Tag] = {}
    count = columns = 0
    own_rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    for r, row in enumerate(own_rows):
        c = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while (r, c) in places:
                c += 1
            width, height = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(own_rows) - r)
            count += width * height
            if count > MAX_CELLS:
                return Grid(places, r + 1, columns)
            places.update({(r + dr, c + dc): cell for dr in range(height) for dc in range(width)})
            c += width
            columns = max(columns, c)
    return Grid(places, len(own_rows), columns)


def is_for_layout(table: Tag) -> bool:
    """Return whether an author marked a table as one that only places things."""
    return role_of(table) in PRESENTATIONAL


def has_another_role(table: Tag) -> bool:
    """Return whether a role makes something else of a table, or a grid whose cells have roles of their own."""
    return role_of(table) not in ("", "table", *PRESENTATIONAL)


def is_header(cell: Tag) -> bool:
    """Return whether a cell is a header."""
    role = role_of(cell)
    return role in ("columnheader", "rowheader") or (cell.name == "th" and not role)


def is_short(text: str) -> bool:
    """Return whether a text has the length of a header or a value."""
    return 0 < len(text) <= 60  # about a line of a column


def looks_like_a_value(text: str) -> bool:
    """Return whether a text is a number, an amount, a date, a time or a share."""
    return bool(
        re.fullmatch(r"[<>~≈±+\-−–]?\s?[$€£¥]?\s?\d[\d\s.,:/%–-]*\s?(?:[%€$£]|[a-zA-Zµ°²³]{1,5}\.?)?", text.strip())
    )


def text_in(cell: Tag) -> str:
    """Return what is heard of a cell, or its abbreviation."""
    return heard(cell) or attribute(cell, "aria-label").strip()


def _span(cell: Tag, name: str) -> int:
    value = attribute(cell, name).strip()
    return min(max(int(value), 1), MAX_SPAN) if re.fullmatch(r"\d{1,4}", value) else 1


def _once(cells: list[Tag]) -> list[Tag]:
    seen: dict[int, Tag] = {}
    for cell in cells:
        seen.setdefault(id(cell), cell)
    return list(seen.values())
