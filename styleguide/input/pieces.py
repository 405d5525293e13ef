"""Where each piece of a draft's text stands in its source: what leads from a block's offsets to line and column.

A block's text is normalised: white space runs are one space, unseen characters are gone. What is left is the same
characters in the same order as in the source, so a block is found by its visible characters alone, and each of them
knows its offset.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from styleguide.blocks import Block, BlockKind

SEARCH_CHARS = 200_000
"""How far ahead a block is looked for: hidden text and menus between two blocks are shorter."""

MAX_MISSED_CHARS = 50_000_000
"""Characters searched in vain for one draft, about a tenth of a second; after that blocks are placed roughly."""

_VISIBLE = re.compile("[^\\s\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\x00\ue000]+")


class Stream(StrEnum):
    """Which text a piece belongs to: what is read in a row, the words of links, or the values of attributes."""

    TEXT = "text"
    LINK = "link"
    ATTRIBUTE = "attribute"


class Piece(NamedTuple):
    """A run of text as it is shown, and where it begins in the source. `is_one` marks a character written as an
    entity: all of it stands at one place.
    """

    text: str
    offset: int
    stream: Stream = Stream.TEXT
    is_one: bool = False


class _Flat:
    """The visible characters of one stream, with the source offset of each."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._starts = array("Q")
        self._offsets = array("Q")
        self._steps = array("B")
        self._length = 0
        self.text = ""
        self.cursor = 0

    def add(self, piece: Piece) -> None:
        for run in _VISIBLE.finditer(piece.text):
            self._parts.append(run.group())
            self._starts.append(self._length)
            self._offsets.append(piece.offset + (0 if piece.is_one else run.start()))
            self._steps.append(0 if piece.is_one else 1)
            self._length += len(run.group())

    def close(self) -> None:
        self.text = "".join(self._parts)
        self._parts.clear()

    def offset(self, index: int) -> int:
        """Return the source offset of the visible character at `index`; past the end, that of the end."""
        run = bisect_right(self._starts, index) - 1
        if run < 0:
            return 0
        return self._offsets[run] + self._steps[run] * (index - self._starts[run])


class SourceMap:
    """Finds the blocks of a draft in its source."""

    def __init__(self, pieces: Iterable[Piece], blocks: Iterable[Block]) -> None:
        streams = {stream: _Flat() for stream in Stream}
        for piece in pieces:
            streams[piece.stream].add(piece)
        for flat in streams.values():
            flat.close()
        self._streams = streams
        self._missed = 0
        self._found: dict[int, tuple[_Flat, int, bool]] = {}
        for block in blocks:
            self._found[id(block)] = self._place(block)

    def _place(self, block: Block) -> tuple[_Flat, int, bool]:
        flat = self._streams[_stream_of(block)]
        sought = _squeeze(block.text)
        start = -1
        if self._missed < MAX_MISSED_CHARS:
            start = flat.text.find(sought, flat.cursor, flat.cursor + SEARCH_CHARS + len(sought))
        if start < 0:
            self._missed += min(SEARCH_CHARS, len(flat.text) - flat.cursor)
            return flat, flat.cursor, False
        flat.cursor = start + len(sought)
        return flat, start, True

    def span(self, block: Block, start: int, end: int) -> tuple[int, int, bool]:
        """Return where characters `start` to `end` of a block's text stand in the source, and whether exactly."""
        flat, index, is_exact = self._found[id(block)]
        if not is_exact:
            offset = flat.offset(index)
            return offset, offset, False
        first = index + len(_squeeze(block.text[:start]))
        last = first + max(1, len(_squeeze(block.text[start:end]))) - 1
        return flat.offset(first), flat.offset(last) + 1, True


def _squeeze(text: str) -> str:
    return "".join(_VISIBLE.findall(text))


def _stream_of(block: Block) -> Stream:
    if block.kind is BlockKind.LINK:
        return Stream.LINK
    is_attribute = block.kind in (BlockKind.ALTERNATIVE, BlockKind.DESCRIPTION) or block.element.name == "input"
    return Stream.ATTRIBUTE if is_attribute else Stream.TEXT
