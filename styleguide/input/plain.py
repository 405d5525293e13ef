"""Plain text as HTML for the one reader of text: paragraphs, lists and headings as people set them by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from styleguide.input.pieces import Piece

MAX_HEADING_WORDS = 14
MAX_HEADING_CHARS = 100
MIN_WRAPPED_CHARS = 55
"""Lines broken by hand or by a mail program are at least this long; a shorter line ends where its writer ended it."""

MAX_WRAPPED_CHARS = 140
"""A longer line was not broken to fit a width, so its end is the end of its paragraph."""

_ITEM = re.compile(r"[ \t]*(?:[-*•–—▪◦·‣○●]|\d{1,3}[.)]|\(?[a-zA-Z]\)|\((?:\d{1,3}|[ivx]{1,5})\))[ \t]+(?=\S)")
_RULE = re.compile(r"[ \t]*([=\-_*~#])\1{2,}[ \t]*")
_LINE = re.compile(r"[^\r\n]*")
_NUMBERED = re.compile(
    r"(?:§+ ?|Sec(?:tion|\.) |Art(?:icle|ikel|\.) |Part |Chapter )\d+(?:\.\d+)*\.?\s+\w|\d+(?:\.\d+)+\.?\s+\w"
)
"""How a heading of a law or a report begins: it may end with a stop or a question mark all the same."""

_ENDING = re.compile(r"[.!?:;,…。][\"'”’»)\]]*$")
_CLOSING = re.compile(r"[.!?:…。][\"'”’»)\]]*$")


class _Line(NamedTuple):
    text: str
    offset: int


class _Part(NamedTuple):
    kind: str  # "p", "li" or "h2"
    lines: tuple[_Line, ...]


def read_plain(source: str) -> tuple[str, list[Piece]]:
    """Return the body as HTML, and its pieces of text with their offsets in `source`."""
    html: list[str] = []
    pieces: list[Piece] = []
    in_list = False
    for kind, lines in _with_headings(list(_parts(source))):
        if (kind == "li") != in_list:
            html.append("</ul>" if in_list else "<ul>")
            in_list = not in_list
        html.append(f"<{kind}>{escape(' '.join(line.text for line in lines))}</{kind}>\n")
        pieces += [Piece(line.text, line.offset) for line in lines]
    if in_list:
        html.append("</ul>")
    return "".join(html), pieces


def _parts(source: str) -> Iterator[_Part | None]:
    """Yield paragraphs, list items and underlined headings, and None for each empty line between them."""
    kind, lines = "p", list[_Line]()
    for match in _LINE.finditer(source):
        text, offset = match.group(), match.start()
        if offset and match.end() == offset and source[offset - 1 : offset] not in ("\r", "\n"):
            continue  # the empty match at a line's end
        if source[offset - 1 : offset + 1] == "\r\n":
            continue
        rule = _RULE.fullmatch(text)
        if rule and len(lines) == 1 and rule.group(1) in "=-":
            kind = "h2" if len(lines[0].text) <= MAX_HEADING_CHARS else kind
        if not text.strip() or rule:
            if lines:
                yield _Part(kind, tuple(lines))
            kind, lines = "p", []
            yield None
            continue
        item = _ITEM.match(text)
        if lines and (item or not _continues(lines[-1].text, text)):
            yield _Part(kind, tuple(lines))
            kind, lines = "p", []
        if item:
            kind = "li"
            text, offset = text[item.end() :], offset + item.end()
        lines.append(_Line(text, offset))
    if lines:
        yield _Part(kind, tuple(lines))


def _continues(before: str, text: str) -> bool:
    """Return whether a line goes on with the sentence or paragraph of the line before."""
    if text.lstrip()[:1].islower():
        return True
    if _CLOSING.search(before.rstrip()[-4:]) and len(before) < MIN_WRAPPED_CHARS:
        return False
    return MIN_WRAPPED_CHARS <= len(before) <= MAX_WRAPPED_CHARS


def _with_headings(parts: list[_Part | None]) -> Iterator[_Part]:
    """Make a heading of each short line that stands alone, ends without a stop, and has text below it."""
    for index, part in enumerate(parts):
        if part is None:
            continue
        stands_alone = index == 0 or parts[index - 1] is None or _is_heading(parts[index - 1])
        has_text_below = any(later is not None for later in parts[index + 1 : index + 4])
        if part.kind == "p" and stands_alone and has_text_below and _is_heading(part):
            yield _Part("h2", part.lines)
        else:
            yield part


def _is_heading(part: _Part | None) -> bool:
    if part is None or len(part.lines) != 1 or part.kind == "li":
        return False
    text = part.lines[0].text.strip()
    if len(text) > MAX_HEADING_CHARS or len(text.split()) > MAX_HEADING_WORDS:
        return False
    return bool(_NUMBERED.match(text)) or not _ENDING.search(text[-4:])
