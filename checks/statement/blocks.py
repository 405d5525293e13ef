"""Cuts a statement's page into blocks of text and sections under their headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString

from checks.elements import attribute
from checks.statement.panels import Panels, panels_of

MAX_BLOCKS = 3_000
"""Blocks read of one page: the longest statements have a few hundred."""

MAX_BLOCK_CHARS = 5_000
MAX_HEADING_CHARS = 150
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset((
    *_HEADINGS, "p", "li", "dt", "dd", "td", "th", "div", "section", "article", "main", "body", "address", "blockquote",
    "figcaption", "caption", "summary", "details", "legend", "fieldset", "form", "ul", "ol", "dl", "table", "tr", "pre",
))  # fmt: skip
_FRAME = ("header", "footer", "nav", "aside")
_FRAME_ROLES = ("banner", "contentinfo", "navigation", "complementary", "search")
_UNREAD = frozenset({"script", "style", "template", "noscript", "title", "svg"})
_SPACES = re.compile(r"\s+")
FAKED_LEVEL = 7
"""The level of a line in bold that stands where a heading belongs."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a statement: what it says and where it leads, as an absolute address."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, item or cell. `level` is 1 to 6 for a heading, `FAKED_LEVEL` for one in bold, 0 for other text."""

    text: str
    level: int = 0
    links: tuple[Link, ...] = ()


@dataclass(slots=True)
class _Growing:
    tag: Tag
    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    is_label: bool = False
    seen: set[int] = field(default_factory=set)


def content_of(soup: BeautifulSoup) -> Tag | None:
    """Return the part of a page that is not header, footer or menu: its `main`, or else its body."""
    main = soup.find("main") or soup.select_one("[role=main]")
    return main if isinstance(main, Tag) else soup.body


def blocks_of(content: Tag, base: str) -> tuple[Block, ...]:
    """Return the blocks of text that people meet, in order."""
    panels = panels_of(content)
    growing: dict[int | tuple[int], _Growing] = {}
    for text in content.descendants:
        if not isinstance(text, NavigableString) or isinstance(text, Comment) or not text.strip():
            continue
        holder = _holder(text, panels)
        if holder is None:
            continue
        over = panels.label_over(holder)
        if over is not None:
            growing.setdefault((id(over[0]),), _Growing(over[0], [over[1]], is_label=True))
        if id(holder) not in growing and len(growing) >= MAX_BLOCKS:
            break
        grown = growing.setdefault(id(holder), _Growing(holder))
        grown.parts.append(str(text))
        link = text.find_parent("a", href=True)
        if isinstance(link, Tag) and id(link) not in grown.seen:
            grown.seen.add(id(link))
            grown.links.append(Link(_flat(link.get_text(" "))[:200], absolute(base, attribute(link, "href"))))
    return tuple(_block(grown) for grown in growing.values())


def absolute(base: str, href: str) -> str:
    """Return where a link leads, without white space; an empty string for what is no address."""
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return ""


def _holder(text: NavigableString, panels: Panels) -> Tag | None:
    """Return the block that a piece of text belongs to; None where people do not meet it."""
    for parent in text.parents:
        if parent.name in _UNREAD or (parent.name in _FRAME or attribute(parent, "role") in _FRAME_ROLES):
            return None
        if id(parent) in panels.controls:
            return None
    for parent in text.parents:
        if parent.name in _BLOCKS:
            return parent if panels.is_met(parent) else None
    return None


def _block(grown: _Growing) -> Block:
    text = _flat("".join(grown.parts))[:MAX_BLOCK_CHARS]
    return Block(text, FAKED_LEVEL if grown.is_label else _level(grown.tag, text), tuple(grown.links))


def _level(tag: Tag, text: str) -> int:
    if tag.name in _HEADINGS:
        return int(tag.name[1])
    if attribute(tag, "role") == "heading":
        level = attribute(tag, "aria-level")
        return int(level) if level in "123456" and level else 2
    if len(text) > MAX_HEADING_CHARS or tag.name in ("li", "td", "dd"):
        return 0
    if tag.name in ("summary", "legend", "dt", "caption"):
        return FAKED_LEVEL
    bold = tag.find(["strong", "b"])
    return FAKED_LEVEL if isinstance(bold, Tag) and _flat(bold.get_text(" ")) == text and tag.name == "p" else 0


def _flat(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
