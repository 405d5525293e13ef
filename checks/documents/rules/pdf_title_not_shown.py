"""A PDF shows its title instead of a file name that says nothing (WCAG 2.4.2)."""

from __future__ import annotations

from checks.documents.pdf.document import PdfDocument
from checks.documents.rule import DocumentRule
from checks.documents.rules._names import describes, is_leftover
from checks.documents.samples.office import docx
from checks.documents.samples.pdf import pdf
from checks.rule import Verdict, cant_tell, examples, passed

rule = DocumentRule(
    __name__,
    reads=PdfDocument,
    title="PDFs show their title where the file name says nothing",
    wcag=["2.4.2"],
    impact="minor",
    who="Many programs show and read out the file name instead of the title unless the PDF asks for the title.",
    how="Set the PDF to show the document title in the window's title bar (in Acrobat: Properties, Initial View).",
    sources=["https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF18"],
    messages={
        "cantTell": "The PDF has a title but does not ask programs to show it. They may show the file name instead: "
        '"{name}". Does that name say what the document is about?',
    },
)


@rule.targets
def titled(document: PdfDocument) -> list[PdfDocument]:
    """Look at PDFs that have a title of some use."""
    title = document.facts.title
    return [document] if title and not is_leftover(title) else []


@rule.expect
def title_is_shown(document: PdfDocument) -> Verdict:
    """Ask where the title is not shown and the file name hardly describes the topic."""
    if document.shows_title or describes(document.file_name):
        return passed()
    return cant_tell(name=document.file_name)


EXAMPLES = examples(
    passed=[pdf(name="0815.pdf"), pdf(shows_title=False, name="spring-newsletter.pdf")],
    cant_tell=[pdf(shows_title=False, name="0815.pdf"), pdf(shows_title=False, name="document_final.pdf")],
    inapplicable=[pdf(title=None, shows_title=False), pdf(title="untitled", name="0815.pdf"), docx()],
)
