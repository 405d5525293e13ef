"""Every column of a table with headers has one (WCAG 1.3.1): a person must look where a header is empty."""

from __future__ import annotations

from bs4 import Tag

from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._tables import Grid, grid_of, has_another_role, is_for_layout, is_header, text_in

rule = Rule(
    __name__,
    title="Columns of a table with headers all have one",
    wcag=["1.3.1"],
    impact="minor",
    who="People who use a screen reader hear the values of this column and not what they are values of.",
    how="Write a header for the column. It may be hidden visually, but not with display: none.",
    sources=[
        "https://www.w3.org/WAI/tutorials/tables/one-header/",
        "https://www.w3.org/WAI/WCAG22/Techniques/html/H51",
    ],
    messages={"cantTell": 'The header of the column with "{value}" is empty. Do people know what the column holds?'},
)
HEADERS_MIN = 2
"""Header cells with text that make a row a row of headers."""


@rule.targets
def rows_of_headers(page: PageView) -> list[Tag]:
    """Look at tables that people meet whose first row consists of header cells, two of them or more with text."""
    tables = [t for t in page.exposed("table") if not is_for_layout(t) and not has_another_role(t)]
    return [table for table in tables if _has_header_row(grid_of(table))]


@rule.expect
def columns_have_headers(table: Tag) -> Verdict:
    """Ask about the first column with cells under an empty header; the corner over row headers may be empty."""
    grid = grid_of(table)
    for number in range(grid.columns):
        head = grid.places.get((0, number))
        if head is None or text_in(head):
            continue
        values = [text_in(cell) for cell in grid.column(number)[1:] if not is_header(cell)]
        is_corner = number == 0 and (not values or all(len(value.split()) <= _ROW_TITLE_WORDS for value in values))
        value = next((value for value in values if value), "")
        if value and not is_corner:
            return cant_tell(value=value[:80])
    return passed()


_ROW_TITLE_WORDS = 4
"""Short texts in the first column usually name their rows, and the cell above them has nothing to say."""


def _has_header_row(grid: Grid) -> bool:
    first = grid.row(0)
    is_row = all(is_header(cell) or not text_in(cell) for cell in first)
    return is_row and grid.rows > 1 and sum(1 for cell in first if is_header(cell) and text_in(cell)) >= HEADERS_MIN


EXAMPLES = examples(
    passed=[
        "<table><tr><th></th><th>North</th><th>South</th></tr><tr><td>Bus</td><td>1</td><td>2</td></tr></table>",
        "<table><tr><th>Line</th><th>Time</th></tr><tr><td>1</td><td>9:00</td></tr></table>",
        "<table><tr><th>Line</th><th>Time</th><th></th></tr><tr><td>1</td><td>9:00</td><td></td></tr></table>",
    ],
    cant_tell=[
        "<table><tr><th>Line</th><th>Time</th><th></th></tr><tr><td>1</td><td>9:00</td><td>Book</td></tr></table>",
        "<table><tr><th>Line</th><td></td><th>Time</th></tr><tr><td>1</td><td>Harbour</td><td>9:00</td></tr></table>",
    ],
    inapplicable=[
        "<table><tr><td>1</td><td>9:00</td></tr></table>",
        "<table><tr><th>Line</th><td>1</td></tr><tr><th></th><td>9:00</td></tr></table>",
        '<table role="none"><tr><th>A</th><th>B</th><th></th></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>',
    ],
)
