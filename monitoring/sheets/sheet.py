"""What every reader of a spreadsheet gives: rows of text within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from monitoring.errors import SheetError

MAX_ROWS = 200_000
"""Rows that are read; the largest Member States have some tens of thousands of public sector bodies."""

MAX_COLUMNS = 200
MAX_CELL_CHARS = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet program shows it, its cells as text, and what is odd about some.

    `notes` holds, by the cell's place from 0, why its text may not be what a person sees there.
    """

    number: int
    cells: tuple[str, ...]
    notes: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An open file: the name of the sheet, its rows, and what a person should know about how it was read."""

    name: str
    rows: Iterator[Row]
    remarks: tuple[str, ...] = ()


def bounded(rows: Iterator[Row]) -> Iterator[Row]:
    """Give the rows that hold something. Raises SheetError when there are more than `MAX_ROWS`."""
    count = 0
    for row in rows:
        if any(row.cells):
            count += 1
            if count > MAX_ROWS + 1:  # one is the header
                raise SheetError(f"The sheet has more than {MAX_ROWS:,} rows. Import it in parts.")
            yield row


def cell_text(text: str) -> str:
    """Return a cell's text with runs of white space as one space, no longer than the bound."""
    return " ".join(text[:MAX_CELL_CHARS].split())
