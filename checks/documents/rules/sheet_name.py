"""The sheets of a workbook have names that tell them apart (WCAG 2.4.6)."""

from __future__ import annotations

import re

from checks.documents.office.model import Part, SheetsDocument
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx, odf, xlsx
from checks.rule import Verdict, cant_tell, examples, passed

rule = DocumentRule(
    __name__,
    reads=SheetsDocument,
    title="Sheets have names that tell them apart",
    wcag=["2.4.6"],
    impact="minor",
    who="Screen readers say a sheet's name when people change to it. Sheet 1, 2 and 3 do not say what is where.",
    how="Name each sheet by what it holds, and remove empty ones.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/headings-and-labels"],
    messages={"cantTell": 'This sheet has the name that the program gave it: "{name}". Is it clear what it holds?'},
)

_GIVEN = re.compile(
    r"(sheet|table|tabelle|blatt|feuil|feuille|hoja|foglio|blad|folha|planilha|arkusz|ark|taul|list)\s?\d*", re.I
)
LEAST_SHEETS = 2


@rule.targets
def sheets(document: SheetsDocument) -> list[Part]:
    """Look at the sheets that hold something, where there are several."""
    found = [sheet for sheet in document.sheets if sheet.has_content]
    return found if len(found) >= LEAST_SHEETS else []


@rule.expect
def has_a_name(sheet: Part) -> Verdict:
    """Ask about names that a program gave."""
    return cant_tell(name=sheet.title) if _GIVEN.fullmatch(sheet.title.strip()) else passed()


_CELLS = "<table:table-row><table:table-cell>1</table:table-cell></table:table-row>"
_TABLE = f'<table:table table:name="{{}}">{_CELLS}</table:table>'

EXAMPLES = examples(
    passed=[xlsx("Bus times", "Fares"), xlsx("Sheet music", "List of bands")],
    cant_tell=[
        xlsx("Tabelle1", "Tabelle2"),
        xlsx("Bus times", "Sheet2"),
        odf(_TABLE.format("Sheet1"), _TABLE.format("Fares"), kind="spreadsheet"),
    ],
    inapplicable=[xlsx("Sheet1"), docx(), odf(_TABLE.format("Sheet1"), kind="spreadsheet")],
)
