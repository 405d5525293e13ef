"""Writes tables as CSV, JSON, XLSX or ODS. All text stays text: no cell can be taken for a formula.

XLSX and ODS are written by hand because what is needed of them is small: sheets with one header row each, a title and
a language, row after row in bounded memory.
"""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from monitoring.errors import MonitoringError
from reports.escape import csv_cell, json_value
from reports.wording import direction, lang

Cell = str | int | float | None
FORMATS = ("csv", "json", "xlsx", "ods")
BYTE_ORDER_MARK = "\ufeff"
CELL_MAX_CHARS = 32_767
SHEET_NAME_MAX_CHARS = 31
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The same content makes the same file."""


@dataclass(frozen=True, slots=True)
class Table:
    """A named table: its column headers and rows."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def format_of(path: Path) -> str:
    """Return the format that a file's ending names. Raises MonitoringError for any other."""
    ending = path.suffix.lower().lstrip(".")
    if ending not in FORMATS:
        raise MonitoringError(f"{path} does not say its format. End its name in one of: {', '.join(FORMATS)}.")
    return ending


def write_table(path: Path, tables: Sequence[Table], *, title: str, facts: Mapping[str, Any] | None = None) -> None:
    """Write tables to a file, in the format that its ending names; the file appears only when it is whole.

    XLSX and ODS name the language that is spoken (`reports.wording`); an ODS has its sheets in its direction.

    CSV holds the first table only; JSON also holds `facts`. Raises MonitoringError, OSError.
    """
    writers = {"csv": _csv, "json": _json, "xlsx": _xlsx, "ods": _ods}
    write = writers[format_of(path)]
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("wb") as stream:
            write(stream, tables, title, facts or {})
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _csv(stream: IO[bytes], tables: Sequence[Table], _title: str, _facts: Mapping[str, Any]) -> None:
    import io  # noqa: PLC0415

    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    text.write(BYTE_ORDER_MARK)  # by which Excel knows UTF-8
    writer = csv.writer(text)
    writer.writerow(tables[0].columns)
    writer.writerows([csv_cell(cell) for cell in row] for row in tables[0].rows)
    text.flush()
    text.detach()


def _json(stream: IO[bytes], tables: Sequence[Table], title: str, facts: Mapping[str, Any]) -> None:
    content: dict[str, Any] = {"title": title, **facts}
    for table in tables:
        content[table.name] = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    stream.write(json.dumps(json_value(content), ensure_ascii=False, indent=1).encode() + b"\n")


