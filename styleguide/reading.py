"""One page as the rules read it: its blocks, and all their text in one piece so that each pattern runs once.

Patterns are RE2: linear in the text whatever the text and the pattern are, so neither a hostile page nor an
organisation's own rule can make one slow. RE2 has no look-around; conditions are checked on the few hits instead.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

import re2
from bs4 import Comment, Tag

from styleguide.blocks import BOILERPLATE_REGIONS, Block, BlockKind, TextDocument
from styleguide.ignore import ATTRIBUTE, MARK, Ignored, read_ignored
from styleguide.rules import Rule
from styleguide.words import words_in

BLOCK_START = "\x02"
BLOCK_END = "\x01"
"""Marks around each block in the joined text: what a pattern with `at: start` or `at: end` is anchored to."""

INLINE_EMPHASIS = words_in("b strong i em u sup sub")
"""Elements within a line: their block is that of the element around them."""


@dataclass(frozen=True, eq=False)
class Reading:
    """One document under judgement. Made once a page; holds what several rules ask for."""

    document: TextDocument

    def blocks(self, rule: Rule) -> tuple[Block, ...]:
        """Return the blocks that the rule reads, in reading order. Rules that read the same share the answer."""
        key = (rule.scope, rule.languages, rule.boilerplate)
        found = self._blocks.get(key)
        if found is None:
            groups = (group for group in self._groups.values() if reads(rule, group[0][1]))
            found = self._blocks[key] = tuple(
                block for _, block in sorted(chain.from_iterable(groups), key=itemgetter(0))
            )
        return found

    @cached_property
    def _groups(self) -> dict[tuple[BlockKind, str, str], list[tuple[int, Block]]]:
        """The blocks that a rule reads all or none of, each with its place in the reading order."""
        groups: dict[tuple[BlockKind, str, str], list[tuple[int, Block]]] = {}
        for index, block in enumerate(self.document.blocks):
            groups.setdefault((block.kind, block.lang, block.region), []).append((index, block))
        return groups

    @cached_property
    def _blocks(self) -> dict[tuple[frozenset[BlockKind], frozenset[str], bool], tuple[Block, ...]]:
        return {}

    @cached_property
    def _starts(self) -> list[int]:
        starts: list[int] = []
        position = 0
        for block in self.document.blocks:
            starts.append(position + 1)
            position += len(block.text) + 3
        return starts

    @cached_property
    def text(self) -> str:
        """The text of all blocks, each between the marks of a block and on lines of its own."""
        return "".join(f"{BLOCK_START}{block.text}{BLOCK_END}\n" for block in self.document.blocks)

    @cached_property
    def root(self) -> Tag | None:
        """The top of the page's tree, for rules about structure; None for a document without any block."""
        if not self.document.blocks:
            return None
        top: Tag = self.document.blocks[0].element
        while top.parent is not None:
            top = top.parent
        return top

    @cached_property
    def words(self) -> int:
        """The number of words of the page's own running text."""
        return sum(len(block.tokens) for block in prose(self.document))

    @cached_property
    def block_of(self) -> dict[int, Block]:
        """The first block of each element, by the element's `id()`."""
        found: dict[int, Block] = {}
        for block in self.document.blocks:
            found.setdefault(id(block.element), block)
        return found

    @cached_property
    def _nodes(self) -> tuple[dict[str, list[Tag]], bool]:
        """The page's elements by name, and whether the page turns any rule off; from one walk through the tree."""
        found: dict[str, list[Tag]] = {}
        ignores = False
        for node in self.root.descendants if self.root is not None else ():
            if isinstance(node, Tag):
                found.setdefault(node.name, []).append(node)
                ignores = ignores or ATTRIBUTE in node.attrs
            elif isinstance(node, Comment):
                ignores = ignores or MARK in node
        return found, ignores

    @property
    def elements(self) -> dict[str, list[Tag]]:
        """The page's elements by name, in reading order."""
        return self._nodes[0]

    @cached_property
    def ignored(self) -> Ignored:
        """What the page itself turns off."""
        return read_ignored(self.root) if self.root is not None and self._nodes[1] else Ignored()

    def place_for(self, element: Tag) -> Block | None:
        """Return the block of an element, else of the first of its descendants that has one, else of an ancestor."""
        own = self.block_of.get(id(element))
        if own is not None:
            return own
        if element.name in INLINE_EMPHASIS:
            return next((self.block_of[id(node)] for node in element.parents if id(node) in self.block_of), None)
        return self._first_within.get(id(element))

    @cached_property
    def _first_within(self) -> dict[int, Block]:
        """The first block within each element that has none of its own. One step for each element, however deep."""
        first: dict[int, Block] = {}
        for block in self.document.blocks:
            found = self.block_of.get(id(block.element))
            if found is None:
                continue
            for node in block.element.parents:
                if id(node) in first:
                    break  # and so are all that hold it
                found = self.block_of.get(id(node), found)
                first[id(node)] = found
        return first

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages that some block is in."""
        return frozenset(block.lang for block in self.document.blocks)

    def search(self, rule: Rule, patterns: Iterable[Any]) -> Iterator[tuple[Block, int, int]]:
        """Yield each match of compiled RE2 patterns (their group 1) in the rule's blocks: block, start, end."""
        blocks = self.document.blocks
        if rule.languages and rule.languages.isdisjoint(self.languages):
            return
        matches = chain.from_iterable(pattern.finditer(self.text) for pattern in patterns)
        for match in sorted(matches, key=lambda match: match.start()):
            start, end = match.span(1)
            index = bisect_right(self._starts, start) - 1
            if index < 0 or start == end:
                continue
            block, offset = blocks[index], self._starts[index]
            if (
                end - offset <= len(block.text)
                and reads(rule, block)
                and is_whole(block.text, start - offset, end - offset)
            ):
                yield block, start - offset, end - offset


