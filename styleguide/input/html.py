"""The text of an HTML source with its offsets: one linear pass, however the markup is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from styleguide.input.pieces import Piece, Stream

MARKUP = re.compile(r"<(?:!--|[!?]|/?[A-Za-z])")
TAG_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
TAG_REST = re.compile(r"(?:[^\"'>=]|=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|[\"'=])*+>")
"""What follows a tag's name, up to its end. Possessive: an unclosed quotation costs its length once."""

_ENTITY = re.compile(r"&(?:#[xX]?[0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")
_ATTRIBUTE = re.compile(r"""([^\s"'=<>/]{1,40})\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
_RAW = frozenset(
    {"script", "style", "template", "noscript", "svg", "math", "textarea", "select", "pre", "iframe", "xmp"}
)
"""Elements whose text is passed by; the blocks hold none of it."""

_READ_VALUES = {"img": "alt", "meta": "content", "input": "value"}


def html_pieces(source: str, start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """Yield the pieces of text between two offsets of an HTML source, in order."""
    stop = len(source) if end is None else end
    position, in_link = start, False
    while position < stop:
        found = MARKUP.search(source, position, stop)
        upto = found.start() if found else stop
        yield from _text(source, position, upto, in_link=in_link)
        if found is None:
            return
        if found.group() == "<!--":
            closed = source.find("-->", found.end(), stop)
            position = stop if closed < 0 else closed + 3
            continue
        name = TAG_NAME.match(source, found.start(), stop)
        rest = TAG_REST.match(source, name.end() if name else found.end(), stop)
        if rest is None:
            return  # a tag that never ends swallows the rest, as in a browser
        position = rest.end()
        if name is None:
            continue
        tag, closes = name.group(1).lower(), source[found.start() + 1] == "/"
        if tag == "a":
            in_link = not closes
        elif not closes and tag in _READ_VALUES:
            yield from _values(source, tag, name.end(), position, in_link=in_link)
        elif not closes and tag in _RAW and source[position - 2] != "/":
            closing = re.compile(rf"</{tag}(?=[\s/>])", re.I).search(source, position, stop)
            position = closing.start() if closing else stop


def _text(source: str, start: int, end: int, *, in_link: bool) -> Iterator[Piece]:
    position = start
    while position < end:
        amp = source.find("&", position, end)
        upto = amp if amp >= 0 else end
        if upto > position:
            yield from _both(source[position:upto], position, is_one=False, in_link=in_link)
        if amp < 0:
            return
        entity = _ENTITY.match(source, amp, end)
        shown = unescape(entity.group()) if entity else "&"
        length = len(entity.group()) if entity else 1
        if entity and shown == entity.group():
            shown, length = "&", 1
        yield from _both(shown, amp, is_one=True, in_link=in_link)
        position = amp + length


def _both(text: str, offset: int, *, is_one: bool, in_link: bool) -> Iterator[Piece]:
    yield Piece(text, offset, Stream.TEXT, is_one)
    if in_link:
        yield Piece(text, offset, Stream.LINK, is_one)


def _values(source: str, tag: str, start: int, end: int, *, in_link: bool) -> Iterator[Piece]:
    attributes = {match.group(1).lower(): match for match in reversed(list(_ATTRIBUTE.finditer(source, start, end)))}
    found = attributes.get(_READ_VALUES[tag])
    if found is None:
        return
    group = next(index for index in (2, 3, 4) if found.group(index) is not None)
    for piece in _text(source, found.start(group), found.end(group), in_link=False):
        yield piece._replace(stream=Stream.ATTRIBUTE)
        if tag == "img" and in_link:
            yield piece._replace(stream=Stream.LINK)
