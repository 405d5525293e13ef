"""A long PDF has bookmarks (WCAG 2.4.5 for a page of a site; good practice where EN 301 549 leaves documents out)."""

from __future__ import annotations

from checks.documents.pdf.document import PdfDocument
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx
from checks.documents.samples.pdf import pdf
from checks.rule import Verdict, cant_tell, examples, passed

rule = DocumentRule(
    __name__,
    reads=PdfDocument,
    title="Long PDFs have bookmarks",
    wcag=["2.4.5"],
    impact="minor",
    who="People who cannot skim must page through the whole file to find a chapter.",
    how="Let the export make bookmarks from headings (in Word: Save as PDF, Options, Create bookmarks).",
    sources=["https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF2"],
    messages={"cantTell": "The PDF has {pages} pages and no bookmarks. Is there another quick way to each part?"},
    good_practice=True,  # EN 301 549 V3.2.1, 10.2.4.5 is void: no requirement for documents
)

LONG_FROM_PAGES = 21
"""Adobe's and others' checkers ask for bookmarks above 20 pages; the standards give no number."""


@rule.targets
def long_files(document: PdfDocument) -> list[PdfDocument]:
    """Look at long PDFs."""
    return [document] if (document.facts.pages or 0) >= LONG_FROM_PAGES else []


@rule.expect
def has_bookmarks(document: PdfDocument) -> Verdict:
    """Ask about long PDFs without bookmarks."""
    return passed() if document.has_bookmarks else cant_tell(pages=document.facts.pages or 0)


EXAMPLES = examples(
    passed=[pdf(pages=21, bookmarks=True), pdf(pages=30, bookmarks=True)],
    cant_tell=[pdf(pages=21), pdf(pages=40)],
    inapplicable=[pdf(pages=20), docx()],
)
