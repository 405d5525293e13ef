"""What a report is made of, whatever it is written to: sections of paragraphs, lists, tables, charts and blanks.

Any text may be a `reports.wording.Foreign`: HTML then names its language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from reports.wording import to_say


class Status(StrEnum):
    """Who fills an item of the checklist."""

    FILLED = to_say("Filled from the data")
    PARTLY = to_say("Partly filled: a person must add to it")
    PERSON = to_say("A person must write this")
    OPTIONAL = to_say("Optional: a person may write this")
    WRITTEN = to_say("Written by a person")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of plain text."""

    kind: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of plain texts."""

    kind: ClassVar[str] = "listing"
    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Terms:
    """A list of terms, each with its text."""

    kind: ClassVar[str] = "terms"
    items: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Blank:
    """A place for a person: what to write there."""

    kind: ClassVar[str] = "blank"
    prompt: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of headers; the first cell of each row is its header. `numbers` are columns of numbers."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: `value`, `low` and `high` from 0 to the chart's `top`; `text` is what stands beside it."""

    label: str
    value: float
    text: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, with the table of the same numbers behind them."""

    kind: ClassVar[str] = "chart"
    caption: str
    bars: Sequence[Bar]
    top: float
    table: Table


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section; `down` is how many levels it lies below the section's first."""

    kind: ClassVar[str] = "heading"
    text: str
    down: int = 0


Block = Paragraph | Listing | Terms | Blank | Table | Chart | Heading


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report. `item` is the checklist's id, "" for parts of our own."""

    id: str
    title: str
    blocks: Sequence[Block]
    item: str = ""
    level: int = 2
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: its title, what stands before the sections, and the sections."""

    title: str
    lead: Sequence[Block]
    sections: Sequence[Section]
