"""XLSX (ECMA-376), read as a stream: shared strings, stored results of formulas, merged cells."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from lxml import etree

from monitoring.errors import SheetError
from monitoring.sheets._archive import Archive
from monitoring.sheets.sheet import MAX_COLUMNS, Row, Sheet, bounded, cell_text

_MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
MAX_STRINGS_CHARS = 200_000_000
MAX_MERGES = 100_000

Merges = Sequence[tuple[int, int, int, int]]


def opened(archive: Archive) -> Sheet:
    """Return the first sheet. Raises SheetError, also while rows are read."""
    name, part = _first_sheet(archive)
    strings = list(_strings(archive)) if "xl/sharedStrings.xml" in archive.names() else []
    merges = sorted(_merges(archive, part))
    remarks = ("Merged cells were read as if each held the text.",) if merges else ()
    return Sheet(name, bounded(_filled(_rows(archive, part, strings), merges)), remarks)


def _tags(name: str) -> tuple[str, ...]:
    return tuple(f"{{{space}}}{name}" for space in _MAIN)


def _first_sheet(archive: Archive) -> tuple[str, str]:
    for sheet in archive.elements("xl/workbook.xml", *_tags("sheet")):
        if sheet.get("state", "visible") != "visible":
            continue
        key = next((str(value) for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
        name = str(sheet.get("name", ""))
        relation = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
        for each in archive.elements("xl/_rels/workbook.xml.rels", relation):
            if each.get("Id") == key:
                target = str(each.get("Target", ""))
                return name, target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    raise SheetError(f"{archive.path} has no sheet that is shown.")


def _strings(archive: Archive) -> Iterator[str]:
    total = 0
    for item in archive.elements("xl/sharedStrings.xml", *_tags("si")):
        text = cell_text(_text(item))
        total += len(text)
        if total > MAX_STRINGS_CHARS:
            raise SheetError(f"{archive.path} holds more text than Curbcut reads. Import it in parts.")
        yield text


def _text(item: etree._Element) -> str:
    """Return the text of runs; what is only there to tell how Japanese is read aloud (`rPh`) is left out."""
    return "".join(
        str(node.text or "")
        for node in item.iter(*_tags("t"))
        if not any(parent.tag in _tags("rPh") for parent in node.iterancestors())
    )


def _merges(archive: Archive, part: str) -> Iterator[tuple[int, int, int, int]]:
    """Give the merged cells, which stand behind all rows; rows are asked for so that they are forgotten one by one."""
    count = 0
    for merge in archive.elements(part, *_tags("mergeCell"), *_tags("row")):
        if merge.tag in _tags("row"):
            continue
        corners = _REFERENCE.findall(str(merge.get("ref", "")))
        count += 1
        if len(corners) == 2 and count <= MAX_MERGES:
            (left, top), (right, bottom) = corners
            yield int(top), _column(left), int(bottom), _column(right)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _rows(archive: Archive, part: str, strings: list[str]) -> Iterator[Row]:
    number = 0
    for row in archive.elements(part, *_tags("row")):
        text = str(row.get("r", ""))
        number = int(text) if text.isdigit() else number + 1
        cells: dict[int, str] = {}
        notes: dict[int, str] = {}
        place = -1
        for cell in row:
            match = _REFERENCE.match(str(cell.get("r", "")))
            place = _column(match[1]) if match else place + 1
            if place >= MAX_COLUMNS:
                break
            cells[place], note = _cell(cell, strings)
            if note:
                notes[place] = note
        yield Row(number, tuple(cells.get(i, "") for i in range(max(cells, default=-1) + 1)), notes)


def _cell(cell: etree._Element, strings: list[str]) -> tuple[str, str]:
    value: str | None = None
    formula = False
    for part in cell:
        if part.tag in _tags("v"):
            value = str(part.text or "")
        elif part.tag in _tags("f"):
            formula = True
        elif part.tag in _tags("is"):
            value = _text(part)
    kind = cell.get("t", "n")
    if formula and not value:
        return "", "it is a formula without a stored result; open and save the file in your spreadsheet program"
    if kind == "e":
        return "", f"it shows the error {(value or '')[:20]}"
    if value is None:
        return "", ""
    if kind == "s":
        known = value.isdigit() and int(value) < len(strings)
        return (strings[int(value)], "") if known else ("", "its text is missing from the file")
    if kind == "n" and value.endswith(".0"):
        value = value[:-2]
    return cell_text(value), ""


def _filled(rows: Iterator[Row], merges: Merges) -> Iterator[Row]:
    """Give merged cells the text of their first one, in every row and column that they span."""
    waiting, active = list(reversed(merges)), list[tuple[tuple[int, int, int, int], str]]()
    for row in rows:
        active = [(area, text) for area, text in active if area[2] >= row.number]
        cells = list(row.cells)
        while waiting and waiting[-1][0] <= row.number:
            area = waiting.pop()
            held = area[0] == row.number and area[1] < len(cells)
            active.append((area, cells[area[1]] if held else ""))
        for (_, left, _, right), text in active:
            last = min(right, MAX_COLUMNS - 1)
            cells += [""] * (last + 1 - len(cells))
            cells[left : last + 1] = [text] * (last + 1 - left)
        yield Row(row.number, tuple(cells), row.notes)
