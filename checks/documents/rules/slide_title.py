"""Each slide has a title (WCAG 1.3.1, 2.4.6)."""

from __future__ import annotations

from checks.documents.office.model import Part, SlidesDocument
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx, p_slide, pptx
from checks.documents.samples.pdf import pdf
from checks.rule import Verdict, cant_tell, examples, passed

rule = DocumentRule(
    __name__,
    reads=SlidesDocument,
    title="Slides have a title",
    wcag=["1.3.1"],
    impact="moderate",
    who="Screen readers list the slides by their titles. Slides without one cannot be told apart or found.",
    how="Write a title into the slide's title field; it may be hidden if it must not be seen.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/info-and-relationships"],
    messages={"cantTell": "This slide has no title in its title field. Does it show one, or need one?"},
)


@rule.targets
def slides(document: SlidesDocument) -> list[Part]:
    """Look at slides that show something."""
    return [slide for slide in document.slides if slide.has_content]


@rule.expect
def has_a_title(slide: Part) -> Verdict:
    """Ask about slides without a title."""
    return passed() if slide.title.strip() else cant_tell()


EXAMPLES = examples(
    passed=[pptx(p_slide("Budget")), pptx(p_slide("Budget"), p_slide("Schools"))],
    cant_tell=[pptx(p_slide()), pptx(p_slide("Budget"), p_slide(""))],
    inapplicable=[docx(), pdf(), pptx(p_slide(body=""))],
)
