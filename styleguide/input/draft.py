"""A draft: what somebody wrote, read into blocks, each with its place in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from html import escape
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from styleguide.input.decode import decode
from styleguide.input.front_matter import read_front_matter
from styleguide.input.html import html_pieces
from styleguide.input.markdown import blank_template_marks, is_markdown, read_markdown
from styleguide.input.pieces import Piece, SourceMap, Stream
from styleguide.input.plain import read_plain
from styleguide.spoken import sample, tell_language
from styleguide.text import parse, read_document
from styleguide.tree import without_surrogates

if TYPE_CHECKING:
    from styleguide.blocks import Block, TextDocument


class DraftFormat(StrEnum):
    """How a draft is written."""

    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    DOCX = "docx"


ENDINGS = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), DraftFormat.HTML),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd"), DraftFormat.MARKDOWN),
    **dict.fromkeys((".txt", ".text"), DraftFormat.TEXT),
    ".docx": DraftFormat.DOCX,
}
"""File name endings and what they say of a file."""

ZIP_START = b"PK\x03\x04"

FALLBACK_LANGUAGE = "en"
"""Of a text that is too short to tell."""

_LOOKS_LIKE_HTML = re.compile(r"\s*<(?:!doctype|!--|[a-z])", re.I)
_LOOKS_LIKE_MARKDOWN = re.compile(r"^#{1,6} \S|\]\([^)\s]|^```|^---\r?\n|\*\*\S", re.M)
_SNIFFED_CHARS = 20_000


class Location(NamedTuple):
    """A span in a draft: lines and columns from 1 (columns in characters), offsets from 0.

    `is_exact` is False where only the block is known. A Word document has no lines: `line` is then 0 and `block` the
    number of its block.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int
    is_exact: bool
    block: int


@dataclass(frozen=True, eq=False)
class Draft:
    """A draft that is read. `source` is its text as it stands in the file, "" for a Word document."""

    name: str
    format: DraftFormat
    source: str
    html: str
    document: TextDocument
    pieces: tuple[Piece, ...]

    @cached_property
    def _map(self) -> SourceMap:
        return SourceMap(self.pieces, self.document.blocks)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\r\n?|\n", self.source))]

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {id(block): number for number, block in enumerate(self.document.blocks, 1)}

    def locate(self, block: Block, start: int, end: int) -> Location:
        """Return where characters `start` to `end` of one of this draft's blocks stand in its source."""
        number = self._numbers[id(block)]
        if self.format is DraftFormat.DOCX:
            return Location(0, 0, 0, 0, 0, 0, is_exact=False, block=number)
        first, last, is_exact = self._map.span(block, start, end)
        first, last = min(first, len(self.source)), min(last, len(self.source))
        line, column = self._line_and_column(first)
        end_line, end_column = self._line_and_column(last)
        return Location(line, column, end_line, end_column, first, last, is_exact, number)

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1


def read_draft(
    data: bytes, name: str, *, format_: DraftFormat | None = None, lang: str = "", charset: str = ""
) -> Draft:
    """Return a draft from its bytes. The format is told from `name` and the text where none is given.

    `lang` serves where the draft itself names no language; without it the text tells. UnreadableError for what is
    no text.
    """
    known = format_ or ENDINGS.get(PurePath(name).suffix.lower())
    if known is DraftFormat.DOCX or (known is None and data.startswith(ZIP_START)):
        from styleguide.input.docx import is_docx, read_docx  # noqa: PLC0415 # only who reads DOCX waits for it

        if known is DraftFormat.DOCX or is_docx(data):
            body, title, own_lang = read_docx(data, name)
            return _draft(name, DraftFormat.DOCX, "", _page(body, title, "", own_lang or lang), (), lang)
    source = decode(data, name, charset)
    return read_text(source, name, format_=known, lang=lang)


def read_text(source: str, name: str, *, format_: DraftFormat | None = None, lang: str = "") -> Draft:
    """Return a draft from its text; see `read_draft`."""
    source = without_surrogates(source)  # an editor may send them
    known = format_ or _sniff(source)
    if known is DraftFormat.HTML:
        return _draft(name, known, source, source, html_pieces(source), lang)
    if known is DraftFormat.MARKDOWN and is_markdown(source):
        return _markdown(source, name, lang)
    body, pieces = read_plain(source)
    return _draft(name, known, source, _page(body, "", "", lang), pieces, lang)


def _markdown(source: str, name: str, lang: str) -> Draft:
    about = read_front_matter(source)
    blanked = re.sub(r"[^\r\n]", " ", source[: about.end]) + blank_template_marks(source[about.end :])
    body, pieces = read_markdown(blanked)
    (title, title_at), (description, description_at) = about.title, about.description
    head = [Piece(title, title_at), Piece(description, description_at, Stream.ATTRIBUTE)]
    html = _page(body, title, description, about.lang or lang)
    return _draft(name, DraftFormat.MARKDOWN, source, html, [*head, *pieces], lang)


def _draft(  # noqa: PLR0917 # one caller a format, each with all of them
    name: str, format_: DraftFormat, source: str, html: str, pieces: Iterable[Piece], lang: str
) -> Draft:
    tree = parse(html)
    document = read_document(tree, lang)
    if not document.lang:
        told = tell_language(sample(document.blocks), "") or FALLBACK_LANGUAGE
        document = read_document(tree, told)
    return Draft(name, format_, source, html, document, tuple(pieces))


def _page(body: str, title: str, description: str, lang: str) -> str:
    head = f"<title>{escape(title)}</title>" if title else ""
    if description:
        head += f'<meta name="description" content="{escape(description)}">'
    attribute = f' lang="{escape(lang)}"' if lang else ""
    return f"<!doctype html><html{attribute}><head>{head}</head><body>{body}</body></html>"


def _sniff(source: str) -> DraftFormat:
    start = source[:_SNIFFED_CHARS]
    if _LOOKS_LIKE_HTML.match(start):
        return DraftFormat.HTML
    return DraftFormat.MARKDOWN if _LOOKS_LIKE_MARKDOWN.search(start) else DraftFormat.TEXT
