"""Tables of a PDF, by their tags."""

from __future__ import annotations

from typing import Protocol

from checks.documents.model import Place, Table
from checks.documents.pdf.content import Piece
from checks.documents.pdf.tree import Node

SNIPPET_CHARS = 120


class Texts(Protocol):
    """What a table asks of its document."""

    def text_of(self, node: Node) -> str:
        """Return an element's text."""

    def pieces_of(self, node: Node) -> list[Piece]:
        """Return the text that an element holds, in reading order."""


def table_of(document: Texts, node: Node, where: str, key: str) -> Table:
    """Return a table element as a table; `where` and `key` are those of its place."""
    rows = _rows(node)
    first = document.text_of(rows[0]) if rows else document.text_of(node)
    return Table(
        Place(where, key, first[:SNIPPET_CHARS]),
        rows=len(rows),
        columns=max((sum(max(1, cell.column_span) for cell in _cells(row)) for row in rows), default=0),
        has_headers=any(cell.role == "TH" for row in rows for cell in _cells(row)),
        first_row_stands_out=_first_row_stands_out(document, rows),
    )


def _rows(node: Node) -> list[Node]:
    """Return a table's own rows, not those of tables within it."""
    found: list[Node] = []
    todo = list(reversed(node.kids))
    while todo:
        kid = todo.pop()
        if kid.role == "TR":
            found.append(kid)
        elif kid.role != "Table":
            todo.extend(reversed(kid.kids))
    return found


def _cells(row: Node) -> list[Node]:
    return [kid for kid in row.kids if kid.role in ("TH", "TD")]


def _first_row_stands_out(document: Texts, rows: list[Node]) -> bool:
    if len(rows) < 2:
        return False
    first = [piece for piece in document.pieces_of(rows[0]) if piece.n_chars]
    rest = [piece for row in rows[1:] for piece in document.pieces_of(row) if piece.n_chars]
    if not first or not rest:
        return False
    all_bold = all(piece.is_bold for piece in first)
    return all_bold and sum(piece.is_bold for piece in rest) < len(rest) / 2
