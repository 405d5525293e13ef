"""Markdown as HTML for the one reader of text, and where its words stand in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from styleguide.input.html import html_pieces
from styleguide.input.pieces import Piece, Stream

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SEARCH_CHARS = 4_000
"""How far ahead a piece of text is looked for in its block: the markup between two, with an address, is shorter."""

MAX_CHARS = 2_000_000
"""Longer sources are read as plain text: no draft is as long, and a parser of Markdown takes a minute for 100 MB."""

MAX_LINE_CHARS = 200_000
"""A longer line is no Markdown that a person wrote."""

_TEMPLATE_MARKS = re.compile(r"\{%.{0,2000}?%\}|\{\{.{0,2000}?\}\}|\{:[^}\n]{0,500}\}|\{#[A-Za-z][\w-]{0,100}\}", re.S)
"""Marks of Liquid, Hugo and Kramdown: instructions to a site generator, not text."""

_WORD = re.compile(r"\S+")
_LINE_END = re.compile(r"\r\n?|\n")


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 # only who reads Markdown waits for it

    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def is_markdown(source: str) -> bool:
    """Return whether a text can be read as Markdown in bounded time."""
    return len(source) <= MAX_CHARS and all(len(line) <= MAX_LINE_CHARS for line in source.splitlines())


def blank_template_marks(source: str) -> str:
    """Return the source with a site generator's marks made blank; its length and lines stay."""
    if "{" not in source:
        return source
    return _TEMPLATE_MARKS.sub(lambda match: re.sub(r"[^\r\n]", " ", match.group()), source)


def read_markdown(source: str) -> tuple[str, list[Piece]]:
    """Return the body as HTML, and its pieces of text with their offsets in `source`."""
    parser = _parser()
    env: dict[str, Any] = {}
    tokens = parser.parse(source, env)
    html: str = parser.renderer.render(tokens, parser.options, env)
    return html, list(_Pieces(source).read(tokens))


class _Pieces:
    """Follows the tokens through the source. What is not found word for word is placed where the search stands."""

    def __init__(self, source: str) -> None:
        self._source = source
        ends = [match.end() for match in _LINE_END.finditer(source)]
        self._lines = [0, *ends, len(source)]
        self._at = 0
        self._links = 0

    def read(self, tokens: Sequence[Token]) -> Iterator[Piece]:
        for token in tokens:
            first, last = token.map or (0, 0)
            start = self._lines[min(first, len(self._lines) - 1)]
            end = self._lines[min(last, len(self._lines) - 1)]
            if token.type == "html_block":
                yield from html_pieces(self._source, start, end)
                self._at = max(self._at, end)
            elif token.type == "inline":
                self._at = max(self._at, start)
                self._links = 0
                yield from self._inline(token.children or (), end)

    def _inline(self, tokens: Sequence[Token], end: int) -> Iterator[Piece]:
        for token in tokens:
            if token.type == "link_open":
                self._links += 1
            elif token.type == "link_close":
                self._links -= 1
                self._pass_address(end)
            elif token.type == "image":
                for piece in self._text(token.content, end):
                    yield piece._replace(stream=Stream.ATTRIBUTE)
                    if self._links:
                        yield piece._replace(stream=Stream.LINK)
                self._pass_address(end)
            elif token.type == "html_inline":
                found = self._source.find(token.content, self._at, min(end, self._at + SEARCH_CHARS))
                if found >= 0:
                    self._at = found + len(token.content)
                    yield from html_pieces(self._source, found, self._at)
            elif token.type in ("text", "code_inline"):
                for piece in self._text(token.content, end):
                    yield piece
                    if self._links:
                        yield piece._replace(stream=Stream.LINK)

    def _pass_address(self, end: int) -> None:
        """Step over `](address "title")`, so that no word is found within an address."""
        if self._source.startswith("](", self._at):
            closing = self._source.find(")", self._at, min(end, self._at + SEARCH_CHARS))
            if closing >= 0:
                self._at = closing + 1

    def _text(self, text: str, end: int) -> Iterator[Piece]:
        found = self._find(text, end)
        if found >= 0:
            yield Piece(text, found)
            return
        for word in _WORD.finditer(text):  # an escape or an entity somewhere in it
            found = self._find(word.group(), end)
            if found >= 0:
                yield Piece(word.group(), found)
            else:
                yield from self._letters(word.group(), end)

    def _find(self, text: str, end: int) -> int:
        found = self._source.find(text, self._at, min(end, self._at + SEARCH_CHARS + len(text)))
        if found >= 0:
            self._at = found + len(text)
        return found

    def _letters(self, word: str, end: int) -> Iterator[Piece]:
        """Place a word letter by letter: an escape or an entity stands between some of them."""
        for letter in word:
            near = self._source.find(letter, self._at, min(end, self._at + len("&CounterClockwiseContourIntegral;")))
            yield Piece(letter, near if near >= 0 else self._at, is_one=True)
            self._at = near + 1 if near >= 0 else self._at
