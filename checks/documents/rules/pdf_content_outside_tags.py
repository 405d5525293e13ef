"""The tags of a PDF hold all of its content (WCAG 1.3.1, 1.3.2)."""

from __future__ import annotations

from checks.documents.pdf.document import Outside, PdfDocument
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx
from checks.documents.samples.pdf import artifact, paragraph, pdf, picture, untagged
from checks.rule import Verdict, cant_tell, examples, failed, passed

rule = DocumentRule(
    __name__,
    reads=PdfDocument,
    title="The tags of PDFs hold all content",
    wcag=["1.3.1", "1.3.2"],
    impact="serious",
    who="Screen readers follow the tags. What no tag holds is not read out.",
    how="Tag the missing content, or mark it as an artifact if it only decorates. Exporting again often mends it.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF3",
        "https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF4",
    ],
    messages={
        "failed": "{percent} % of the text is not held by any tag, such as on page {page}; it is not read out.",
        "cantTell": "Some text is not held by any tag, such as on page {page}. Is it a page number or the like?",
        "cantTell.pictures": "Pictures are not held by any tag ({count}, first on page {page}). Do they only decorate?",
    },
)

MUCH_SHARE = 0.5
MUCH_CHARS = 300
"""Half of the text, and a paragraph of it, cannot be page numbers, running titles or printed addresses of links."""

FEW_CHARS = 40
"""Less than a line in a whole file is a stray page number or mark."""


@rule.targets
def tagged(document: PdfDocument) -> list[Outside]:
    """Look at what is outside the tags; a tagged file with nothing outside gives an empty one."""
    if not document.has_tags or not document.content.pages:
        return []
    return [document.outside or Outside(document.place, 0, 0, 0.0, (), False)]


@rule.expect
def nothing_is_outside(found: Outside) -> Verdict:
    """Fail much text that no tag holds and that does not repeat from page to page; ask about more than a line."""
    if found.n_chars >= MUCH_CHARS and found.share >= MUCH_SHARE and not found.repeats:
        return failed(percent=round(100 * found.share), page=found.pages[0])
    if found.n_chars >= FEW_CHARS:
        return cant_tell(page=found.pages[0])
    if found.n_images and not found.n_chars:
        return cant_tell("cantTell.pictures", count=found.n_images, page=found.pages[0])
    return passed()


EXAMPLES = examples(
    passed=[
        pdf(paragraph(), artifact("Elm Council, page 1 of 1, printed on 1 May 2026")),
        pdf(paragraph(), untagged("1")),
    ],
    failed=[
        pdf(paragraph(), *[untagged(f"Rule {n}: all roofs in Elm shall be red or brown.") for n in range(12)]),
        pdf(paragraph(), untagged("The council votes on all of this in December. " * 10)),
    ],
    cant_tell=[
        pdf(paragraph(), untagged("Published by the council of Elm, Harbour Street 1"), pages=3),
        pdf(*[paragraph()] * 9, untagged("Published by the council of Elm, Harbour Street 1")),
        pdf(paragraph(), picture(0.3)),
        pdf(*[paragraph()] * 4, untagged("The council votes on all of this in December. " * 10), pages=3),
    ],
    inapplicable=[pdf(untagged(), tagged=False), docx()],
)
