"""ODS (OpenDocument 1.2 and later), read as a stream: repeated rows and cells, merged cells, stored results."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from monitoring.errors import SheetError
from monitoring.sheets._archive import Archive
from monitoring.sheets.sheet import MAX_COLUMNS, Row, Sheet, bounded, cell_text

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_ENCRYPTION = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}encryption-data"
MAX_REPEATS = 1_000
"""Rows that are all the same are read this often; programs write the empty rest of a sheet as one repeated row."""


def opened(archive: Archive) -> Sheet:
    """Return the first sheet. Raises SheetError, also while rows are read."""
    manifest = "META-INF/manifest.xml"
    if manifest in archive.names() and any(True for _ in archive.elements(manifest, _ENCRYPTION, start=True)):
        raise SheetError(f"{archive.path} opens with a password only. Save it without one.")
    first = next(archive.elements("content.xml", f"{_TABLE}table", start=True), None)
    if first is None:
        raise SheetError(f"{archive.path} has no sheet.")
    return Sheet(str(first.get(f"{_TABLE}name", "")), bounded(_rows(archive)))


def _rows(archive: Archive) -> Iterator[Row]:
    number = 1
    spans: dict[int, tuple[int, int, str]] = {}
    for element in archive.elements("content.xml", f"{_TABLE}table-row", f"{_TABLE}table"):
        if element.tag == f"{_TABLE}table":
            return  # the first sheet has ended
        if any(True for _ in element.iterancestors(f"{_TABLE}table-row")):
            continue  # a sheet within a cell
        repeat = _count(element, "number-rows-repeated")
        cells, notes = _cells(element, spans)
        for copy in range(min(repeat, MAX_REPEATS) if any(cells) else 0):
            yield Row(number + copy, tuple(cells), notes)
        number += repeat


def _cells(row: etree._Element, spans: dict[int, tuple[int, int, str]]) -> tuple[list[str], dict[int, str]]:
    """Return a row's texts and notes. `spans` holds, by first column, merged cells: rows left, width, text."""
    cells: list[str] = []
    notes: dict[int, str] = {}
    covered = {
        place: text
        for start, (_, width, text) in spans.items()
        for place in range(start, min(start + width, MAX_COLUMNS))
    }
    for start in [start for start, (left, _, _) in spans.items() if left <= 1]:
        del spans[start]
    for start, (left, width, text) in list(spans.items()):
        spans[start] = (left - 1, width, text)
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        place = len(cells)
        if place >= MAX_COLUMNS:
            break
        text, note = _value(cell)
        wide, high = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if cell.tag == f"{_TABLE}covered-table-cell":
            text = covered.get(place, "")
        elif wide > 1 or high > 1:
            for inner in range(place + 1, min(place + wide, MAX_COLUMNS)):
                covered[inner] = text
            if high > 1:
                spans[place] = (high - 1, wide, text)
        if note:
            notes[place] = note
        for _ in range(min(_count(cell, "number-columns-repeated"), MAX_COLUMNS - place)):
            inner = len(cells)
            covering = cell.tag == f"{_TABLE}covered-table-cell"
            cells.append(covered.get(inner, "") if covering else text)
    return cells, notes


def _value(cell: etree._Element) -> tuple[str, str]:
    paragraphs = [
        "".join(_pieces(paragraph))
        for paragraph in cell.iterchildren(f"{_TEXT}p")  # notes to a cell have paragraphs of their own, further in
    ]
    text = cell_text(" ".join(paragraphs))
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind == "float":
        value = str(cell.get(f"{_OFFICE}value", ""))
        text = value.removesuffix(".0") or text
    if cell.get(f"{_TABLE}formula") is not None and (not text or text.startswith(("#", "Err:"))):
        return "", f"it is a formula that shows {text[:20] or 'nothing'}"
    return text, ""


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    yield str(paragraph.text or "")
    for child in paragraph:
        if child.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield " "
        elif child.tag not in (f"{_OFFICE}annotation", f"{_TEXT}note"):
            yield from _pieces(child)
        yield str(child.tail or "")


def _count(element: etree._Element, name: str) -> int:
    text = str(element.get(f"{_TABLE}{name}", "1"))
    return int(text) if text.isdigit() and len(text) < 9 else 1
