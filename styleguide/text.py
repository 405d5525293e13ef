"""From a page's HTML to blocks of text: what is read aloud or seen, with its kind, language, region and element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup, CData, Tag
from bs4.element import NavigableString

from styleguide.blocks import BOILERPLATE_REGIONS, Block, BlockKind, TextDocument
from styleguide.places import SHADOW_TAG, Places
from styleguide.regions import (
    SECTIONING,
    around_content,
    is_cookie_notice,
    kind_by_name,
    made_names,
    named_region,
    own_region,
)
from styleguide.tree import tree_of

if TYPE_CHECKING:
    from bs4.element import PageElement

MAX_BLOCK_CHARS = 50_000
"""A block is cut here: the longest honest paragraph is far shorter, and a hostile one must not slow the rest."""

MAX_LABELS = 5
"""Ids of an `aria-labelledby` that are followed."""

MAX_BLOCKS = 20_000
"""Blocks read from one page: the WHATWG's one-page HTML standard, far larger than a page, has about this many."""

_BREAK = "\ue000"  # a private-use character: stands for <br> until white space is normalised
_SPACES = re.compile(r"[^\S\ue000]+")
_AROUND_BREAK = re.compile(r" ?\ue000[ \ue000]*")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\x00]")
"""Characters that show nothing: soft hyphen, zero-width space, joiners of lines, marks of direction, NUL."""


def _names_in(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOT_TEXT = _names_in(
    "script style template noscript svg math iframe object embed canvas audio video map select datalist textarea "
    "pre xmp listing head"
)
_OF_HEAD = _names_in("title meta link base script style noscript template object bgsound basefont")
_VOID_TEXT = frozenset({"img", "input"})
_PARTS_TEXT = _names_in("pre table section div p xmp listing iframe video")
"""Of the elements passed by, those that stand between blocks rather than within a line."""

_INLINE = _names_in(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd mark output picture q ruby s "
    "samp slot small source span strike strong sub sup time tt u var wbr rb rp rt nobr"
)
_UNREAD_INLINE = _names_in("code kbd samp var tt q cite del s strike rt rp")
"""Inline elements whose words are not the author's prose: code, quotations, titles of works, struck-out text."""

_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dd", "dt"), BlockKind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), BlockKind.TABLE_CELL),
    **dict.fromkeys(("caption", "figcaption"), BlockKind.CAPTION),
    **dict.fromkeys(("label", "legend"), BlockKind.LABEL),
    **dict.fromkeys(("button", "summary"), BlockKind.BUTTON),
    "blockquote": BlockKind.QUOTE,
}
_KINDS_BY_ROLE = {"heading": BlockKind.HEADING, "listitem": BlockKind.LIST_ITEM, "button": BlockKind.BUTTON}
_CONCEALED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_INPUT_BUTTONS = frozenset({"submit", "button", "reset"})


def parse(html: str) -> BeautifulSoup:
    """Return the page as a tree; one tree serves all rules that read the page. Never raises for bad HTML."""
    soup = tree_of(html)
    head = soup.find("head")
    if isinstance(head, Tag):
        _end_head(soup, head)
    return soup


def _end_head(soup: BeautifulSoup, head: Tag) -> None:
    """Move what is no head's out of it. libxml2 knows no newer element than HTML 4's: where a page leaves <body> out,
    as it may, a <header> or <main> behind its <title> would count as part of the head, which nobody reads.
    """
    children = list(head.contents)
    first = next((i for i, child in enumerate(children) if isinstance(child, Tag) and child.name not in _OF_HEAD), None)
    if first is None:
        return
    body = soup.find("body")
    if not isinstance(body, Tag):
        body = soup.new_tag("body")
        head.insert_after(body)
    for place, child in enumerate(children[first:]):
        body.insert(place, child.extract())


def read_document(soup: BeautifulSoup, page_lang: str = "") -> TextDocument:
    """Return the page's text in blocks, in reading order. `page_lang` serves where no `lang` attribute does."""
    root = soup.find("html")
    root_lang = _own_lang(root) if isinstance(root, Tag) else None
    lang = root_lang or primary_language(page_lang)
    blocks: list[Block] = []
    if isinstance(root, Tag):
        places = Places(soup)
        blocks += _head_blocks(root, lang, places)
        _Reader(blocks, places).read(root, lang)
    return TextDocument(lang, tuple(blocks))


def primary_language(tag: str) -> str:
    """Return the primary subtag of a BCP 47 language tag in small letters: `en-GB` gives `en`."""
    return re.split(r"[-_]", tag.strip(), maxsplit=1)[0].lower()


def normalise(text: str) -> str:
    """Return `text` with its white space and unseen characters normalised, as a block's text is."""
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()


