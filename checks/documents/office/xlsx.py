"""Reads Excel files (ECMA-376, SpreadsheetML)."""

from __future__ import annotations

from collections.abc import Iterator

from checks.documents.model import Facts, Language, Picture, Place, Table
from checks.documents.office.model import Contents, Part, SheetsDocument
from checks.documents.office.ooxml import alternative_of, core_property, is_decorative, without_fallbacks
from checks.documents.office.pptx import attribute_of_relation
from checks.documents.package import Package, attribute, descendants, local

MAIN = "xl/workbook.xml"
_MAX_REF_CHARS = 40


def read_xlsx(package: Package, file_format: str, file_name: str) -> SheetsDocument:
    """Return a workbook. Raises NotCheckableError."""
    targets = package.targets(MAIN)
    sheets: list[Part] = []
    pictures: list[Picture] = []
    tables: list[Table] = []
    for node in descendants(package.xml(MAIN), "sheet"):
        part = targets.get(attribute_of_relation(node), "")
        if node.get("state", "visible") != "visible" or not package.has(part):
            continue
        name = node.get("name", "")
        has_cells = any(True for _ in descendants(package.xml(part), "v", "is"))
        related = list(package.targets(part).values())
        sheets.append(Part(Place(f"sheet {name}", f"sheet {len(sheets) + 1}", name), name, has_cells or bool(related)))
        for other in related:
            if other.startswith("xl/drawings/") and other.endswith(".xml") and package.has(other):
                pictures += _pictures(package, other, name)
            elif other.startswith("xl/tables/") and package.has(other):
                tables.append(_table(package, other, name))
    facts = Facts(len(sheets), core_property(package, "title"), core_property(package, "language"))
    language = Language(facts.lang, expected=False)  # the format has no place for it that programs fill in
    contents = Contents(facts, language, tuple(pictures), tuple(tables))
    return SheetsDocument(file_format, file_name, contents, sheets)


def _pictures(package: Package, part: str, sheet: str) -> Iterator[Picture]:
    targets = package.targets(part)
    number = 0
    for node in without_fallbacks(package.xml(part)):
        if local(node) not in ("pic", "graphicFrame"):
            continue
        properties = next(descendants(node, "cNvPr"), None)
        if properties is None:
            continue
        number += 1
        embed = next((attribute(blip, "embed") or "" for blip in descendants(node, "blip")), "")
        noun = "picture" if local(node) == "pic" else "chart"
        place = Place(f"sheet {sheet}, {noun} {number}", f"{sheet}, picture {number}", properties.get("name", ""))
        file = targets.get(embed, "").rsplit("/", 1)[-1]
        yield Picture(place, alternative_of(properties), is_decorative(properties), file_name=file)


def _table(package: Package, part: str, sheet: str) -> Table:
    root = package.xml(part)
    name = root.get("displayName") or root.get("name") or ""
    rows, columns = _size(root.get("ref", ""))
    return Table(
        Place(f"sheet {sheet}, table {name}", f"{sheet}, {name}", name),
        rows=rows,
        columns=columns,
        has_headers=root.get("headerRowCount", "1") != "0",
    )


def _size(reference: str) -> tuple[int, int]:
    """Return the rows and columns of a range such as A1:C9."""
    first, _, last = reference[:_MAX_REF_CHARS].partition(":")
    (column, row), (last_column, last_row) = _cell(first), _cell(last or first)
    return abs(last_row - row) + 1, abs(last_column - column) + 1


def _cell(name: str) -> tuple[int, int]:
    letters = "".join(c for c in name if c.isascii() and c.isalpha()).upper()
    digits = "".join(c for c in name if c.isascii() and c.isdigit())
    column = 0
    for letter in letters[:3]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(digits[:7] or 0)
