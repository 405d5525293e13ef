"""A book in EPUB has a table of contents (WCAG 2.4.5; good practice where EN 301 549 leaves documents out)."""

from __future__ import annotations

from checks.documents.office.model import EpubDocument
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx, epub
from checks.rule import Verdict, cant_tell, examples, passed

rule = DocumentRule(
    __name__,
    reads=EpubDocument,
    title="EPUBs have a table of contents",
    wcag=["2.4.5"],
    impact="moderate",
    who="Reading programs offer the table of contents as the way to a chapter. Without it people must page through.",
    how="Let the program that makes the EPUB write a navigation document.",
    sources=["https://www.w3.org/TR/epub-33/#sec-nav"],
    messages={"cantTell": "The EPUB has {chapters} chapters and no table of contents. How do people find a chapter?"},
    good_practice=True,
)

LEAST_CHAPTERS = 2


@rule.targets
def books(document: EpubDocument) -> list[EpubDocument]:
    """Look at EPUBs of several chapters."""
    return [document] if document.n_chapters >= LEAST_CHAPTERS else []


@rule.expect
def has_contents(document: EpubDocument) -> Verdict:
    """Ask about books without navigation."""
    return passed() if document.has_navigation else cant_tell(chapters=document.n_chapters)


EXAMPLES = examples(
    passed=[epub(chapters=2), epub(chapters=3)],
    cant_tell=[epub(chapters=2, navigation=False), epub(chapters=5, navigation=False)],
    inapplicable=[epub(navigation=False), docx()],
)
