"""Reads the rows of a CSV, XLSX or ODS file one by one.

The readers are our own because memory must be bounded whoever wrote the file: libraries hold a sheet as a whole, and
some make room for every cell between the first and the last, which a file of a few hundred bytes can set a million
rows apart. Here a row is kept only while it is used.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitoring.errors import SheetError
from monitoring.sheets import _csv, _ods, _xlsx
from monitoring.sheets._archive import Archive
from monitoring.sheets.sheet import Sheet


@contextmanager
def open_sheet(path: Path, encoding: str | None = None) -> Iterator[Sheet]:
    """Open the first sheet of a file, known by its content and not by its name.

    `encoding` is that of a CSV file, by Python's name; without it, the bytes tell.

    Raises SheetError: no such file, no spreadsheet, damaged, locked by a password, larger than the bounds.
    """
    if not path.is_file():
        raise SheetError(f"There is no file {path}.")
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetError(
            f"{path} is an old Excel file (.xls), or locked by a password. Save it as .xlsx, .ods or .csv without one."
        )
    if not start.startswith(b"PK"):
        with _csv.opened(path, encoding) as sheet:
            yield sheet
        return
    with _zip(path) as archive:
        names = set(archive.names())
        if "xl/workbook.xml" in names:
            yield _xlsx.opened(archive)
        elif "content.xml" in names:
            yield _ods.opened(archive)
        else:
            raise SheetError(f"{path} is neither an .xlsx nor an .ods file. Save it as one of them, or as .csv.")


@contextmanager
def _zip(path: Path) -> Iterator[Archive]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise SheetError(
            f"{path} is damaged: {error}. Open it in your spreadsheet program and save it again."
        ) from None
    with archive:
        yield Archive(archive, path)
