"""The links of a tagged PDF have words (WCAG 2.4.4, 4.1.2)."""

from __future__ import annotations

from checks.documents.pdf.document import PdfDocument
from checks.documents.pdf.interactive import Link, links
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx
from checks.documents.samples.pdf import link, paragraph, pdf
from checks.rule import Verdict, examples, failed, passed

rule = DocumentRule(
    __name__,
    reads=PdfDocument,
    title="Links in PDFs have words",
    wcag=["2.4.4", "4.1.2"],
    impact="serious",
    who='Screen readers say "link" and nothing else, or spell out an address.',
    how="Put words into the link, or describe it in the link's alternative text.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF11",
        "https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF13",
    ],
    messages={"failed": "This link has neither words nor an alternative text. It leads to {target}."},
)


@rule.targets
def tagged_links(document: PdfDocument) -> list[Link]:
    """Look at links that a tag holds; the others are another rule's."""
    return [found for found in links(document) if found.is_tagged]


@rule.expect
def has_words(found: Link) -> Verdict:
    """Fail a link without words."""
    return passed() if found.name.strip() else failed(target=found.target or "a place in the document")


EXAMPLES = examples(
    passed=[pdf(link()), pdf(link("Budget"), link("Plan"))],
    failed=[pdf(link("")), pdf(link(), link("", uri="https://elm.example/plan"))],
    inapplicable=[pdf(link(tagged=False)), pdf(paragraph()), docx()],
)
