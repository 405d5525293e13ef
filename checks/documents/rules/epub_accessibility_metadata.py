"""An EPUB says how accessible it is (EPUB Accessibility 1.1; no success criterion)."""

from __future__ import annotations

from checks.documents.office.model import EpubDocument
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx, epub
from checks.documents.samples.pdf import pdf
from checks.rule import Verdict, cant_tell, examples, passed

rule = DocumentRule(
    __name__,
    reads=EpubDocument,
    title="EPUBs say how accessible they are",
    wcag=[],
    impact="minor",
    who="Libraries and shops show these facts, so that people can choose a book that they can read.",
    how="Add the accessibility metadata of schema.org to the EPUB's package: accessMode, accessibilityFeature, "
    "accessibilityHazard.",
    sources=["https://www.w3.org/TR/epub-a11y-11/#sec-disc-package"],
    messages={"cantTell": "The EPUB's metadata leaves out: {missing}. Can people tell whether they can read it?"},
    good_practice=True,
)

REQUIRED = ("accessMode", "accessibilityFeature", "accessibilityHazard")
"""What EPUB Accessibility 1.1, 2.2, says a package must hold."""


@rule.targets
def books(document: EpubDocument) -> list[EpubDocument]:
    """Look at every EPUB."""
    return [document]


@rule.expect
def says_how_accessible(document: EpubDocument) -> Verdict:
    """Ask about missing facts."""
    missing = [name for name in REQUIRED if name not in document.accessibility]
    return cant_tell(missing=", ".join(missing)) if missing else passed()


EXAMPLES = examples(
    passed=[epub(), epub(metadata=(*REQUIRED, "accessibilitySummary"))],
    cant_tell=[epub(metadata=()), epub(metadata=REQUIRED[:1])],
    inapplicable=[pdf(), docx()],
)
