"""A table header belongs to some cells (WCAG 1.3.1): a person must look where it belongs to none."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import attribute, is_exposed
from checks.index import index_of
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._tables import grid_of, has_another_role, is_for_layout, is_header, text_in

rule = Rule(
    __name__,
    title="Table headers belong to cells",
    wcag=["1.3.1"],
    impact="minor",
    who="People who use a screen reader hear this header with no value, or miss it with the values it is meant for.",
    how="Put the header over or beside its cells in the same table. Use td for a cell that heads nothing.",
    sources=[
        "https://www.w3.org/WAI/tutorials/tables/",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/d0f69e/",
    ],
    messages={"cantTell": 'The table header "{text}" has no cell below or beside it. What is it the header of?'},
)


@rule.targets
def headers(page: PageView) -> list[Tag]:
    """Look at header cells with text in tables that people meet."""
    tables = [t for t in page.exposed("table") if not is_for_layout(t) and not has_another_role(t)]
    cells = (cell for table in tables for cell in table.find_all("th") if cell.find_parent("table") is table)
    return [cell for cell in cells if is_header(cell) and is_exposed(cell) and text_in(cell)]


@rule.expect
def heads_some_cell(header: Tag) -> Verdict:
    """Ask about headers with only headers, or nothing, in all of their rows and columns."""
    if attribute(header, "id") in once_a_page(header, _referred_ids):
        return passed()
    is_lonely = once_a_page(header, _headers_of_nothing).get(id(header), False)
    return cant_tell(text=text_in(header)[:100]) if is_lonely else passed()


def _headers_of_nothing(root: Tag) -> dict[int, bool]:
    """Return for each header cell of the page whether no place that it covers has a cell in its row or column."""
    lonely: dict[int, bool] = {}
    for table in root.find_all("table"):
        grid = grid_of(table)
        cells = [place for place, cell in grid.places.items() if not is_header(cell)]
        rows, columns = {row for row, _ in cells}, {column for _, column in cells}
        # Below a header also a header counts that heads a row of cells itself, such as a day in a table of times.
        columns |= {column for row, column in grid.places if row in rows}
        for (row, column), cell in grid.places.items():
            if is_header(cell):
                lonely[id(cell)] = lonely.get(id(cell), True) and row not in rows and column not in columns
    return lonely


def _referred_ids(root: Tag) -> set[str]:
    return {
        name
        for cell in index_of(root).select("td[headers], th[headers]")
        for name in attribute(cell, "headers").split()
    }


EXAMPLES = examples(
    passed=[
        "<table><tr><th>Line</th><th>Time</th></tr><tr><td>1</td><td>9:00</td></tr></table>",
        "<table><tr><th>Line</th><td>1</td></tr><tr><th>Time</th><td>9:00</td></tr></table>",
        "<table><tr><th>Day</th><th>Time</th></tr><tr><th>Monday</th><td>9:00</td></tr></table>",
        '<table><tr><th colspan="2">Bus</th></tr><tr><td>1</td><td>9:00</td></tr></table>',
    ],
    cant_tell=[
        "<table><tr><th>Line</th><th>Time</th></tr></table>",
        "<table><tr><th>Line</th><th>Time</th><th>Stop</th></tr><tr><td>1</td><td>9:00</td></tr></table>",
    ],
    inapplicable=[
        "<table><tr><td>Line</td><td>1</td></tr></table>",
        '<table role="presentation"><tr><th>Line</th></tr></table>',
        "<table><tr><th></th><td>1</td></tr></table>",
    ],
)
