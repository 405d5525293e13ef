"""Checks of emphasis and of marks in the tree: bold, italics, underline, raised ordinals, empty cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from styleguide.kinds._structure import Check, Settings, own_content
from styleguide.reading import Reading, prose
from styleguide.rules import Hit, Rule, hit_block
from styleguide.words import tokenise

_ORDINAL = re.compile(r"(?:st|nd|rd|th)")

MIN_PROSE_CHARS = 600
"""Characters of running text a page needs before its share of bold means anything."""


def _bold(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    blocks = [block for block in prose(reading.document) if rule.reads(block)]
    total = sum(len(block.text) for block in blocks)
    if total < MIN_PROSE_CHARS:
        return
    bold = 0
    for element, _ in own_content(rule, reading, "strong", "b"):
        if element.find_parent(("p", "li")) is not None:
            bold += len(element.get_text())
    if 100 * bold > settings.most * total:
        yield hit_block(rule, blocks[0], count=round(100 * bold / total), limit=settings.most)


def _italics(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for element, block in own_content(rule, reading, "em", "i"):
        words = len(tokenise(element.get_text()[:2000]))
        if words > settings.most and rule.reads(block) and element.find_parent(("blockquote", "cite", "q")) is None:
            yield hit_block(rule, block, count=words, limit=settings.most)


def _underlined(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for element, block in own_content(rule, reading, "u"):
        if rule.reads(block) and element.find_parent("a") is None and element.get_text().strip():
            yield hit_block(rule, block)


def _raised(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for element, block in own_content(rule, reading, "sup"):
        before = str(element.previous_sibling or "")
        if rule.reads(block) and _ORDINAL.fullmatch(element.get_text().strip()) and before[-1:].isdigit():
            yield hit_block(rule, block)


def _empty_cells(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for table, block in own_content(rule, reading, "table"):
        cells = table.find_all("td")
        empty = [cell for cell in cells if not cell.get_text().strip() and cell.find(True) is None]
        if empty and len(empty) < len(cells) and table.find("th") is not None and table.get("role") != "presentation":
            yield hit_block(rule, block, count=len(empty))


CHECKS: Mapping[str, Check] = {
    "much-bold": Check(_bold, needs_max=True),
    "long-italics": Check(_italics, needs_max=True),
    "underlined": Check(_underlined),
    "raised-ordinal": Check(_raised),
    "empty-cells": Check(_empty_cells),
}
