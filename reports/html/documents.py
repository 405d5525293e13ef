"""The list of documents, and a file about each that was checked."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from checks.model import Outcome
from reports import analysis
from reports.analysis import DocumentRow
from reports.analysis.pages import explain_document
from reports.html.links import document_href
from reports.html.render import Site
from reports.html.tables import Cell, Column, write_list
from reports.wording import Foreign, file_size, say, to_say

CHECKED, NOT_CHECKED = to_say("checked"), to_say("not checked")


def write(site: Site, connection: Connection, scan_id: int) -> None:
    """Write the documents: those with most barriers first, and for each that was not checked, why."""
    counts = analysis.count_documents(connection, scan_id)
    columns = (
        Column(to_say("Document")),
        Column(to_say("Format"), choices=tuple(counts)),
        Column(to_say("Size"), "number"),
        Column(to_say("Barriers"), "number"),
        Column(to_say("Questions"), "number"),
        Column(to_say("Result"), "long", choices=(CHECKED, NOT_CHECKED)),
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
        caption=say("Documents, those with most barriers first"),
        noun=say("documents"),
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
    return [
        first,
        Cell(document.format),
        Cell(file_size(document.size_bytes), rank=float(document.size_bytes or 0)),
        Cell(document.n_failed if document.is_checked else "–", rank=float(document.n_failed)),
        Cell(document.n_cant_tell if document.is_checked else "–", rank=float(document.n_cant_tell)),
        Cell(say(CHECKED if document.is_checked else NOT_CHECKED), note=_why_not(document)),
    ]


def _why_not(document: DocumentRow) -> tuple[str, ...]:
    """Return why a document was not checked and where it was found; nothing for one that was."""
    if document.is_checked:
        return ()
    found_on = say("Found on %(address)s", address=document.found_on) if document.found_on else ""
    return explain_document(document.reason, ""), Foreign(document.detail), found_on


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
