"""Writes the report to a body: HTML, ODS, and PDF through the browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection, Engine

from monitoring.body.content import Addressed, build
from monitoring.sheets import Table, write_table
from monitoring.writing import blocks, html, pdf
from reports import analysis
from reports.analysis.fates import Compared, compare, read_seen
from reports.html.folder import replacing
from reports.wording import labelled, say
from scan.opened import reading

ODS, PDF = "report.ods", "index.pdf"


@dataclass(frozen=True, slots=True)
class Collected:
    """A scan that was collected in the monitoring database, by its number there."""

    engine: Engine
    number: int


Scan: TypeAlias = Path | Collected
"""A scan in its own folder, or one that was collected."""


def write(scan: Scan, folder: Path, about: Addressed, *, before: Scan | None = None, with_pdf: bool = True) -> Path:
    """Write the report of `scan` into `folder`, compared with the scan `before`; return its HTML page.

    It is in the language that is spoken (`reports.wording.speaking`).

    Raises StoreError, BrowserUnusableError (for the PDF), OSError.
    """
    with _opened(scan) as (connection, scan_id):
        report = build(connection, scan_id, about, _compared(connection, scan_id, before))
    files = {ODS: say("the same as spreadsheets")} | ({PDF: say("the same to print and to file")} if with_pdf else {})
    with replacing(folder) as fresh:
        page = html.write(report, fresh, brand=say("Report to the public sector body"), files=files)
        write_table(fresh / ODS, sheets(report), title=report.title)
        if with_pdf:
            pdf.print_page(page)
    return folder / html.INDEX


@contextmanager
def _opened(scan: Scan) -> Iterator[tuple[Connection, int]]:
    if isinstance(scan, Collected):
        with scan.engine.connect() as connection:
            yield connection, scan.number
        return
    with reading(scan) as engine, engine.connect() as connection:
        yield connection, analysis.latest_scan_id(connection)


def _compared(connection: Connection, scan_id: int, before: Scan | None) -> Compared | None:
    if before is None:
        return None
    with _opened(before) as (old, number):
        return compare(read_seen(old, number), read_seen(connection, scan_id))


def sheets(report: blocks.Report) -> list[Table]:
    """Return the report as spreadsheets: one of its texts, and one of each table."""
    texts: list[tuple[str, str]] = [("", report.title)]
    tables: list[Table] = []
    for title, own in [("", report.lead), *((section.title, section.blocks) for section in report.sections)]:
        for block in own:
            if isinstance(block, blocks.Table):
                tables.append(Table(block.caption, block.columns, block.rows))
            elif isinstance(block, blocks.Listing):
                texts += [(title, item) for item in block.items]
            elif isinstance(block, blocks.Terms):
                texts += [(title, labelled(term, text)) for term, text in block.items]
            elif isinstance(block, blocks.Paragraph | blocks.Heading):
                texts.append((title, block.text))
    return [Table(say("Report"), (say("part"), say("text")), texts), *tables]
