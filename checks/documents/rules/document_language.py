"""A document says which language it is in (WCAG 3.1.1)."""

from __future__ import annotations

import re

from checks.documents.model import Document
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx, epub, odf, p_slide, pptx, w_p, xlsx
from checks.documents.samples.pdf import paragraph, pdf, picture
from checks.rule import Verdict, cant_tell, examples, failed, passed

rule = DocumentRule(
    __name__,
    reads=Document,
    title="Documents say which language they are in",
    wcag=["3.1.1"],
    impact="serious",
    who="Screen readers choose the voice by the language. Without it they may read in the wrong one, which people "
    "cannot understand.",
    how="Set the language of the whole text in the word processor and export again, or set it in the PDF's properties.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF16",
        "https://www.w3.org/WAI/WCAG22/Understanding/language-of-page",
    ],
    messages={
        "failed": "The document does not say which language it is in.",
        "failed.code": 'The document gives as its language what is no language code: "{lang}".',
        "cantTell": "The document gives no language for the whole, but parts say: {parts}. Is any text left out?",
    },
)

# BCP 47: a language of two or three letters, then subtags; x- and i- are for private and very old ones.
_CODE = re.compile(r"([a-z]{2,3}|x|i)([-_][a-z0-9]{1,8})*", re.IGNORECASE)


@rule.targets
def documents_with_text(document: Document) -> list[Document]:
    """Look at documents that hold text, in formats that have a place for the language."""
    return [document] if document.language.expected and document.facts.words else []


@rule.expect
def language_is_there(document: Document) -> Verdict:
    """Fail a missing language and what is no code; ask where only parts have one."""
    language = document.language
    if language.default:
        is_code = _CODE.fullmatch(language.default.strip())
        return passed() if is_code else failed("failed.code", lang=language.default[:40])
    if language.covers_text:
        return passed()
    return cant_tell(parts=", ".join(language.parts[:10])) if language.parts else failed()


EXAMPLES = examples(
    passed=[
        pdf(lang="de-AT"),
        pdf(lang=None, root_lang="fr"),
        docx(w_p("Guten Tag", lang="de-DE"), lang=""),
        odf(lang="nl"),
        pptx(p_slide("Budget")),
        epub(),
    ],
    failed=[
        pdf(lang=None),
        pdf(lang="", tagged=False),
        docx(lang=""),
        odf(lang=""),
        pptx(p_slide("Budget", lang="")),
        pdf(lang="English"),
        epub(lang="", html_lang=""),
    ],
    cant_tell=[
        docx(w_p("Guten Tag", lang="de-DE"), w_p("Good day"), lang=""),
        pdf(paragraph("Guten Tag", Lang="de"), paragraph("Good day"), lang=None),
    ],
    inapplicable=[pdf(picture(1.0), lang=None, tagged=False), xlsx()],
)
