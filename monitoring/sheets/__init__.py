"""Spreadsheets: read row by row in bounded memory, written so that no cell acts."""

from monitoring.sheets.read import open_sheet
from monitoring.sheets.sheet import MAX_ROWS, Row, Sheet
from monitoring.sheets.write import Table, write_table

__all__ = ["MAX_ROWS", "Row", "Sheet", "Table", "open_sheet", "write_table"]