def _own_lang(tag: Tag) -> str | None:
    value = tag.attrs.get("lang") or tag.attrs.get("xml:lang")
    return primary_language(str(value)) if value else None


def _head_blocks(root: Tag, lang: str, places: Places) -> Iterator[Block]:
    head = root.find("head")
    if not isinstance(head, Tag):
        return
    title = head.find("title")
    if isinstance(title, Tag):
        text = normalise(title.get_text())[:MAX_BLOCK_CHARS]
        if text:
            yield Block(BlockKind.TITLE, text, _own_lang(title) or lang, "", title, places)
    named = (meta for meta in head.find_all("meta") if str(meta.attrs.get("name") or "").lower() == "description")
    meta = next(named, None)
    if meta is not None:
        text = normalise(str(meta.get("content") or ""))[:MAX_BLOCK_CHARS]
        if text:
            yield Block(BlockKind.DESCRIPTION, text, lang, "", meta, places)


@dataclass(slots=True)
class _Buffer:
    """Text under way: collects pieces with their final offsets, so that no offset is worked out twice."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    linked: int = 0
    unread: list[tuple[int, int]] = field(default_factory=list)

    def add(self, raw: str, *, is_unread: bool, is_linked: bool) -> None:
        if self.length >= MAX_BLOCK_CHARS:
            return
        text = _SPACES.sub(" ", _UNSEEN.sub("", raw[: 2 * MAX_BLOCK_CHARS]))
        if _BREAK in text:
            text = _AROUND_BREAK.sub("\n", text)
        ends_open = not self.pieces or self.pieces[-1][-1] in " \n"
        if ends_open:
            text = text.lstrip()
        if not text:
            return
        if self.pieces and text[0] == "\n" and self.pieces[-1].endswith(" "):
            self._drop_last_space()
        text = text[: MAX_BLOCK_CHARS - self.length]
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        if is_linked:
            self.linked += len(text)
        if is_unread:
            if self.unread and self.unread[-1][1] == start:
                start = self.unread.pop()[0]
            self.unread.append((start, self.length))

    def _drop_last_space(self) -> None:
        self.pieces[-1] = self.pieces[-1][:-1]
        self.length -= 1
        if not self.pieces[-1]:
            self.pieces.pop()

    def text(self) -> str:
        return "".join(self.pieces).rstrip()


@dataclass(slots=True)  # not frozen, which would take a third of the time of reading a page; nothing changes one
class _Context:
    """What an element hands down to its children."""

    element: Tag
    kind: BlockKind
    lang: str
    block_lang: str
    region: str
    is_unread: bool = False
    in_content: bool = False
    link: Tag | None = None


class _Leave(StrEnum):
    """What is to be done when an element's children are read."""

    NOTHING = "nothing"
    END_BLOCK = "end block"
    END_LINK = "end link"