def reads(rule: Rule, block: Block) -> bool:
    """Return whether the rule looks at this block; some rules are not for what repeats on every page."""
    return rule.reads(block) and (rule.boilerplate or block.region not in BOILERPLATE_REGIONS)


def is_whole(text: str, start: int, end: int) -> bool:
    """Return whether the characters do not begin or end within a word. RE2's own `\\b` knows ASCII letters only."""
    if start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        return False
    return not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


WORD_END = r"\b"
NOT_A_LETTER = r"[^\pL\pN_]"
"""What ends a word in any language: RE2's own `\\b` takes “é” for the end of one. A block's end mark is one too."""


@dataclass(frozen=True, slots=True)
class Search:
    """A pattern that is compiled when it is first used: most rules are for other languages than the text at hand."""

    patterns: tuple[str, ...]
    opening: str
    closing: str
    case_sensitive: bool

    def finditer(self, text: str) -> Iterator[Any]:
        """Yield the matches; their group 1 is what was looked for."""
        found: Iterator[Any] = _compile(self.patterns, self.opening, self.closing, self.case_sensitive).finditer(text)
        return found


def compile_search(
    patterns: Iterable[str], *, case_sensitive: bool = False, at: str = "anywhere"
) -> tuple[Search, ...]:
    """Return what matches any of `patterns` as its group 1, anchored as `at` says."""
    patterns = tuple(patterns)
    if at in ("end", "whole"):
        return (Search(patterns, BLOCK_START if at == "whole" else "", BLOCK_END, case_sensitive),)
    opening = BLOCK_START if at == "start" else ""
    ending = tuple(pattern.removesuffix(WORD_END) for pattern in patterns if pattern.endswith(WORD_END))
    others = tuple(pattern for pattern in patterns if not pattern.endswith(WORD_END))
    found = ((ending, NOT_A_LETTER), (others, ""))
    return tuple(Search(part, opening, closing, case_sensitive) for part, closing in found if part)


def compile_pattern(patterns: Iterable[str], *, case_sensitive: bool = False) -> Any:
    """Return one RE2 pattern that matches any of `patterns`. `re2.error` for a bad one."""
    return _compile(tuple(patterns), "", "", case_sensitive)


@lru_cache(maxsize=4_096)
def _compile(patterns: tuple[str, ...], opening: str, closing: str, case_sensitive: bool) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = case_sensitive
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re2.compile(f"{opening}({joined}){closing}", options)


def prose(document: TextDocument) -> Iterator[Block]:
    """Yield the page's own running text: paragraphs and list items that are no menu and no boilerplate."""
    for block in document.blocks:
        is_text = block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and not block.is_menu_entry
        if is_text and block.region not in BOILERPLATE_REGIONS:
            yield block
