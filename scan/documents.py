"""Judges a document that the crawl has fetched, in a process of its own."""

from __future__ import annotations

from collections.abc import Collection

from checks.documents.model import DocumentResult
from checks.documents.sandbox import check_safely
from checks.model import Judgement
from crawler.context import DocumentFound
from store.results import DocumentRow


def judge(found: DocumentFound, criteria: Collection[str], *, asked: bool) -> tuple[DocumentRow, Judgement, str]:
    """Return a document's row, what was found in it, and it as a page if it is an accessibility statement.

    `criteria` are those that hold for documents in the profile; `asked` says whether this scan checks documents.
    """
    result = _result(found, criteria, asked=asked)
    facts = result.facts
    row = DocumentRow(
        result.format or found.file_format,
        found.size_bytes,
        result.reason,
        " ".join(result.detail.split()),
        facts.title,
        facts.lang,
        facts.pages,
        facts.words,
        facts.tagged,
        facts.producer,
    )
    return row, Judgement(result.findings, result.rule_outcomes, None, result.not_run), result.statement


def _result(found: DocumentFound, criteria: Collection[str], *, asked: bool) -> DocumentResult:
    if found.body is None:
        return DocumentResult(found.file_format, (found.reason or "format") if asked else "not_asked")
    return check_safely(found.body, url=found.lease.url, declared=found.file_format, criteria=criteria)
