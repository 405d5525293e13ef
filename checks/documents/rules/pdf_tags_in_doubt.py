"""A PDF stands by its tags (WCAG 1.3.1)."""

from __future__ import annotations

from checks.documents.pdf.document import PdfDocument
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx
from checks.documents.samples.pdf import pdf
from checks.rule import Verdict, cant_tell, examples, passed

rule = DocumentRule(
    __name__,
    reads=PdfDocument,
    title="PDFs stand by their tags",
    wcag=["1.3.1"],
    impact="moderate",
    who="Some readers ignore tags that the file does not vouch for, and guess instead.",
    how="Check the tags in a PDF editor, mend them, and set the file as tagged without suspects.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/info-and-relationships"],
    messages={
        "cantTell": "The PDF has tags but does not say that it is a tagged PDF. Do readers use the tags?",
        "cantTell.suspects": "The PDF says itself that its tags may be wrong (Suspects). Are they right?",
    },
)


@rule.targets
def tagged(document: PdfDocument) -> list[PdfDocument]:
    """Look at PDFs with tags."""
    return [document] if document.has_tags else []


@rule.expect
def stands_by_them(document: PdfDocument) -> Verdict:
    """Ask where the file doubts its own tags (ISO 32000-1, 14.7.1, MarkInfo)."""
    if document.has_suspects:
        return cant_tell("cantTell.suspects")
    return passed() if document.is_marked else cant_tell()


EXAMPLES = examples(
    passed=[pdf(), pdf(pages=2)],
    cant_tell=[pdf(marked=False), pdf(suspects=True)],
    inapplicable=[pdf(tagged=False), docx()],
)