def _xlsx(stream: IO[bytes], tables: Sequence[Table], title: str, _facts: Mapping[str, Any]) -> None:
    names = _sheet_names(tables)
    numbers = range(1, len(tables) + 1)
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        sheets = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>' for n in numbers
        )
        _part(
            archive,
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{sheets}'
            f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
            '<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        )
        _part(
            archive,
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
            f'<Relationship Id="rId2" Type="{package}/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/></Relationships>',
        )
        _part(
            archive,
            "docProps/core.xml",
            f'<cp:coreProperties xmlns:cp="{package}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{_text(title)}</dc:title><dc:language>{lang()}</dc:language></cp:coreProperties>",
        )
        listed = "".join(f'<sheet name={_attribute(names[n - 1])} sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
        _part(archive, "xl/workbook.xml", f'<workbook {main} xmlns:r="{office}"><sheets>{listed}</sheets></workbook>')
        links = "".join(
            f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
        )
        _part(
            archive,
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{links}'
            f'<Relationship Id="rId{len(tables) + 1}" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        )
        _part(
            archive,
            "xl/styles.xml",
            f'<styleSheet {main}><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
            '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2">'
            '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
            '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
            '<xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs><cellStyles count="1">'
            '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
        )
        for number, table in zip(numbers, tables, strict=True):
            with archive.open(_packed(f"xl/worksheets/sheet{number}.xml"), "w") as part:
                part.write(
                    f'{_DECLARATION}<worksheet {main}><sheetViews><sheetView workbookViewId="0">'
                    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
                    "</sheetView></sheetViews>"
                    f'<cols><col min="1" max="{max(len(table.columns), 1)}" width="24" customWidth="1"/></cols>'
                    "<sheetData>".encode()
                )
                part.write(_xlsx_row(table.columns, ' s="1"').encode())
                for row in table.rows:
                    part.write(_xlsx_row(row, "").encode())
                part.write(b"</sheetData></worksheet>")


def _xlsx_row(row: Sequence[Cell], style: str) -> str:
    cells = (
        f"<c{style}/>"
        if cell is None or cell == ""
        else f"<c{style}><v>{cell}</v></c>"
        if isinstance(cell, int | float)
        else f'<c{style} t="inlineStr"><is><t xml:space="preserve">{_text(cell)}</t></is></c>'
        for cell in row
    )
    return f"<row>{''.join(cells)}</row>"


def _ods(stream: IO[bytes], tables: Sequence[Table], title: str, _facts: Mapping[str, Any]) -> None:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    names = _sheet_names(tables)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", _ZIP_TIME), mime)  # first and not packed: ODF 1.2, part 3, 3.3
        _part(
            archive,
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0" manifest:version="1.2">'
            f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{mime}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
        _part(
            archive,
            "meta.xml",
            f'<office:document-meta xmlns:office="{space}:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            f'office:version="1.2"><office:meta><dc:title>{_text(title)}</dc:title><dc:language>{lang()}</dc:language>'
            "</office:meta></office:document-meta>",
        )
        mode = "rl-tb" if direction() == "rtl" else "lr-tb"
        with archive.open(_packed("content.xml"), "w") as part:
            part.write(
                f'{_DECLARATION}<office:document-content xmlns:office="{space}:office:1.0" '
                f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0" xmlns:style="{space}:style:1.0" '
                'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2">'
                '<office:automatic-styles><style:style style:name="h" style:family="table-cell">'
                '<style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="t" '
                f'style:family="table"><style:table-properties style:writing-mode="{mode}"/></style:style>'
                "</office:automatic-styles>"
                "<office:body><office:spreadsheet>".encode()
            )
            for name, table in zip(names, tables, strict=True):
                columns = max(len(table.columns), 1)
                part.write(
                    f'<table:table table:name={_attribute(name)} table:style-name="t">'
                    f'<table:table-column table:number-columns-repeated="{columns}"/>'
                    f"<table:table-header-rows>{_ods_row(table.columns, ' table:style-name=' + _H)}"
                    "</table:table-header-rows>".encode()
                )
                for row in table.rows:
                    part.write(_ods_row(row, "").encode())
                part.write(b"</table:table>")
            part.write(b"</office:spreadsheet></office:body></office:document-content>")


def _ods_row(row: Sequence[Cell], style: str) -> str:
    cells = (
        f"<table:table-cell{style}/>"
        if cell is None or cell == ""
        else f'<table:table-cell{style} office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p>'
        "</table:table-cell>"
        if isinstance(cell, int | float)
        else f'<table:table-cell{style} office:value-type="string"><text:p>{_text(cell)}</text:p></table:table-cell>'
        for cell in row
    )
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


_H = '"h"'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _packed(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _ZIP_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED  # what is written as a stream takes it from here alone
    return info


def _part(archive: zipfile.ZipFile, name: str, xml: str) -> None:
    archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), _DECLARATION + xml, zipfile.ZIP_DEFLATED)


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text)[:CELL_MAX_CHARS])


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))


def _sheet_names(tables: Sequence[Table]) -> list[str]:
    """Return a name for each sheet that all programs take: no signs of references, 31 characters, none twice."""
    names: list[str] = []
    for table in tables:
        name = _NOT_IN_SHEET_NAME.sub(" ", table.name)[:SHEET_NAME_MAX_CHARS].strip() or "Sheet"
        number = 2
        while name in names:
            ending = f" {number}"
            name = name[: SHEET_NAME_MAX_CHARS - len(ending)] + ending
            number += 1
        names.append(name)
    return names
