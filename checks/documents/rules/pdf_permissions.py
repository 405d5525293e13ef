"""A protected PDF lets assistive technology read it (WCAG 1.3.1, 4.1.2)."""

from __future__ import annotations

from typing import Literal

import pikepdf

from checks.documents.pdf.document import PdfDocument
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx
from checks.documents.samples.pdf import pdf
from checks.rule import Verdict, examples, failed, passed

rule = DocumentRule(
    __name__,
    reads=PdfDocument,
    title="Protected PDFs let assistive technology read them",
    wcag=["1.3.1", "4.1.2"],
    impact="critical",
    who="Readers that keep to the file's permissions hand no text to screen readers and braille displays.",
    how="Allow text access for screen readers in the PDF's security settings, or remove the protection.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/name-role-value"],
    messages={
        "failed": "The PDF's protection forbids programs to read its text for assistive technology.",
    },
)

IGNORED_FROM_REVISION = 6
"""From PDF 2.0 on readers shall always allow it, whatever the file says (ISO 32000-2, table 22, bit 10)."""


@rule.targets
def protected(document: PdfDocument) -> list[PdfDocument]:
    """Look at PDFs with a protection that opens without a password."""
    return [document] if document.pdf.is_encrypted else []


@rule.expect
def lets_assistive_technology_read(document: PdfDocument) -> Verdict:
    """Fail a protection that keeps assistive technology out."""
    is_allowed = document.pdf.allow.accessibility or document.pdf.encryption.R >= IGNORED_FROM_REVISION
    return passed() if is_allowed else failed()


def _encryption(revision: Literal[2, 3, 4, 6], *, accessibility: bool) -> pikepdf.Encryption:
    allowed = pikepdf.Permissions(accessibility=accessibility, extract=False)
    return pikepdf.Encryption(
        owner="elm", user="", R=revision, allow=allowed, aes=revision >= 4, metadata=revision >= 4
    )


EXAMPLES = examples(
    passed=[
        pdf(encryption=_encryption(4, accessibility=True)),
        pdf(encryption=_encryption(6, accessibility=True)),
    ],
    failed=[
        pdf(encryption=_encryption(3, accessibility=False)),
        pdf(encryption=_encryption(2, accessibility=False)),
    ],
    inapplicable=[pdf(), docx()],
)
