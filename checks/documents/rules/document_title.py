"""A document has a title that says what it is about (WCAG 2.4.2)."""

from __future__ import annotations

from checks.documents.model import Document
from checks.documents.rule import DocumentRule
from checks.documents.rules._names import describes, is_file_name, is_leftover
from checks.documents.samples.office import docx, epub, odf, xlsx
from checks.documents.samples.pdf import pdf
from checks.rule import Verdict, cant_tell, examples, failed, passed

rule = DocumentRule(
    __name__,
    reads=Document,
    title="Documents have a title that says what they are about",
    wcag=["2.4.2"],
    impact="serious",
    who="Screen readers read the title first, and it names the window or tab. Without it people must read on to find "
    "out whether this is the document they want.",
    how="Write a title into the document's properties (in Word: File, Info, Title) and export the PDF again.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF18",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F25",
    ],
    messages={
        "failed": 'The document has no title, and its file name does not say what it is about: "{name}".',
        "failed.leftover": 'The title is what a program left in: "{title}".',
        "failed.file-name": 'The title is the name of a file that does not say what the document is about: "{title}".',
        "cantTell": 'The document has no title. Does its file name say what it is about: "{name}"?',
        "cantTell.file-name": 'The title is the name of a file. Does it say what the document is about: "{title}"?',
    },
)


@rule.targets
def every_document(document: Document) -> list[Document]:
    """Look at every document."""
    return [document]


@rule.expect
def title_says_something(document: Document) -> Verdict:
    """Fail a title that says nothing. EN 301 549 lets a file's name do as a title if it describes the topic."""
    title = document.facts.title
    if not title:
        name = document.file_name
        return cant_tell(name=name) if describes(name) else failed(name=name)
    if is_leftover(title):
        return failed("failed.leftover", title=title)
    if is_file_name(title):
        verdict = cant_tell if describes(title) else failed
        return verdict(f"{'cantTell' if describes(title) else 'failed'}.file-name", title=title)
    return passed()


EXAMPLES = examples(
    passed=[
        pdf(title="Layout of the new playground", name="x.pdf"),
        pdf(title="Document retention rules", name="scan0001.pdf"),
        pdf(title="2026"),
        docx(title="Pages 1 to 4 of the plan"),
        epub(),
    ],
    failed=[
        pdf(title=None, name="scan0001.pdf"),
        docx(title="", name="document-final-v2.docx"),
        pdf(title="untitled-3"),
        pdf(title="PowerPoint Presentation"),
        pdf(title="Microsoft Word - Dokument1.docx"),
        pdf(title="0815_rz_2.indd"),
    ],
    cant_tell=[
        pdf(title=None, name="bin-calendar-2026.pdf"),
        odf(title=""),
        xlsx(title=""),
        pdf(title="harbour_wall_report.docx"),
    ],
    inapplicable=[],
)
