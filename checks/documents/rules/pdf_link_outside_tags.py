"""The links of a tagged PDF are in its tags (WCAG 1.3.1)."""

from __future__ import annotations

from dataclasses import dataclass

from checks.documents.model import Place
from checks.documents.pdf.document import PdfDocument
from checks.documents.pdf.interactive import Link, links
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx
from checks.documents.samples.pdf import link, paragraph, pdf
from checks.rule import Verdict, examples, failed, passed

rule = DocumentRule(
    __name__,
    reads=PdfDocument,
    title="Links in tagged PDFs are in the tags",
    wcag=["1.3.1", "4.1.2"],
    impact="serious",
    who="Screen readers read the words but do not say that they are a link, nor can people follow it from there.",
    how="Make the link in the word processor and export again, or add the link's area to a Link tag in the PDF.",
    sources=["https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF11"],
    messages={"failed": "{count} of {total} links are not in the tags, the first on {where}: {target}."},
)


@dataclass(frozen=True, slots=True)
class Links:
    """All links of a file. A second area of a link that is tagged (where its words wrap) is no link of its own."""

    place: Place
    all: tuple[Link, ...]
    outside: tuple[Link, ...]


@rule.targets
def tagged_files(document: PdfDocument) -> list[Links]:
    """Look at tagged PDFs with links."""
    found = links(document) if document.has_tags else []
    outside = tuple(one for one in found if not one.is_tagged and not one.same_target_tagged)
    return [Links(Place("", "links"), tuple(found), outside)] if found else []


@rule.expect
def are_tagged(found: Links) -> Verdict:
    """Fail links that no tag holds."""
    if not found.outside:
        return passed()
    first = found.outside[0]
    where, target = first.place.where, first.target or "a place in the document"
    return failed(count=len(found.outside), total=len(found.all), where=where, target=target[:200])


EXAMPLES = examples(
    passed=[pdf(link()), pdf(link(), link(words="and the plan", tagged=False))],
    failed=[pdf(link(tagged=False)), pdf(link(), link(tagged=False, uri="https://elm.example/plan"))],
    inapplicable=[pdf(link(tagged=False), tagged=False), pdf(paragraph()), docx()],
)
