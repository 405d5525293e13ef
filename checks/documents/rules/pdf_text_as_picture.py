"""The text of a PDF is text, and no picture of it (WCAG 1.1.1)."""

from __future__ import annotations

from checks.documents.pdf.document import PdfDocument, Scan
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx
from checks.documents.samples.pdf import figure, joined, paragraph, pdf, picture, shapes
from checks.rule import Verdict, cant_tell, examples, failed

rule = DocumentRule(
    __name__,
    reads=PdfDocument,
    title="The text of PDFs is text and no picture of it",
    wcag=["1.1.1", "1.4.5"],
    impact="critical",
    who="Screen readers find nothing to read. Nobody can search, copy, enlarge without blur, or change colours.",
    how="Publish the file the scan was made from. If there is none, have the text recognised, correct it and tag it.",
    sources=["https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF7"],
    messages={
        "failed": "The PDF holds only pictures of pages, and no text.",
        "cantTell": "A picture covers this page, and there is no text on it. Is it a picture of text?",
        "cantTell.described": "The PDF holds only pictures of pages, with an alternative. Does it say all the text?",
        "cantTell.shapes": "There is no text on this page, only shapes. Are they letters turned into outlines?",
    },
)


@rule.targets
def pages_without_text(document: PdfDocument) -> list[Scan]:
    """Look at pages that show something and hold no text; a file of nothing else counts once."""
    scans = document.scans
    return scans[:1] if scans and scans[0].whole_file and len({s.has_alternative for s in scans}) == 1 else scans


@rule.expect
def has_text(page: Scan) -> Verdict:
    """Fail a file of pictures of pages; ask about single pages, described ones and outlines."""
    if not page.is_picture:
        return cant_tell("cantTell.shapes")
    if page.has_alternative:
        return cant_tell("cantTell.described")
    return failed() if page.whole_file else cant_tell()


EXAMPLES = examples(
    passed=[],
    failed=[pdf(picture(1.0), tagged=False), pdf(picture(0.8), tagged=False, pages=3)],
    cant_tell=[
        pdf(picture(1.0, tagged=True, Alt="Rules of 1978: roofs shall be red or brown.")),
        pdf(shapes(300), tagged=False),
        joined(pdf(picture(1.0), tagged=False), pdf(tagged=False)),
        joined(pdf(tagged=False), pdf(picture(0.6), tagged=False)),
    ],
    inapplicable=[pdf(), pdf(paragraph(), picture(1.0), tagged=False), pdf(figure(), shapes(3)), docx()],
)
