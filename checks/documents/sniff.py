"""Says which format a file is in, by what is in it: names and media types lie."""

from __future__ import annotations

import zipfile

from checks.documents.model import FORMATS, NotCheckableError
from checks.documents.package import Package

PDF_HEADER_WITHIN = 1_024  # ISO 32000-1 annex H.3.4.1: readers look for the header in the first 1,024 bytes
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

SAME_AS = {
    "docm": "docx", "dotx": "docx", "dotm": "docx", "xlsm": "xlsx", "xltx": "xlsx", "pptm": "pptx", "ppsx": "pptx",
    "potx": "pptx", "ppsm": "pptx", "ott": "odt", "ots": "ods", "otp": "odp",
}  # fmt: skip
"""Formats that are read like another."""

_ODF_TYPES = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}


CHECKABLE = frozenset(FORMATS) | SAME_AS.keys()
"""What files that can be checked call themselves: `pdf`, `docx`, `docm` ..."""


def format_of(data: bytes, declared: str) -> str:
    """Return the format of a file (one of `FORMATS`). Raises NotCheckableError for anything else.

    `declared` is what its name or media type claims; it only serves the message.
    """
    if not data.strip(b"\0 \r\n\t"):
        raise NotCheckableError("empty")
    if b"%PDF-" in data[:PDF_HEADER_WITHIN]:
        return "pdf"
    if data.startswith(OLE_MAGIC):
        if _OLE_ENCRYPTED in data:
            raise NotCheckableError("encrypted", "It is an office file that opens with a password only.")
        raise NotCheckableError("format", "It is in an old office format (such as .doc or .xls).")
    if data.startswith(b"PK"):
        return _zip_format(data)
    if data[:PDF_HEADER_WITHIN].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise NotCheckableError("not_a_document", "It is a web page under a document's name.")
    if declared in CHECKABLE:
        raise NotCheckableError("broken", f"It does not begin as a {declared} file does.")
    raise NotCheckableError("format")


def _zip_format(data: bytes) -> str:
    try:
        package = Package.of(data)
    except zipfile.BadZipFile as error:
        raise NotCheckableError("broken", "It is a package that cannot be unpacked.") from error
    if package.has("mimetype"):
        kind = package.read("mimetype")[:100].decode("ascii", "replace").strip()
        if kind.startswith("application/epub+zip"):
            return "epub"
        for name, file_format in _ODF_TYPES.items():
            if kind.startswith(name):  # templates are called ...-template
                return file_format
    for part, file_format in _MAIN_PARTS.items():
        if package.has(part):
            return file_format
    if package.has("content.xml") and package.has("META-INF/manifest.xml"):
        return "odt"
    raise NotCheckableError("format")
