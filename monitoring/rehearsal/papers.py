"""Documents of the made-up country's sites: small OpenDocument texts, and the defects that can be planted in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from monitoring.rehearsal.templates import CREST

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = (
    f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:draw="{_ODF}:drawing:1.0" '
    f'xmlns:svg="{_ODF}:svg-compatible:1.0" xmlns:style="{_ODF}:style:1.0" xmlns:fo="{_ODF}:xsl-fo-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)
_DATE = (2026, 9, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class PaperDefect:
    """One defect of a document: the rule that finds it and the success criteria that then fail."""

    id: str
    rule: str
    wcag: tuple[str, ...]


PAPER_DEFECTS = (
    PaperDefect("picture", "curbcut/document-picture-alternative", ("1.1.1",)),
    PaperDefect("title", "curbcut/document-title", ("2.4.2",)),
    PaperDefect("language", "curbcut/document-language", ("3.1.1",)),
)
PAPERS = ("a1.odt", "a2.odt")
"""The names of a site's documents. They say nothing, so that a document without a title has none."""


@lru_cache(64)
def paper(planted: Collection[str]) -> bytes:
    """Return a document with these defects."""
    alternative = "" if "picture" in planted else "<svg:title>The crest of the town: a bridge</svg:title>"
    title = "" if "title" in planted else "<dc:title>Minutes of the council</dc:title>"
    language = "" if "language" in planted else "<dc:language>en-GB</dc:language>"
    style = "" if "language" in planted else '<style:text-properties fo:language="en" fo:country="GB"/>'
    parts: dict[str, str | bytes] = {
        "mimetype": MEDIA_TYPE,
        "META-INF/manifest.xml": (
            f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0" manifest:version="1.3">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>"
        ),
        "content.xml": (
            f"<office:document-content {_NAMES}><office:body><office:text>"
            '<text:h text:outline-level="1">Minutes of the council</text:h><text:p>The council met in the town hall. '
            '<draw:frame draw:name="Crest" svg:width="2cm" svg:height="1cm">'
            '<draw:image xlink:href="Pictures/crest.png"/>'
            f"{alternative}</draw:frame></text:p><text:p>It agreed to mend the bridge.</text:p>"
            "</office:text></office:body></office:document-content>"
        ),
        "styles.xml": (
            f"<office:document-styles {_NAMES}><office:styles>"
            f'<style:default-style style:family="paragraph">{style}</style:default-style>'
            "</office:styles></office:document-styles>"
        ),
        "meta.xml": (
            f"<office:document-meta {_NAMES}><office:meta>{title}{language}</office:meta></office:document-meta>"
        ),
        "Pictures/crest.png": CREST,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), content)
    return made.getvalue()
