"""A page's text in blocks, each with the language that the markup gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from bs4 import Tag
from bs4.element import NavigableString

from checks.elements import attribute
from checks.rules._heard import is_cut_off
from language import Guess, detect

MAX_BLOCKS = 2_000
MAX_DEPTH = 250  # the snapshot nests no deeper

_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "big", "cite", "data", "dfn", "em", "font", "i", "ins", "label", "mark", "q", "s")
) | {"small", "span", "strong", "sub", "sup", "time", "tt", "u"}
_NO_PROSE = frozenset(
    ("code", "pre", "kbd", "samp", "var", "address", "script", "style", "template", "noscript", "iframe", "svg", "math")
) | {"textarea", "select", "head", "datalist"}
"""Elements whose content is code, names or nothing that is read as prose."""


@dataclass(slots=True, eq=False)
class Block:
    """Text that one element holds itself. `holder` declares its language (None: nobody does); `lang` is the code."""

    tag: Tag
    holder: Tag | None
    lang: str
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The block's text in one line."""
        return " ".join(" ".join(self.parts).split())


@dataclass(frozen=True)
class TextBlocks:
    """The blocks of a page in document order."""

    blocks: tuple[Block, ...]

    @cached_property
    def guesses(self) -> tuple[tuple[Block, Guess | None], ...]:
        """Each block with the language that it is likely written in."""
        return tuple((block, detect(block.text)) for block in self.blocks)


def text_blocks(root: Tag) -> TextBlocks:
    """Return the blocks of a document that people meet: the seen ones, and pictures' alternative texts."""
    found: list[Block] = []
    for block in _walk(root, None, None, 0):
        found.append(block)
        if len(found) >= MAX_BLOCKS:
            break
    return TextBlocks(tuple(block for block in found if block.text))


def language_of(tag: Tag) -> str:
    """Return the language that an element declares for itself, or an empty string."""
    return (attribute(tag, "lang") or attribute(tag, "xml:lang")).strip()


def _walk(tag: Tag, holder: Tag | None, block: Block | None, depth: int) -> Iterator[Block]:
    if is_cut_off(tag) or tag.name in _NO_PROSE or depth > MAX_DEPTH or attribute(tag, "translate") == "no":
        return
    own = language_of(tag)
    holder = tag if own else holder
    if block is None or own or tag.name not in _INLINE:
        block = Block(tag, holder, language_of(holder) if holder is not None else "")
        yield block
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name == "img":
                block.parts.append(attribute(child, "alt"))
            yield from _walk(child, holder, block, depth + 1)
        elif type(child) is NavigableString:
            block.parts.append(str(child))
