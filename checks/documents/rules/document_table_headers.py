"""Tables in documents mark their header cells (WCAG 1.3.1)."""

from __future__ import annotations

from checks.documents.model import Document, Table
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx, epub, o_table, odf, p_table_slide, pptx, w_p, w_table, xlsx
from checks.documents.samples.pdf import pdf, table
from checks.rule import Verdict, cant_tell, examples, failed, passed

rule = DocumentRule(
    __name__,
    reads=Document,
    title="Tables in documents mark their header cells",
    wcag=["1.3.1"],
    impact="serious",
    who="Screen readers say the header with each cell. Without marked headers people hear numbers and not of what.",
    how='Mark the first row as header (in Word: Table Layout, "Repeat Header Rows") and export again, or tag its cells '
    "as header cells in the PDF.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF6",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F91",
    ],
    messages={
        "failed": "The first row of this table of {rows} rows and {columns} columns looks like a header, but is not "
        "marked as one.",
        "cantTell": "No cell of this table of {rows} rows and {columns} columns is marked as a header. Is it a table "
        "of data?",
        "cantTell.styled": "The first row of this table of {rows} rows and {columns} columns looks like a header, but "
        "only its style says so. Is it announced as one?",
    },
)

LEAST_ROWS = 2
LEAST_COLUMNS = 2
ASK_FROM_ROWS = 3
"""Smaller tables without any sign of a header are mostly there for layout."""


@rule.targets
def data_tables(document: Document) -> list[Table]:
    """Look at tables of two rows and two columns or more that are not there for layout."""
    return [t for t in document.tables if t.rows >= LEAST_ROWS and t.columns >= LEAST_COLUMNS and not t.for_layout]


@rule.expect
def has_headers(found: Table) -> Verdict:
    """Fail a first row that only looks like a header; ask where nothing does."""
    if found.has_headers:
        return passed()
    if found.first_row_stands_out and not found.styled_header:
        return failed(rows=found.rows, columns=found.columns)
    if found.first_row_stands_out:
        return cant_tell("cantTell.styled", rows=found.rows, columns=found.columns)
    if found.styled_header or found.rows < ASK_FROM_ROWS:
        return passed()
    return cant_tell(rows=found.rows, columns=found.columns)


_ROWS = [["District", "Day"], ["Harbour", "Monday"], ["Old Town", "Friday"]]

EXAMPLES = examples(
    passed=[
        pdf(table(_ROWS)),
        docx(w_table(_ROWS, header=True, bold=True)),
        docx(w_table(_ROWS, styled=True)),
        odf(o_table(_ROWS, header=True)),
        pptx(p_table_slide(_ROWS, header=True)),
        xlsx(table_header=True),
        docx(w_table(_ROWS[:2])),
    ],
    failed=[
        pdf(table(_ROWS, header="TD", bold=True)),
        docx(w_table(_ROWS, bold=True)),
        odf(o_table(_ROWS, bold=True)),
    ],
    cant_tell=[
        pdf(table(_ROWS, header="TD")),
        docx(w_table(_ROWS)),
        docx(w_table(_ROWS, styled=True, bold=True)),
        odf(o_table(_ROWS)),
        pptx(p_table_slide(_ROWS, header=False)),
        xlsx(table_header=False),
        epub("<table><tr><td>a<td>b<tr><td>c<td>d<tr><td>e<td>f</table>"),
    ],
    inapplicable=[
        pdf(),
        docx(w_p("District: Harbour"), w_table([["Harbour", "Monday"]])),
        pdf(table(_ROWS), tagged=False),
        epub('<table role="presentation"><tr><td>a<td>b<tr><td>c<td>d<tr><td>e<td>f</table>'),
    ],
)