class _Reader:
    """Walks the tree without recursion: pages nest thousands of levels deep."""

    def __init__(self, blocks: list[Block], places: Places) -> None:
        self.blocks = blocks
        self.places = places
        self.buffer = _Buffer()
        self.link = _Buffer()
        self.around_content: frozenset[int] = frozenset()

    def read(self, root: Tag, lang: str) -> None:
        self.around_content = frozenset(around_content(root))
        top = _Context(root, BlockKind.PARAGRAPH, lang, lang, "")
        stack: list[tuple[Iterator[PageElement], _Context, _Leave]] = [(iter(root.contents), top, _Leave.END_BLOCK)]
        while stack and len(self.blocks) < MAX_BLOCKS:
            children, context, on_leave = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if on_leave is _Leave.END_BLOCK:
                    self._flush(context)
                elif on_leave is _Leave.END_LINK:
                    self._end_link(context)
            elif isinstance(child, NavigableString):
                if type(child) in (NavigableString, CData):
                    self._add(str(child), context)
            elif isinstance(child, Tag):
                entered = self._enter(child, context)
                if entered is not None:
                    stack.append((iter(child.contents), *entered))

    def _add(self, raw: str, context: _Context) -> None:
        self.buffer.add(raw, is_unread=context.is_unread, is_linked=context.link is not None)
        if context.link is not None:
            self.link.add(raw, is_unread=False, is_linked=True)

    def _enter(self, tag: Tag, context: _Context) -> tuple[_Context, _Leave] | None:
        """Return the context for a child's own children and what ends it; None to pass the child by."""
        name = tag.name
        if name in _NOT_TEXT or _is_concealed(tag):
            if name in _PARTS_TEXT:
                self._flush(context)
            return None
        if name in ("br", "hr"):
            self._add(_BREAK, context)
            return None
        if name in _VOID_TEXT:
            self._read_void(tag, context)
            return None
        role = tag.attrs.get("role") if tag.attrs else ""
        role = str(role).lower() if role else ""
        if name in _INLINE and role not in _KINDS_BY_ROLE:
            inner = self._inline(tag, context)
            return inner, _Leave.END_LINK if inner.link is tag else _Leave.NOTHING
        self._flush(context)
        if context.link is not None:
            self.link.add(" ", is_unread=False, is_linked=True)
        return self._block(tag, role, context), _Leave.END_BLOCK

    def _inline(self, tag: Tag, context: _Context) -> _Context:
        lang = _own_lang(tag) or context.lang
        link = context.link
        if link is None and tag.name == "a" and "href" in tag.attrs:
            link = tag
            self.link = _Buffer()
        return _Context(
            context.element,
            context.kind,
            lang,
            context.block_lang,
            context.region,
            is_unread=context.is_unread or tag.name in _UNREAD_INLINE or lang != context.block_lang,
            in_content=context.in_content,
            link=link,
        )

    def _block(self, tag: Tag, role: str, context: _Context) -> _Context:
        lang = _own_lang(tag) or context.lang
        kind = _KINDS_BY_ROLE.get(role) or _KINDS.get(tag.name) or context.kind
        if context.kind is BlockKind.QUOTE:
            kind = BlockKind.QUOTE
        names = made_names(tag)
        if kind is BlockKind.PARAGRAPH:
            kind = kind_by_name(names, role)
        return _Context(
            context.element if tag.name == SHADOW_TAG else tag,
            kind,
            lang,
            lang,
            self._region(tag, role, names, context),
            in_content=context.in_content or tag.name in SECTIONING,
            link=context.link,
        )

    def _region(self, tag: Tag, role: str, names: list[str], context: _Context) -> str:
        if context.region == "cookies" or is_cookie_notice(names):
            return "cookies"
        own = own_region(tag, role, in_content=context.in_content)
        if not own and not context.region and not context.in_content and id(tag) not in self.around_content:
            own = named_region(tag, names)
        if context.region in BOILERPLATE_REGIONS and own not in BOILERPLATE_REGIONS:
            return context.region
        return own or context.region

    def _read_void(self, tag: Tag, context: _Context) -> None:
        if tag.name == "img":
            text = normalise(str(tag.attrs.get("alt") or ""))[:MAX_BLOCK_CHARS]
            if text:
                self._emit(context, BlockKind.ALTERNATIVE, text, tag)
                if context.link is not None:
                    self.link.add(f" {text} ", is_unread=False, is_linked=True)
            return
        if str(tag.attrs.get("type") or "").lower() in _INPUT_BUTTONS:
            text = normalise(str(tag.attrs.get("value") or ""))[:MAX_BLOCK_CHARS]
            if text:
                self._emit(context, BlockKind.BUTTON, text, tag)

    def _end_link(self, context: _Context) -> None:
        tag = context.link
        text = self.link.text()
        self.link = _Buffer()
        if tag is None or not text:
            return
        name = normalise(str(tag.attrs.get("aria-label") or ""))
        if not name and tag.attrs.get("aria-labelledby"):
            name = self._labelled_name(tag)
        self._emit(context, BlockKind.LINK, text, tag, name=name, linked=len(text))

    def _labelled_name(self, tag: Tag) -> str:
        found = (self.places.with_id(own_id) for own_id in str(tag.attrs["aria-labelledby"]).split()[:MAX_LABELS])
        return normalise(" ".join(part.get_text(" ") for part in found if part is not None))

    def _flush(self, context: _Context) -> None:
        buffer = self.buffer
        if not buffer.pieces:
            return
        self.buffer = _Buffer()
        text = buffer.text()
        if text:
            unread, linked = tuple(buffer.unread), buffer.linked
            self._emit(context, context.kind, text, context.element, unread=unread, linked=linked)

    def _emit(
        self,
        context: _Context,
        kind: BlockKind,
        text: str,
        element: Tag,
        *,
        unread: tuple[tuple[int, int], ...] = (),
        name: str = "",
        linked: int = 0,
    ) -> None:
        lang = context.block_lang if element is context.element else context.lang
        block = Block(kind, text, lang, context.region, element, self.places, unread, name, linked)
        self.blocks.append(block)


def _is_concealed(tag: Tag) -> bool:
    """Return whether nobody can see the element, as far as its own attributes say."""
    attrs = tag.attrs
    if not attrs:
        return False
    if "data-curbcut-hidden" in attrs or "hidden" in attrs:
        return True
    style = attrs.get("style")
    return bool(style) and bool(_CONCEALED.search(str(style)))
