"""What the style checks read: a page's text as blocks, each with its language, region and place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from styleguide.sentences import Sentence, split_sentences
from styleguide.words import Token, tokenise

if TYPE_CHECKING:
    from bs4 import Tag

    from styleguide.places import Places


class BlockKind(StrEnum):
    """What a block of text is to its reader."""

    TITLE = "title"
    DESCRIPTION = "description"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    LINK = "link"
    BUTTON = "button"
    LABEL = "label"
    HINT = "hint"
    ERROR = "error message"
    TABLE_CELL = "table cell"
    CAPTION = "caption"
    ALTERNATIVE = "alternative text"


BOILERPLATE_REGIONS = frozenset({"header", "nav", "footer", "cookies"})
"""Regions that repeat on every page and are not the page's own running text."""

MAX_LINKED_SHARE = 0.8
"""A block with more link text than this is a menu entry, not prose."""


@dataclass(frozen=True, eq=False)
class Block:
    """One piece of text that is read as a whole, as it stands on the page.

    `text` is normalised: each run of white space (non-breaking spaces too) is one space, a `<br>` is a line feed,
    soft hyphens and zero-width characters that show nothing are gone. All offsets count its characters.
    `unread` holds the spans that are not the author's prose: code, quotations, words in another language.
    `places` knows the page's elements. `name` is what assistive technology announces where that differs from the
    text (a link's `aria-label`).
    `linked` counts the characters that are link text, to tell a menu entry from prose.
    """

    kind: BlockKind
    text: str
    lang: str
    region: str
    element: Tag
    places: Places
    unread: tuple[tuple[int, int], ...] = ()
    name: str = ""
    linked: int = 0

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The block's sentences, with their offsets."""
        return split_sentences(self.text, self.lang)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The block's words, lower-cased, with their offsets; unread spans hold none."""
        return tokenise(self.text, self.unread)

    @cached_property
    def target(self) -> tuple[str, ...]:
        """The selector path of the block's element; made only when asked for."""
        return self.places.selector_path(self.element)

    @property
    def is_menu_entry(self) -> bool:
        """Whether the block is (nearly) all link text, so that it is not prose."""
        return self.linked > MAX_LINKED_SHARE * len(self.text)

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds the character at `offset`, or the whole block as one."""
        index = bisect_right(self._sentence_starts, offset) - 1
        if index >= 0 and offset < self.sentences[index].end:
            return self.sentences[index]
        return Sentence(0, len(self.text), self.text)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def is_unread(self, start: int, end: int) -> bool:
        """Return whether any of the characters from `start` to `end` is not the author's prose."""
        index = bisect_left(self.unread, (end, end)) - 1  # the last span that begins before `end`
        return index >= 0 and start < self.unread[index][1]


@dataclass(frozen=True, eq=False)
class TextDocument:
    """All blocks of one page in reading order. `lang` is the page's own language, "" when it names none."""

    lang: str
    blocks: tuple[Block, ...] = field(default=())
