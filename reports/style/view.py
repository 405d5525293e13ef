"""The HTML view of a text: its words marked by kind, the hint beside, and what to do first. One file, no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
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
from reports.style.picture import ShownPicture, show
from reports.style.terminal import reading_age

MAX_SHOWN_BLOCKS = 3_000
"""Blocks of one text that are shown: beyond, a browser crawls. All findings stay in the other formats."""

GROUPS = {"words": "words to replace", "length": "too long", "structure": "links, headings and form"}
_UNREAD = frozenset({"header", "nav", "footer", "cookies"})


class Row(NamedTuple):
    """One block, or the cells of one table row, with its notes beside it."""

    parts: tuple[tuple[ShownBlock, Markup], ...]
    notes: tuple[tuple[int, PlacedFinding], ...]

    @property
    def block(self) -> ShownBlock:
        """The first block."""
        return self.parts[0][0]


class Mark(NamedTuple):
    """A finding, and the characters of the shown block that it is about."""

    number: int
    found: PlacedFinding
    start: int
    end: int


class Shown(NamedTuple):
    """One text, made ready for the template. `id` sets its anchors apart from those of other texts."""

    id: str
    text: StyleText
    rows: tuple[Row, ...]
    changes: tuple[Change, ...]
    age: str
    kinds: Mapping[str, int]
    n_left_out: int
    picture: ShownPicture | None

    @property
    def noted(self) -> frozenset[int]:
        """The numbers of the findings that stand beside the text."""
        return frozenset(number for row in self.rows for number, _ in row.notes)


def to_html(report: StyleReport) -> str:
    """Return the whole report as one HTML page."""
    shown = [show_text(f"t{number}", text) for number, text in enumerate(report.texts, 1)]
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


def show_text(own_id: str, text: StyleText) -> Shown:
    """Return one text, made ready for a template; its anchors begin with `own_id`, a name of ours."""
    blocks = {block.number: block for block in text.blocks}
    notes: dict[int, list[Mark]] = {}
    for number, found in enumerate(text.findings, 1):
        block = blocks.get(found.place.block)
        # A link's words are marked in the paragraph that holds it, where people read them.
        shift = block.at if block is not None and block.holder else 0
        shown_in = block.holder if block is not None and block.holder else found.place.block
        start, end = found.span
        notes.setdefault(shown_in, []).append(Mark(number, found, start + shift, end + shift))
    wanted = [
        block
        for block in text.blocks
        if block.number in notes or (block.kind != "link" and block.region not in _UNREAD)
    ]
    rows: list[Row] = []
    for block in wanted[:MAX_SHOWN_BLOCKS]:
        marks = notes.get(block.number, [])
        part = (block, _marked(own_id, block, marks))
        said = tuple((mark.number, mark.found) for mark in marks)
        if block.row and rows and rows[-1].block.row == block.row:
            rows[-1] = Row((*rows[-1].parts, part), (*rows[-1].notes, *said))
        else:
            rows.append(Row((part,), said))
    age = reading_age(text.readability) if text.readability else ""
    kinds = Counter("to look at" if found.is_question else GROUPS[found.group] for found in text.findings)
    n_left_out = max(0, len(wanted) - MAX_SHOWN_BLOCKS)
    return Shown(own_id, text, tuple(rows), best_changes(text), age, kinds, n_left_out, show(text))


def _marked(own_id: str, block: ShownBlock, marks: list[Mark]) -> Markup:
    """Return the block's text with its findings marked; marks that overlap share the words between their edges."""
    text = block.text
    edges = sorted({0, len(text), *(edge for mark in marks for edge in mark[2:] if edge <= len(text))})
    ends: dict[int, list[int]] = {}
    for mark in marks:
        ends.setdefault(min(mark.end, len(text)), []).append(mark.number)
    pieces: list[str] = []
    for start, end in pairwise(edges):
        groups = sorted({mark.found.group for mark in marks if mark.start <= start and end <= mark.end})
        piece = escape(xml_text(text[start:end])).replace("\n", "<br>")
        pieces.append(f'<mark class="{" ".join(groups)}">{piece}</mark>' if groups else piece)
        pieces += (
            f'<a class="ref" id="{own_id}m{number}" href="#{own_id}n{number}" aria-label="Note {number}">{number}</a>'
            for number in ends.get(end, ())
        )
    return Markup("".join(pieces))  # noqa: S704 # every piece of text in it is escaped above
