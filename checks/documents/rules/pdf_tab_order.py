"""In a PDF form the Tab key follows the tags (WCAG 2.4.3)."""

from __future__ import annotations

from checks.documents.pdf.document import PdfDocument
from checks.documents.pdf.interactive import TabOrder, tab_orders
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx
from checks.documents.samples.pdf import field, link, paragraph, pdf
from checks.rule import Verdict, cant_tell, examples, passed

rule = DocumentRule(
    __name__,
    reads=PdfDocument,
    title="In PDF forms the Tab key follows the reading order",
    wcag=["2.4.3"],
    impact="moderate",
    who="People who use the keyboard may jump about the form and lose their place.",
    how="Set the tab order of each page to follow the document structure.",
    sources=["https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF3"],
    messages={
        "cantTell": "This page has {count} fields and does not say in which order the Tab key walks them. Does it "
        "follow the reading order?",
        "cantTell.other": "The Tab key walks this page by {order}, not by the tags. Is that the reading order?",
    },
)

_ORDERS = {"R": "rows", "C": "columns", "A": "the order of the annotations", "W": "the order of the widgets"}
LEAST_FIELDS = 2


@rule.targets
def pages_to_use(document: PdfDocument) -> list[TabOrder]:
    """Look at pages of tagged PDFs with two or more fields."""
    return [page for page in tab_orders(document) if page.n_fields >= LEAST_FIELDS] if document.has_tags else []


@rule.expect
def follows_the_tags(page: TabOrder) -> Verdict:
    """Pass the order of the tags; ask about any other."""
    if page.order == "S":
        return passed()
    if page.order in _ORDERS:
        return cant_tell("cantTell.other", order=_ORDERS[page.order])
    return cant_tell(count=page.n_fields)


_TWO = (paragraph(), field("First name", "a"), field("Family name", "b"))

EXAMPLES = examples(
    passed=[pdf(*_TWO), pdf(*_TWO, link())],
    cant_tell=[pdf(*_TWO, tabs=None), pdf(*_TWO, tabs="R"), pdf(*_TWO, tabs="C")],
    inapplicable=[
        pdf(paragraph(), field("Name"), tabs=None),
        pdf(link(), link(), tabs=None),
        pdf(*_TWO, tagged=False),
        docx(),
    ],
)
