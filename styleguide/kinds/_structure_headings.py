"""Checks of headings and of what stands between them; of the page's title and description."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bs4 import Tag

from styleguide.blocks import BOILERPLATE_REGIONS, Block, BlockKind
from styleguide.kinds._structure import Check, Settings, own_content
from styleguide.reading import Reading
from styleguide.rules import Hit, Rule, hit_block
from styleguide.words import tokenise

_LEVEL = re.compile(r"h[1-6]")

MIN_TITLE_OVERLAP = 0.5
"""The share of the main heading's words that the title must hold to be about the same."""


def level_of(block: Block) -> int:
    """Return a heading's level, 0 for what is none."""
    if block.kind is not BlockKind.HEADING:
        return 0
    node: Tag | None = block.element
    while node is not None and not _LEVEL.fullmatch(node.name):
        level = str(node.get("aria-level") or "")
        if level.isdigit():
            return int(level)
        node = node.parent
    return int(node.name[1]) if node is not None else 0


def _content(reading: Reading) -> Iterator[Block]:
    for block in reading.document.blocks:
        if block.kind not in (BlockKind.TITLE, BlockKind.DESCRIPTION) and block.region not in BOILERPLATE_REGIONS:
            yield block


def _skipped_level(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    previous = 0
    for block in _content(reading):
        level = level_of(block)
        if not level:
            continue
        if previous and level > previous + 1 and rule.reads(block):
            yield hit_block(rule, block, level=level, other=previous)
        previous = level


def _deep(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for block in reading.blocks(rule):
        level = level_of(block)
        if level > settings.most:
            yield hit_block(rule, block, level=level, limit=settings.most)


def _stacked(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    previous: Block | None = None
    for block in _content(reading):
        if block.kind is BlockKind.LINK:
            continue  # a link within a heading or paragraph; the heading itself follows
        is_deeper = previous is not None and level_of(block) > level_of(previous) > 1
        if previous is not None and is_deeper and rule.reads(block) and not _has_more(previous, block):
            yield hit_block(rule, block, other=previous.text[:80])
        previous = block if level_of(block) else None


def _has_more(first: Block, second: Block) -> bool:
    """Return whether a picture, table or the like stands between two headings, which is no block of text."""
    for node in first.element.next_elements:
        if node is second.element:
            return False
        if isinstance(node, Tag) and node.name in ("img", "svg", "table", "form", "video", "iframe", "pre", "input"):
            return True
    return True


def _duplicate(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    seen: dict[int, set[str]] = {}
    for block in _content(reading):
        level = level_of(block)
        if not level:
            continue
        for deeper in [other for other in seen if other > level]:
            del seen[deeper]
        said = block.text.casefold()
        if said in seen.setdefault(level, set()) and rule.reads(block):
            yield hit_block(rule, block)
        seen[level].add(said)


def _no_heading(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    first: Block | None = None
    words = 0
    for block in [*_content(reading), None]:
        if block is None or level_of(block):
            if first is not None and words > settings.most and rule.reads(first):
                yield hit_block(rule, first, count=words, limit=settings.most)
            first, words = None, 0
        elif block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and not block.is_menu_entry:
            first = first or block
            words += len(block.tokens)


def _linked(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for block in reading.blocks(rule):
        if block.linked and level_of(block) > 1:
            yield hit_block(rule, block)


def _fake(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for element, block in own_content(rule, reading, "p"):
        inner = [child for child in element.contents if isinstance(child, Tag) or str(child).strip()]
        if len(inner) != 1 or not isinstance(inner[0], Tag) or inner[0].name not in ("strong", "b"):
            continue
        follows = element.find_next_sibling()
        is_short = len(block.text) <= settings.most and not block.text.endswith((".", "!", ",", ";", "_"))
        if (
            not is_short
            or block.linked
            or not isinstance(follows, Tag)
            or follows.name not in ("p", "ul", "ol")  # before a table it is the table's caption
        ):
            continue
        if element.find_parent(("li", "td", "th", "blockquote", "label", "aside")) is None and rule.reads(block):
            yield hit_block(rule, block)


def _title_unlike_heading(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    title = next((block for block in reading.document.blocks if block.kind is BlockKind.TITLE), None)
    headings = [block for block in _content(reading) if level_of(block) == 1]
    if title is None or len(headings) != 1 or not rule.reads(title):
        return
    said = {token.word for token in title.tokens}
    wanted = {token.word for token in headings[0].tokens}
    if wanted and len(said & wanted) < MIN_TITLE_OVERLAP * len(wanted):
        yield hit_block(rule, title, other=headings[0].text[:100])


def _no_description(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    blocks = reading.document.blocks
    title = next((block for block in blocks if block.kind is BlockKind.TITLE), None)
    if title is not None and rule.reads(title) and not any(block.kind is BlockKind.DESCRIPTION for block in blocks):
        yield hit_block(rule, title)


def _description_is_title(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    blocks = reading.document.blocks
    titles = {" ".join(t.word for t in tokenise(block.text)) for block in blocks if block.kind is BlockKind.TITLE}
    for block in reading.blocks(rule):
        if " ".join(token.word for token in block.tokens) in titles:
            yield hit_block(rule, block)


CHECKS: Mapping[str, Check] = {
    "skipped-heading-level": Check(_skipped_level),
    "deep-heading": Check(_deep, needs_max=True),
    "stacked-headings": Check(_stacked),
    "duplicate-heading": Check(_duplicate),
    "words-without-heading": Check(_no_heading, needs_max=True),
    "link-in-heading": Check(_linked),
    "fake-heading": Check(_fake, needs_max=True),
    "title-unlike-heading": Check(_title_unlike_heading),
    "no-description": Check(_no_description),
    "description-is-title": Check(_description_is_title),
}
