"""Checks of links: new tabs, files, addresses, the same words for two places, too many at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urldefrag

from bs4 import Tag

from styleguide.blocks import Block, BlockKind
from styleguide.kinds._structure import Check, Settings, own_content
from styleguide.reading import Reading
from styleguide.rules import Hit, Rule, hit_at, hit_block

_FILE = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|od[tsp]|csv|zip)(?:[?#]|$)", re.I)
_NAMES = {"doc": "word", "docx": "word", "xls": "excel", "xlsx": "excel", "ppt": "powerpoint", "pptx": "powerpoint"}
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+\d{1,3}[ -]?)?(?:\(?0?\d{2,4}\)?[ -])\d{3,4}[ -]\d{3,4}(?![\w/-])")


def _links(rule: Rule, reading: Reading) -> Iterator[tuple[Tag, Block]]:
    for block in reading.blocks(rule):
        if block.kind is BlockKind.LINK:
            yield block.element, block


def _said(block: Block) -> str:
    return (block.name or block.text).casefold()


def _new_tab(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for element, block in _links(rule, reading):
        if str(element.get("target") or "").lower() != "_blank":
            continue
        said = f"{_said(block)} {str(element.get('title') or '').casefold()}"
        if not any(word in said for word in settings.said_by):
            yield hit_block(rule, block)


def _file(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for element, block in _links(rule, reading):
        match = _FILE.search(str(element.get("href") or "")[:2000])
        if match is None:
            continue
        kind = match.group(1).lower()
        said = _said(block)
        beside = element.parent.get_text(" ")[:400].casefold() if element.parent is not None else ""
        if kind not in said and _NAMES.get(kind, kind) not in said and f"({kind}" not in beside:
            yield hit_block(rule, block, other=kind.upper())


def _hidden_address(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for element, block in _links(rule, reading):
        href = str(element.get("href") or "")
        if href.lower().startswith("mailto:") and "@" in href and "@" not in block.text:
            yield hit_block(rule, block)


def _same_words(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    first: dict[str, str] = {}
    for element, block in _links(rule, reading):
        said = _said(block)
        href = urldefrag(str(element.get("href") or "")[:2000]).url.rstrip("/")
        if not href or href.lower().startswith("javascript:") or not said:
            continue
        known = first.setdefault(said, href)
        if known != href and not known.endswith(href.lstrip("./")) and not href.endswith(known.lstrip("./")):
            yield hit_block(rule, block)


def _many(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for element, block in own_content(rule, reading, "p"):
        links = element.find_all("a", href=True, limit=settings.most + 1)
        if len(links) > settings.most and rule.reads(block) and not block.is_menu_entry:
            yield hit_block(rule, block, count=len(element.find_all("a", href=True)), limit=settings.most)


def _phone(rule: Rule, reading: Reading, settings: Settings) -> Iterator[Hit]:
    for block in reading.blocks(rule):
        for match in _PHONE.finditer(block.text):
            has_link = block.element.find("a", href=re.compile(r"^tel:", re.I)) if not block.linked else True
            if not has_link and not block.is_unread(*match.span()):
                yield hit_at(rule, block, *match.span())


CHECKS: Mapping[str, Check] = {
    "new-tab-not-said": Check(_new_tab),
    "file-not-said": Check(_file),
    "hidden-email-address": Check(_hidden_address),
    "same-words-two-places": Check(_same_words),
    "many-links": Check(_many, needs_max=True),
    "phone-not-linked": Check(_phone),
}
