"""Reads office files (OOXML, OpenDocument) and EPUBs: packages of XML."""

from __future__ import annotations

import zipfile

from checks.documents.model import Limits, NotCheckableError
from checks.documents.office.docx import read_docx
from checks.documents.office.epub import read_epub
from checks.documents.office.model import OfficeDocument
from checks.documents.office.odf import read_odf
from checks.documents.office.pptx import read_pptx
from checks.documents.office.xlsx import read_xlsx
from checks.documents.package import Package

_READERS = {
    "docx": read_docx,
    "pptx": read_pptx,
    "xlsx": read_xlsx,
    "odt": read_odf,
    "ods": read_odf,
    "odp": read_odf,
    "epub": read_epub,
}


def open_office(data: bytes, file_format: str, file_name: str, limits: Limits) -> OfficeDocument:
    """Read a package in one of these formats. Raises NotCheckableError."""
    try:
        package = Package.of(data, limits)
    except zipfile.BadZipFile as error:
        raise NotCheckableError("broken", "It is a package that cannot be unpacked.") from error
    return _READERS[file_format](package, file_format, file_name)
