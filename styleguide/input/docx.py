"""A Word document as HTML for the one reader of text."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape

from styleguide.input.errors import UnreadableError

MAX_UNPACKED_BYTES = 200_000_000
"""All parts of a document unpacked: a long report with its pictures. More is a trap or no draft."""

MAX_TEXT_PART_BYTES = 30_000_000
"""The part with the text, unpacked: about 2,000 pages."""

_LANGUAGE = re.compile(r"<w:lang\b[^>]{0,200}?\bw:val=\"([A-Za-z-]{2,20})\"")
_TITLE = re.compile(r"<dc:title>([^<]{1,500})</dc:title>")
_TEXT_PART = "word/document.xml"


def is_docx(data: bytes) -> bool:
    """Return whether a ZIP archive is a Word document: whether it holds its text part."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _TEXT_PART in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def read_docx(data: bytes, name: str) -> tuple[str, str, str]:
    """Return the document's body as HTML, its title and its language, "" where it names none. UnreadableError."""
    import mammoth  # noqa: PLC0415 # only who reads DOCX waits for it

    if _is_too_large(data):
        raise UnreadableError(f"{name} is too large to read. Split it and check each part.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = _part(archive, "word/styles.xml")
            properties = _part(archive, "docProps/core.xml")
            main = _part(archive, _TEXT_PART)
        result = mammoth.convert_to_html(io.BytesIO(data), convert_image=mammoth.images.img_element(_no_picture))
    except Exception as error:  # mammoth raises whatever a broken file leads to
        raise UnreadableError(f"{name} cannot be read as a Word document. Save it again, or as HTML.") from error
    lang = _LANGUAGE.search(styles) or _LANGUAGE.search(main[:100_000])
    title = _TITLE.search(properties)
    return result.value, title.group(1) if title else "", lang.group(1) if lang else ""


def _is_too_large(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    return sum(sizes.values()) > MAX_UNPACKED_BYTES or sizes.get(_TEXT_PART, 0) > MAX_TEXT_PART_BYTES


def _part(archive: zipfile.ZipFile, name: str) -> str:
    try:
        return archive.read(name).decode("utf-8", "replace")
    except KeyError:
        return ""


def _no_picture(image: object) -> dict[str, str]:
    """Keep a picture's alternative text, which mammoth adds, and leave the picture out."""
    return {"src": escape(str(getattr(image, "content_type", "")))}
