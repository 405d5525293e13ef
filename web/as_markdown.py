"""Takes the text out of a Word document or an HTML page, as Markdown that people can read and edit.

The editor needs one text in which each mark has its place, and a Word document has none. Headings, lists, tables,
links and the alternative texts of pictures stay, as rules are about them; what repeats on every page of a site goes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from reports.style.model import ShownBlock
from scan.style import shown_blocks
from styleguide.blocks import BOILERPLATE_REGIONS, Block, BlockKind
from styleguide.input import Draft

_MARKS = re.compile(r"([\\`*\[\]<])")
_OPENS_BLOCK = re.compile(r"^(#{1,6} |[-+>] |\d+[.)] )", re.M)
_UNSAFE_ADDRESS = re.compile(r"[\s<>()]")
_LEFT_OUT = frozenset({BlockKind.TITLE, BlockKind.DESCRIPTION})

Links = dict[int, list[tuple[int, int, str]]]


def as_markdown(draft: Draft) -> str:
    """Return a draft's own text as Markdown."""
    blocks = draft.document.blocks
    shown = list(shown_blocks(blocks))
    links: Links = defaultdict(list)
    for view, block in zip(shown, blocks, strict=True):
        if view.holder:
            links[view.holder].append((view.at, view.at + len(view.text), _address(block)))
    pieces: list[tuple[str, str]] = []
    cells: list[str] = []
    row = 0
    for view, block in zip(shown, blocks, strict=True):
        if block.region in BOILERPLATE_REGIONS or block.kind in _LEFT_OUT or view.holder:
            continue
        if row and view.row != row:
            _end_row(pieces, cells)
        row = view.row
        if row:
            cells.append(_text(view, links).replace("\n", " ").replace("|", "\\|"))
        else:
            pieces.append((str(block.kind), _piece(view, block, links)))
    if row:
        _end_row(pieces, cells)
    return "".join(_joined(pieces))


def _piece(view: ShownBlock, block: Block, links: Links) -> str:
    text = _text(view, links)
    if block.kind is BlockKind.HEADING:
        return "#" * (view.level or 2) + " " + text.replace("\n", " ")
    if block.kind is BlockKind.LIST_ITEM:
        return f"{view.marker or '-'} " + text.replace("\n", "\n  ")
    if block.kind is BlockKind.QUOTE:
        return "> " + text.replace("\n", "\n> ")
    if block.kind is BlockKind.LINK:
        return f"[{_escaped(view.text)}]({_address(block)})"
    if block.kind is BlockKind.ALTERNATIVE:
        return f"![{_escaped(view.text)}](picture)"
    return _OPENS_BLOCK.sub(r"\\\1", text)


def _text(view: ShownBlock, links: Links) -> str:
    pieces: list[str] = []
    position = 0
    for start, end, address in sorted(links.get(view.number, ())):
        if start < position:
            continue
        pieces += [_escaped(view.text[position:start]), f"[{_escaped(view.text[start:end])}]({address})"]
        position = end
    return "".join([*pieces, _escaped(view.text[position:])])


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)


def _address(block: Block) -> str:
    address = str(block.element.get("href") or "")
    return _UNSAFE_ADDRESS.sub(lambda found: f"%{ord(found.group()):02X}", address) if address else "#"


def _end_row(pieces: list[tuple[str, str]], cells: list[str]) -> None:
    follows = bool(pieces) and pieces[-1][0] == "row"
    line = f"| {' | '.join(cells)} |"
    pieces.append(("row", line if follows else f"{line}\n|{' --- |' * len(cells)}"))
    cells.clear()


def _joined(pieces: list[tuple[str, str]]) -> Iterator[str]:
    before = ""
    for kind, text in pieces:
        if before:
            yield "\n" if kind == before and kind in ("row", str(BlockKind.LIST_ITEM)) else "\n\n"
        yield text
        before = kind
    if before:
        yield "\n"
