"""Signs that stand alone in a table are told in words (WCAG 1.3.3): a person must look."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import text_of
from checks.index import index_of
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._heard import heard
from checks.rules._tables import is_for_layout

rule = Rule(
    __name__,
    title="Signs alone in a table are told in words",
    wcag=["1.3.3"],
    impact="moderate",
    who="Screen readers say the shape of such a sign, or nothing. People must guess what it stands for.",
    how='Write the word instead of the sign or beside it, such as "Yes" or "Open", visibly or for screen readers only.',
    sources=["https://www.w3.org/WAI/WCAG22/Techniques/failures/F26"],
    messages={
        "cantTell": "In this table, {count} cells hold a sign alone: {signs}. Does the page say in words what it means?"
    },
)

SIGNS = "✓✔☑✅✗✘☒❌✖●○◉◯⬤◐◑◒◓■□▪▫▲△▼▽◆◇★☆"
_ALONE = re.compile(rf"[{SIGNS}\ufe0f\s]{{1,5}}")
_TOLD = re.compile(rf"([{SIGNS}])\ufe0f?\s*[=:–—-]?\s*[(]?[^\W\d_]{{2,}}|[^\W\d_]{{2,}}\s*[=:(–—-]\s*([{SIGNS}])")
"""A sign with a word beside it, as in a legend."""
LEAST_CELLS = 2
_MOST_TEXT_CHARS = 200_000


@rule.targets
def tables(page: PageView) -> list[Tag]:
    """Look at the first table with several cells that hold a sign alone."""
    found = (table for table in page.exposed("table") if not is_for_layout(table))
    return [table for table in found if len(_signs(table)) >= LEAST_CELLS][:1]


def _signs(table: Tag) -> list[str]:
    cells = (cell for cell in table.find_all("td") if cell.find_parent("table") is table)
    texts = ((text_of(cell), cell) for cell in cells)
    return [text for text, cell in texts if text and _ALONE.fullmatch(text) and heard(cell).strip() == text]


@rule.expect
def are_told(table: Tag) -> Verdict:
    """Ask about the signs that have no word beside them anywhere on the page."""
    told = {sign for match in _TOLD.finditer(_around_tables(table)) for sign in match.groups() if sign}
    cells = [text for text in _signs(table) if not set(text) & told]
    if len(cells) < LEAST_CELLS:
        return passed()
    return cant_tell(count=len(cells), signs=" ".join(dict.fromkeys(cells))[:40])


def _around_tables(table: Tag) -> str:
    """Return the page's text outside the cells of tables, where a legend may stand."""
    body = next(iter(index_of(table).select("body")), table)
    strings = (string for string in body.find_all(string=True) if string.find_parent("td") is None)
    return " ".join(text for string in strings if (text := string.strip()))[:_MOST_TEXT_CHARS]


_ROWS = "<tr><th>Pool</th><td>{0}</td><td>{1}</td></tr><tr><th>Library</th><td>{1}</td><td>{0}</td></tr>"
_HEAD = "<tr><td></td><th>Lift</th><th>Ramp</th></tr>"
_TABLE = f"<table>{_HEAD}{_ROWS}</table>"

EXAMPLES = examples(
    passed=[
        _TABLE.format("✓", "✗") + "<p>✓ available, ✗ not available</p>",
        _TABLE.format("●", "–") + "<ul><li>Open: ●</li></ul>",
        _TABLE.format("●", "–") + "<dl><dt>●</dt><dd>Open</dd></dl>",
    ],
    cant_tell=[_TABLE.format("✓", "✗"), _TABLE.format("●", ""), _TABLE.format("★★", "★") + "<p>Stars by guests</p>"],
    inapplicable=[
        _TABLE.format("Yes", "No"),
        _TABLE.format("✓ Yes", "✗ No"),
        _TABLE.format('<span aria-hidden="true">✓</span><span class="sr-only">Yes</span>', "No"),
        _TABLE.format('<span role="img" aria-label="Yes">✓</span>', "No"),
        f'<table role="presentation">{_ROWS}</table>'.format("●", "○"),
        "<p>●</p><p>●</p>",
    ],
)
