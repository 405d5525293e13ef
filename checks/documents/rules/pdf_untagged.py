"""A PDF is tagged, so that programs know its parts and their order (WCAG 1.3.1)."""

from __future__ import annotations

from checks.documents.pdf.document import PdfDocument
from checks.documents.pdf.interactive import visible_annotations
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx
from checks.documents.samples.pdf import field, link, paragraph, pdf, picture
from checks.rule import Verdict, cant_tell, examples, failed, passed

rule = DocumentRule(
    __name__,
    reads=PdfDocument,
    title="PDFs are tagged",
    wcag=["1.3.1", "1.3.2"],
    impact="critical",
    who="Without tags screen readers guess the reading order, and headings, lists, tables and pictures are lost. "
    "Text cannot be reflowed for large print.",
    how="Export the PDF again with tags (in Word: Save as PDF, Options, Document structure tags), or offer the content "
    "as a web page.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/info-and-relationships",
        "https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF3",
    ],
    messages={
        "failed": "The PDF has no tags: nothing says what is a heading, a list, a table or a picture, nor in which "
        "order to read.",
        "cantTell": "The PDF has no tags. It is one page of plain text: is there anything but paragraphs in it?",
    },
)


@rule.targets
def with_text(document: PdfDocument) -> list[PdfDocument]:
    """Look at PDFs that hold text. One that is only pictures is another rule's."""
    return [document] if any(page.n_chars for page in document.content.pages) else []


@rule.expect
def is_tagged(document: PdfDocument) -> Verdict:
    """Fail a PDF without tags unless it may hold nothing but paragraphs."""
    if document.has_tags:
        return passed()
    sizes = {size for piece in document.content.all_pieces for size in piece.sizes}
    is_plain = len(document.content.pages) == 1 and len(sizes) <= 1 and len(document.content.used) <= 1
    has_more = any(page.n_images for page in document.content.pages) or any(True for _ in visible_annotations(document))
    return cant_tell() if is_plain and not has_more else failed()


EXAMPLES = examples(
    passed=[pdf(), pdf(marked=False)],
    failed=[
        pdf(paragraph("Budget", size=20), paragraph(), tagged=False),
        pdf(tagged=False, pages=2),
        pdf(paragraph(), picture(), tagged=False),
        pdf(paragraph(), field(), tagged=False),
        pdf(link(), tagged=False),
    ],
    cant_tell=[pdf(tagged=False), pdf(paragraph("Dear Sir or Madam"), paragraph(), tagged=False)],
    inapplicable=[pdf(picture(1.0), tagged=False), docx()],
)
