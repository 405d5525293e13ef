"""The list of documents, and a file about each that was checked."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from checks.model import Outcome
from reports import analysis
from reports.analysis import DocumentRow
from reports.html.links import document_href
from reports.html.render import Site
from reports.html.tables import Cell, Column, write_list
from reports.wording import file_size

CHECKED, NOT_CHECKED = "checked", "not checked"


def write(site: Site, connection: Connection, scan_id: int) -> None:
    """Write the documents: those with most barriers first, and for each that was not checked, why."""
    counts = analysis.count_documents(connection, scan_id)
    columns = (
        Column("Document"),
        Column("Format", choices=tuple(counts)),
        Column("Size", "number"),
        Column("Barriers", "number"),
        Column("Questions", "number"),
        Column("Result", "long", choices=(CHECKED, NOT_CHECKED)),
    )

    def rows() -> Iterator[list[Cell]]:
        for document in analysis.documents(connection, scan_id):
            if document.is_checked:
                _write_document(site, connection, scan_id, document)
            yield _row(document)

    write_list(
        site,
        "documents",
        "documents.html",
        caption="Documents, those with most barriers first",
        noun="documents",
        columns=columns,
        rows=rows(),
        n_rows=sum(counts.values()),
        section="documents",
    )


def _row(document: DocumentRow) -> list[Cell]:
    name = document.title or document.url
    first = (
        Cell(name, href=document_href(document.id), note=document.url, lang=document.lang)
        if document.is_checked
        else Cell(name, address=document.url, note=document.url if document.title else "", lang=document.lang)
    )
    found_on = f"Found on {document.found_on}" if document.found_on and not document.is_checked else ""
    return [
        first,
        Cell(document.format),
        Cell(file_size(document.size_bytes), rank=float(document.size_bytes or 0)),
        Cell(document.n_failed if document.is_checked else "–", rank=float(document.n_failed)),
        Cell(document.n_cant_tell if document.is_checked else "–", rank=float(document.n_cant_tell)),
        Cell(CHECKED if document.is_checked else NOT_CHECKED, note=f"{document.explanation} {found_on}".strip()),
    ]


def _write_document(site: Site, connection: Connection, scan_id: int, document: DocumentRow) -> None:
    issues = list(analysis.page_issues(connection, scan_id, document.id))
    site.render(
        document_href(document.id),
        "document.html",
        section="documents",
        document=document,
        size=file_size(document.size_bytes),
        barriers=[issue for issue in issues if issue.outcome == Outcome.FAILED],
        questions=[issue for issue in issues if issue.outcome == Outcome.CANT_TELL],
    )
