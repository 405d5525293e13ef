"""Checks of lists: too short, too long, too deep, not marked up, not in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bs4 import Tag
from bs4.element import NavigableString

from styleguide.kinds._structure import Check, Settings, is_menu, items_of, own_content
from styleguide.reading import Reading
from styleguide.rules import Hit, Rule, hit_at, hit_block

_NUMBERED = re.compile(r"(?:(?:step|schritt|étape|paso|stap)\s+)?(\d{1,2})\s?[.:)]\s", re.I)
_FAKE_MARK = re.compile(r"(?:^|\n)[ ]?(?:[•▪●◦·*]|[-–—](?= )|\d{1,2}[.)](?= ))[ ]?\S")
_LETTERS = re.compile(r"\(([a-h])\)\s")

NUMBERED_CHARS = 30
"""Characters of an item in which its number stands."""

MAX_NODES = 20
"""Elements and pieces of text, many of them white space, that those characters are looked for in."""

MIN_FAKE_ITEMS = 2
"""Lines that begin with a bullet or number before they are a list: one may be a dash or a year."""

_CLOSING = "\"'”’»)"
"""Marks that may close a sentence behind its full stop."""

MIN_MIXED_ITEMS = 3
"""Items of a list before their ends can be told to be mixed."""

_HOLDERS = ("ul", "ol", "table", "pre", "p", "img", "code", "dl", "div", "blockquote", "input")
"""What an item may lead into."""

MIN_LETTERED_ITEMS = 3
"""(a), (b) and (c) in one sentence are a list; (a) alone may be a reference."""


def _single_item(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for element, block in own_content(rule, reading, "ul", "ol"):
        items = items_of(element)
        is_prose = not block.is_menu_entry and element.find_parent(("li", "nav")) is None
        if len(items) == 1 and is_prose and rule.reads(block) and not _is_interrupted(element):
            yield hit_block(rule, block)


def _long(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for element, block in own_content(rule, reading, "ul", "ol"):
        items = items_of(element)
        if len(items) > settings.most and not is_menu(reading, items):
            yield hit_block(rule, block, count=len(items), limit=settings.most)


def _deep(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for element, block in own_content(rule, reading, "ul", "ol"):
        depth = 1 + len(element.find_parents(("ul", "ol"), limit=settings.most + 1))
        if depth == settings.most + 1 and not block.is_menu_entry:
            yield hit_block(rule, block, count=depth, limit=settings.most)


def _mixed_case(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for element, _ in own_content(rule, reading, "ul"):
        items = items_of(element)
        blocks = [block for item in items if (block := reading.block_of.get(id(item))) is not None]
        # A name, a code or an acronym may open an item among small letters; so may a word that is a link.
        blocks = [block for block in blocks if block.text[:1].isalpha() and not block.is_menu_entry]
        small = [block for block in blocks if block.text[0].islower()]
        large = [block for block in blocks if block.text[0].isupper() and not block.text[1:2].isupper()]
        if len(small) >= 2 and len(large) >= 2:
            odd = small[0] if len(small) < len(large) else large[0]
            yield hit_block(rule, odd, count=min(len(small), len(large)))


def _not_numbered(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for element, block in own_content(rule, reading, "ul"):
        numbers = [match.group(1) for item in items_of(element) if (match := _NUMBERED.match(_beginning(item)))]
        if numbers[:2] == ["1", "2"]:
            yield hit_block(rule, block, count=len(numbers))


def _beginning(item: Tag) -> str:
    """Return the first characters of an item's text; all of it, in lists within lists, is read again at each level."""
    text = ""
    ahead = list(reversed(item.contents[:MAX_NODES]))
    for _ in range(MAX_NODES):
        if not ahead or len(text) > NUMBERED_CHARS:
            break
        node = ahead.pop()
        if isinstance(node, Tag):  # Beautiful Soup's `descendants` look for the last one first, at the very bottom
            ahead += reversed(node.contents[:MAX_NODES])
        elif type(node) is NavigableString:
            text = (text + node).lstrip()
    return text


def _fake(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for block in reading.blocks(rule):
        if "\n" not in block.text:
            continue
        marks = [match for match in _FAKE_MARK.finditer(block.text) if not block.is_unread(*match.span())]
        if len(marks) >= MIN_FAKE_ITEMS:
            yield hit_block(rule, block, count=len(marks))


def _lettered(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for block in reading.blocks(rule):
        by_sentence: dict[int, list[str]] = {}
        for match in _LETTERS.finditer(block.text):
            by_sentence.setdefault(block.sentence_at(match.start()).start, []).append(match.group(1))
        for start, letters in by_sentence.items():
            if letters[:MIN_LETTERED_ITEMS] == list("abcdefgh")[:MIN_LETTERED_ITEMS]:
                sentence = block.sentence_at(start)
                yield hit_at(rule, block, sentence.start, sentence.end, count=len(letters))


def _several_sentences(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for block in reading.blocks(rule):
        if len(block.sentences) > settings.most:
            yield hit_block(rule, block, count=len(block.sentences), limit=settings.most)


def _no_lead_in(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for element, block in own_content(rule, reading, "ul"):
        items = items_of(element)
        before = _sibling_before(element)
        if before is None or before.name != "p" or is_menu(reading, items):
            continue
        if before.get_text().rstrip().endswith((".", "!", "?")):
            yield hit_block(rule, block)


def _is_interrupted(element: Tag) -> bool:
    """Return whether the list goes on after, or began before, one other element between: a note or a picture."""
    for siblings in (element.find_next_siblings(limit=2), element.find_previous_siblings(limit=2)):
        if any(isinstance(sibling, Tag) and sibling.name == element.name for sibling in siblings):
            return True
    return False


def _open_item(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for block in reading.blocks(rule):
        if block.text.endswith(":") and block.element.name == "li" and block.element.find(_HOLDERS) is None:
            yield hit_block(rule, block)


def _mixed_ends(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for element, _ in own_content(rule, reading, "ul", "ol"):
        blocks = [block for item in items_of(element) if (block := reading.block_of.get(id(item))) is not None]
        if len(blocks) < MIN_MIXED_ITEMS or any(block.is_menu_entry for block in blocks):
            continue
        stopped = [block for block in blocks if block.text.rstrip(_CLOSING).endswith((".", "?", "!"))]
        others = [block for block in blocks if block.text[-1:].isalnum() or block.text.endswith(")")]
        others = [block for block in others if block not in stopped]
        has_sentences = any(len(block.sentences) > 1 for block in stopped)
        if has_sentences and others and rule.reads(others[0]):
            yield hit_block(rule, others[0], count=len(others))


def _sibling_before(element: Tag) -> Tag | None:
    found = element.find_previous_sibling()
    return found if isinstance(found, Tag) else None


CHECKS: Mapping[str, Check] = {
    "single-item-list": Check(_single_item),
    "long-list": Check(_long, needs_max=True),
    "deep-list": Check(_deep, needs_max=True),
    "mixed-case-list": Check(_mixed_case),
    "steps-not-numbered": Check(_not_numbered),
    "fake-list": Check(_fake),
    "lettered-list-in-sentence": Check(_lettered),
    "item-leads-nowhere": Check(_open_item),
    "mixed-list-ends": Check(_mixed_ends),
    "sentences-in-item": Check(_several_sentences, needs_max=True),
    "list-without-lead-in": Check(_no_lead_in),
}
