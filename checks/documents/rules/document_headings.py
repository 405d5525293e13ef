"""What looks like a heading in a document is marked as one (WCAG 1.3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from checks.documents.model import Block, Document, Place
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import WORDS, docx, epub, o_h, o_p, odf, w_p, xlsx
from checks.documents.samples.pdf import paragraph, pdf
from checks.rule import Verdict, cant_tell, examples, failed, passed

rule = DocumentRule(
    __name__,
    reads=Document,
    title="Headings in documents are marked as headings",
    wcag=["1.3.1"],
    impact="serious",
    who="Screen readers jump from heading to heading. Without marked headings people must listen to the whole text.",
    how="Give each heading a heading style in the word processor and export again, or tag it as a heading in the PDF.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF9",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F2",
    ],
    messages={
        "failed": 'Nothing is marked as a heading, but {count} lines look like one, such as "{example}".',
        "cantTell.line": 'Nothing is marked as a heading. Is this line one: "{example}"?',
        "cantTell": "The text has some {words} words, and nothing in it is marked as a heading. Does it have parts?",
    },
)

LONG_TEXT_WORDS = 1_000
"""From here on a text without any heading gives reason to look: some three pages."""

FAKE_HEADINGS = 3
"""So many lines that stand out, each with text below it, are no coincidence: a document of parts."""


PARAGRAPH_CHARS = 40
"""A shorter line below a bold one may be a value below its label, as in an address."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's headings: whether any is marked, and the lines that look like one.

    `first_line` is the first one where it stands out; `lookalikes` stand above paragraphs.
    """

    place: Place
    has_headings: bool
    first_line: str
    lookalikes: tuple[str, ...]
    words: int


@rule.targets
def outlines(document: Document) -> list[Outline]:
    """Look at documents with marked text that is long, or in which something is or looks like a heading."""
    blocks = document.blocks
    outline = Outline(
        document.place,
        any(block.is_heading for block in blocks),
        blocks[0].text if len(blocks) > 1 and blocks[0].stands_out and not blocks[1].stands_out else "",
        tuple(_lookalikes(blocks)),
        sum(len(block.text.split()) for block in blocks),
    )
    has_lines = outline.has_headings or outline.first_line or outline.lookalikes
    is_worth_it = has_lines or outline.words >= LONG_TEXT_WORDS
    return [outline] if is_worth_it else []


@rule.expect
def headings_are_marked(outline: Outline) -> Verdict:
    """Pass documents with headings; fail several lines that look like one, ask about a few, or about long texts."""
    if outline.has_headings:
        return passed()
    if len(outline.lookalikes) >= FAKE_HEADINGS:
        return failed(count=len(outline.lookalikes), example=outline.lookalikes[0])
    if outline.lookalikes or outline.first_line:
        return cant_tell("cantTell.line", example=outline.first_line or outline.lookalikes[0])
    return cant_tell(words=round(outline.words, -2))


def _lookalikes(blocks: Sequence[Block]) -> list[str]:
    """Return the lines that stand out and stand directly above a paragraph that does not."""
    found = [
        block.text
        for block, following in pairwise(blocks)
        if block.stands_out and not following.stands_out and len(following.text) >= PARAGRAPH_CHARS
    ]
    return list(dict.fromkeys(found))  # what repeats is a label or a running title


_PARTS = [(f"Part {n}", WORDS) for n in range(1, 5)]
_SHEET = "<style>/* made by a program */ p, div { margin: 0 } p.t1 { font-size: 1.4em; font-weight: 700 }</style>"

EXAMPLES = examples(
    passed=[
        pdf(paragraph("Part 1", role="H1", size=18), paragraph(), paragraph("Part 2", bold=True), paragraph()),
        docx(w_p("Part 1", style="Heading1"), *[w_p(WORDS)] * 120),
        odf(o_h("Part 1"), o_p(WORDS)),
        epub(f"<h2>Part 1</h2><p>{WORDS * 90}</p>"),
    ],
    failed=[
        pdf(*[paragraph(t, bold=b) for pair in _PARTS for t, b in zip(pair, (True, False), strict=True)]),
        pdf(*[paragraph(t, size=s) for pair in _PARTS for t, s in zip(pair, (16, 10), strict=True)]),
        docx(*[w_p(t, bold=b) for pair in _PARTS for t, b in zip(pair, (True, False), strict=True)]),
        odf(*[o_p(t, s) for pair in _PARTS for t, s in zip(pair, ("Bold", ""), strict=True)]),
        epub("".join(f"<p><b>{title}</b></p><p>{text}</p>" for title, text in _PARTS)),
        epub(_SHEET + "".join(f'<p class="t1">{title}</p><p>{text}</p>' for title, text in _PARTS)),
    ],
    cant_tell=[
        pdf(paragraph("Part 1", size=18), paragraph()),
        docx(w_p("Part 1", half_points=36), w_p(WORDS)),
        docx(w_p("Agenda", bold=True), w_p("Welcome"), w_p("Minutes")),
        docx(*[w_p(WORDS)] * 60),
        epub(f'<p style="font-size: 140%">Part 1</p><p>{WORDS}</p>'),
        pdf(*[paragraph()] * 35, pages=2),
    ],
    inapplicable=[
        pdf(),
        pdf(paragraph(bold=True), paragraph(bold=True)),
        pdf(paragraph("Part 1", size=18), tagged=False),
        docx(w_p(WORDS), w_p(WORDS), w_p("Yours, the Mayor", bold=True)),
        epub(f"<p><b>Note</b> that {WORDS}</p><p>{WORDS}</p>"),
        epub(f"<ul><li><p><b>Part 1</b></p></li></ul><p>{WORDS}</p>"),
        xlsx(),
    ],
)
