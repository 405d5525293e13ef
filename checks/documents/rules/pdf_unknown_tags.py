"""The tags of a PDF are known ones, or stand for known ones (WCAG 1.3.1)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from checks.documents.model import Place
from checks.documents.pdf.document import PdfDocument
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx
from checks.documents.samples.pdf import paragraph, pdf
from checks.rule import Verdict, cant_tell, examples, passed

rule = DocumentRule(
    __name__,
    reads=PdfDocument,
    title="The tags of PDFs are known ones",
    wcag=["1.3.1"],
    impact="moderate",
    who="Screen readers know the standard tags only. Others say nothing to them, whatever they are called.",
    how="Map each tag of your own to a standard one: in the layout program's export, or in the PDF.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/info-and-relationships"],
    messages={
        "cantTell": 'The tag "{role}" is none that readers know, and stands for none ({count} times). What is lost?',
        "cantTell.loop": 'The tag "{role}" is explained by itself, in a circle. What is lost?',
    },
)


@dataclass(frozen=True, slots=True)
class Role:
    """A tag's name, how often it is used, and whether it stands for a known one."""

    place: Place
    name: str
    count: int
    is_known: bool
    is_loop: bool


@rule.targets
def roles(document: PdfDocument) -> list[Role]:
    """Look at each name of a tag that holds text. Tags of other vocabularies (MathML, HTML) have their own rules."""
    if document.tree is None:
        return []
    counts: Counter[tuple[str, bool]] = Counter()
    for node in document.tree.nodes:
        if not node.is_foreign and (node.contents or node.role):
            counts[node.own_role, bool(node.role)] += 1
    return [
        Role(Place("", f"tag {name}", name), name, count, is_known, name in document.tree.loops)
        for (name, is_known), count in counts.items()
    ]


@rule.expect
def is_known(role: Role) -> Verdict:
    """Ask about tags that nobody knows."""
    if role.is_known:
        return passed()
    return cant_tell("cantTell.loop", role=role.name) if role.is_loop else cant_tell(role=role.name, count=role.count)


EXAMPLES = examples(
    passed=[pdf(), pdf(paragraph("News", role="Headline"), role_map={"Headline": "Kicker", "Kicker": "H1"})],
    cant_tell=[
        pdf(paragraph("News", role="Headline")),
        pdf(paragraph("News", role="Headline"), role_map={"Headline": "Kicker"}),
        pdf(paragraph("News", role="Headline"), role_map={"Headline": "Kicker", "Kicker": "Headline"}),
    ],
    inapplicable=[pdf(tagged=False), docx()],
)
