"""Office files and EPUBs as rules see them: everything is read when the file is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checks.documents.model import Block, Document, Facts, Language, Picture, Place, Table

SNIPPET_CHARS = 120
HEADING_CHARS = (3, 120)  # headings are short


@dataclass(frozen=True, slots=True)
class Contents:
    """What was read of a file."""

    facts: Facts
    language: Language
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    blocks: tuple[Block, ...] = ()


class OfficeDocument(Document):
    """A file that has been read whole."""

    def __init__(self, file_format: str, file_name: str, contents: Contents) -> None:
        super().__init__(file_format, file_name, contents.facts)
        self._contents = contents

    @property
    def pictures(self) -> Sequence[Picture]:
        """The pictures that carry an alternative, or should."""
        return self._contents.pictures

    @property
    def tables(self) -> Sequence[Table]:
        """The tables."""
        return self._contents.tables

    @property
    def blocks(self) -> Sequence[Block]:
        """The paragraphs and headings in reading order."""
        return self._contents.blocks

    @property
    def language(self) -> Language:
        """Which languages the document declares."""
        return self._contents.language


@dataclass(frozen=True, slots=True)
class Part:
    """A slide or a sheet. `title` is a slide's title or a sheet's name."""

    place: Place
    title: str
    has_content: bool


class SlidesDocument(OfficeDocument):
    """A presentation."""

    def __init__(self, file_format: str, file_name: str, contents: Contents, slides: Sequence[Part]) -> None:
        super().__init__(file_format, file_name, contents)
        self.slides = tuple(slides)


class SheetsDocument(OfficeDocument):
    """A workbook."""

    def __init__(self, file_format: str, file_name: str, contents: Contents, sheets: Sequence[Part]) -> None:
        super().__init__(file_format, file_name, contents)
        self.sheets = tuple(sheets)


class EpubDocument(OfficeDocument):
    """A book. `accessibility` are the schema.org properties of its metadata, such as `accessMode`."""

    def __init__(
        self,
        file_name: str,
        contents: Contents,
        *,
        n_chapters: int,
        has_navigation: bool,
        accessibility: frozenset[str],
    ) -> None:
        super().__init__("epub", file_name, contents)
        self.n_chapters = n_chapters
        self.has_navigation = has_navigation
        self.accessibility = accessibility


def can_be_heading(text: str) -> bool:
    """Return whether a text has the length and end of a heading."""
    shortest, longest = HEADING_CHARS
    return shortest <= len(text) <= longest and not text.endswith((".", ",", ";"))
