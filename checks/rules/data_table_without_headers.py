"""A table of data has headers (WCAG 1.3.1)."""

from __future__ import annotations

from bs4 import Tag

from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._tables import (
    Grid,
    grid_of,
    has_another_role,
    is_for_layout,
    is_header,
    is_short,
    looks_like_a_value,
    text_in,
)

rule = Rule(
    __name__,
    title="Tables of data have headers",
    wcag=["1.3.1"],
    impact="serious",
    who="People who use a screen reader hear the values of a table and not what they are values of.",
    how='Make the header cells th elements. Give a table that only places things role="presentation".',
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/html/H51",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F91",
    ],
    messages={
        "failed": 'The first row of this table says what the columns hold ("{header}"), but no cell is a header.',
        "cantTell": "No cell of this table is marked as a header. Does it hold data, or does it only place things?",
    },
)
ROWS_MIN, COLUMNS_MIN = 2, 2
VALUES_MIN = 2
"""Rows below a header row that must hold values: one row may be an accident."""


@rule.targets
def tables_without_headers(page: PageView) -> list[Tag]:
    """Look at tables with rows and columns and with text in more than one of them; not at those for layout."""
    tables = page.exposed("table")
    return [table for table in tables if not is_for_layout(table) and not has_another_role(table) and _is_a_grid(table)]


@rule.expect
def has_headers(table: Tag) -> Verdict:
    """Fail where the first row stands over columns of values; ask about every other table without headers."""
    grid = grid_of(table)
    if any(is_header(cell) for cell in grid.places.values()):
        return passed()
    if header := _plain_header(table, grid):
        return failed(header=header)
    return cant_tell()


def _is_a_grid(table: Tag) -> bool:
    """Return whether cells with short texts stand in rows and columns, and no other table or form is inside.

    Where every cell is a link, such as back, up and on, no header could say what they hold.
    """
    if table.find(["table", "form", "input", "select", "textarea", "h1", "h2", "h3"]) is not None:
        return False
    grid = grid_of(table)
    if all(_is_only_links(cell) for cell in grid.places.values() if text_in(cell)):
        return False
    if grid.rows < ROWS_MIN or grid.columns < COLUMNS_MIN:
        return False
    full = [sum(1 for cell in grid.row(r) if is_short(text_in(cell))) for r in range(grid.rows)]
    return sum(1 for count in full if count >= COLUMNS_MIN) >= ROWS_MIN


def _is_only_links(cell: Tag) -> bool:
    linked = "".join(text_in(link) for link in cell.find_all("a", href=True))
    return "".join(linked.split()) == "".join(text_in(cell).split())


def _plain_header(table: Tag, grid: Grid) -> str:
    """Return the first row's words when they are titles of columns of which at least one holds values only."""
    first = grid.row(0)
    titles = [text_in(cell) for cell in first]
    if len(first) != grid.columns or grid.rows <= VALUES_MIN:
        return ""
    if any(not is_short(title) or looks_like_a_value(title) for title in titles):
        return ""
    is_marked = table.find("thead") is not None or all(_is_bold(cell) for cell in first)
    for number in range(grid.columns):
        below = [text_in(cell) for cell in grid.column(number)[1:]]
        if is_marked and len(below) >= VALUES_MIN and all(looks_like_a_value(text) for text in below):
            return " | ".join(titles)[:150]
    return ""


def _is_bold(cell: Tag) -> bool:
    bold = cell.find(["b", "strong"])
    return isinstance(bold, Tag) and text_in(bold) == text_in(cell)


EXAMPLES = examples(
    passed=[
        "<table><tr><th>Line</th><th>Time</th></tr><tr><td>1</td><td>9:00</td></tr></table>",
        "<table><tr><th>Line</th><td>1</td></tr><tr><th>Time</th><td>9:00</td></tr></table>",
    ],
    failed=[
        "<table><tr><td><b>Line</b></td><td><b>Price</b></td></tr><tr><td>1</td><td>2.50</td></tr>"
        "<tr><td>North</td><td>3.10</td></tr></table>",
        "<table><thead><tr><td>Day</td><td>Opens</td></tr></thead><tr><td>Monday</td><td>9:00</td></tr>"
        "<tr><td>Friday</td><td>10:00</td></tr></table>",
    ],
    cant_tell=[
        "<table><tr><td>Line</td><td>Price</td></tr><tr><td>1</td><td>2.50</td></tr></table>",
        "<table><tr><td>Monday</td><td>9:00</td></tr><tr><td>Friday</td><td>10:00</td></tr></table>",
        '<table><tr><td>Form A</td><td><a href="a">Get</a></td></tr>'
        '<tr><td>Form B</td><td><a href="b">Get</a></td></tr></table>',
        "<table><tr><td><b>Anna</b></td><td><b>Jo</b></td></tr><tr><td>Mayor</td><td>Clerk</td></tr></table>",
    ],
    inapplicable=[
        '<table role="presentation"><tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></table>',
        '<table><tr><td rowspan="2"><a href="1">Back</a></td><td><a href="0">Up</a></td></tr>'
        '<tr><td><a href="/">Home</a></td><td><a href="i">Index</a></td></tr></table>',
        "<table><tr><td>Only one row</td><td>of cells</td></tr></table>",
        "<table><tr><td><h2>News</h2></td><td>Bus</td></tr><tr><td>A</td><td>B</td></tr></table>",
        "<table><tr><td>Name</td><td><input></td></tr><tr><td>Mail</td><td><input></td></tr></table>",
    ],
)
