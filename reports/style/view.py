"""The HTML view of a text: its words marked by kind, the hint beside, and what to do first. One file, no script."""

from __future__ import annotations

from functools import cache
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports.escape import xml_text
from reports.html.render import known_language
from reports.style.changes import Change, best_changes
from reports.style.model import PlacedFinding, ShownBlock, StyleReport, StyleText
from reports.style.terminal import reading_age

MAX_SHOWN_BLOCKS = 3_000
"""Blocks of one text that are shown: beyond, a browser crawls. All findings stay in the other formats."""

GROUPS = {"words": "words to replace", "length": "too long", "structure": "links, headings and form"}
_UNREAD = frozenset({"header", "nav", "footer", "cookies"})


class Row(NamedTuple):
    """One block with its notes beside it."""

    block: ShownBlock
    text: Markup
    notes: tuple[tuple[int, PlacedFinding], ...]


class Shown(NamedTuple):
    """One text, made ready for the template. `id` sets its anchors apart from those of other texts."""

    id: str
    text: StyleText
    rows: tuple[Row, ...]
    changes: tuple[Change, ...]
    age: str
    n_left_out: int


def to_html(report: StyleReport) -> str:
    """Return the whole report as one HTML page."""
    shown = [_show(f"t{number}", text) for number, text in enumerate(report.texts, 1)]
    page = _environment().get_template("style.html")
    return page.render(report=report, texts=shown, groups=GROUPS, reading_age=reading_age)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    source = PackageLoader("reports", "assets").get_source(made, "style.css")[0]
    made.filters["language"] = known_language
    made.globals["css"] = Markup(source)  # noqa: S704 # our own style sheet
    return made


def _printable(value: Any) -> Any:
    return xml_text(value) if type(value) is str else value


def _show(own_id: str, text: StyleText) -> Shown:
    notes: dict[int, list[tuple[int, PlacedFinding]]] = {}
    for number, found in enumerate(text.findings, 1):
        notes.setdefault(found.place.block, []).append((number, found))
    # A link's words stand in the paragraph that holds it; they are shown again only where something is said of them.
    wanted = [
        block
        for block in text.blocks
        if block.number in notes or (block.kind != "link" and block.region not in _UNREAD)
    ]
    rows = tuple(
        Row(block, _marked(own_id, block, notes.get(block.number, [])), tuple(notes.get(block.number, ())))
        for block in wanted[:MAX_SHOWN_BLOCKS]
    )
    age = reading_age(text.readability) if text.readability else ""
    return Shown(own_id, text, rows, best_changes(text), age, max(0, len(wanted) - MAX_SHOWN_BLOCKS))


def _marked(own_id: str, block: ShownBlock, notes: list[tuple[int, PlacedFinding]]) -> Markup:
    """Return the block's text with its findings marked; marks that overlap share the words between their edges."""
    text = block.text
    edges = sorted({0, len(text), *(edge for _, found in notes for edge in found.span if edge <= len(text))})
    ends: dict[int, list[int]] = {}
    for number, found in notes:
        ends.setdefault(min(found.span[1], len(text)), []).append(number)
    pieces: list[str] = []
    for start, end in pairwise(edges):
        groups = sorted({found.group for _, found in notes if found.span[0] <= start and end <= found.span[1]})
        piece = escape(xml_text(text[start:end])).replace("\n", "<br>")
        pieces.append(f'<mark class="{" ".join(groups)}">{piece}</mark>' if groups else piece)
        pieces += (
            f'<a class="ref" id="{own_id}m{number}" href="#{own_id}n{number}" aria-label="Note {number}">{number}</a>'
            for number in ends.get(end, ())
        )
    return Markup("".join(pieces))  # noqa: S704 # every piece of text in it is escaped above
