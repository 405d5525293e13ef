"""Pictures in documents have a text alternative, or are marked as decoration (WCAG 1.1.1)."""

from __future__ import annotations

import re

from checks.documents.model import Document, Picture
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx, epub, o_picture, odf, p_slide, pptx, w_picture, w_shape, xlsx
from checks.documents.samples.pdf import artifact, figure, pdf, picture
from checks.rule import Verdict, cant_tell, examples, failed, passed
from checks.words import plain, words

rule = DocumentRule(
    __name__,
    reads=Document,
    title="Pictures in documents have a text alternative",
    wcag=["1.1.1"],
    impact="critical",
    who="People who cannot see the picture get nothing of what it says.",
    how="Describe what the picture tells in its alternative text, or mark it as decorative, and export again.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF1",
        "https://www.w3.org/WAI/WCAG22/Understanding/non-text-content",
    ],
    messages={
        "failed": "This picture has no text alternative and is not marked as decoration.",
        "failed.file-name": 'The text alternative of this picture is the name of a file: "{alternative}".',
        "failed.placeholder": 'The text alternative of this picture says nothing of it: "{alternative}".',
        "cantTell": "This picture has an empty text alternative. Is it decoration only?",
        "cantTell.text": 'This figure has no text alternative, but text within it: "{text}". Does that say it all?',
        "cantTell.caption": "This picture has a caption but no text alternative. Does the caption say what it shows?",
        "cantTell.automatic": 'The text alternative was written by a program: "{alternative}". Is it right?',
    },
)

_FILE_NAME = re.compile(r"[^\s/\\]+\.(jpe?g|png|gif|svg|webp|bmp|tiff?|heic|emf|wmf|eps|pdf|ai)", re.IGNORECASE)
_DEFAULT_NAME = re.compile(
    r"(picture|image|graphic|grafik|bild|imagen|afbeelding|chart|object|objekt)\s*\d+", re.IGNORECASE
)
# What Office adds to texts that it has made up.
_AUTOMATIC = re.compile(
    r"(description automatically generated|automatisch generierte beschreibung|description générée automatiquement"
    r"|descripción generada automáticamente|descrizione generata automaticamente"
    r"|ai-generated content may be incorrect)",
    re.IGNORECASE,
)


@rule.targets
def pictures(document: Document) -> list[Picture]:
    """Look at pictures that are not marked as decoration."""
    return [found for found in document.pictures if not found.decorative]


@rule.expect
def has_an_alternative(found: Picture) -> Verdict:
    """Fail a picture without an alternative; ask where text in or below it may serve."""
    text = (found.alternative or "").strip()
    if not text:
        return _without(found)
    if _FILE_NAME.fullmatch(text) or (found.file_name and text.casefold() == found.file_name.casefold()):
        return failed("failed.file-name", alternative=text[:200])
    if plain(text) in words("alternative_placeholders")["leftover"] or _DEFAULT_NAME.fullmatch(text):
        return failed("failed.placeholder", alternative=text[:200])
    if _AUTOMATIC.search(text):
        return cant_tell("cantTell.automatic", alternative=text[:200])
    return passed()


def _without(found: Picture) -> Verdict:
    if found.has_text:
        return cant_tell("cantTell.text", text=found.place.snippet)
    if found.captioned:
        return cant_tell("cantTell.caption")
    return failed() if found.alternative is None else cant_tell()


EXAMPLES = examples(
    passed=[
        pdf(figure(alt="The harbour wall, seen from the north")),
        docx(w_picture(alt="Map of the bus lines. They are listed below.")),
        odf(o_picture(alt="The mayor")),
        pptx(p_slide("Budget", picture_alt="Spending by department, as in the table")),
        epub('<img src="a.png" alt="The old bridge">'),
    ],
    failed=[
        pdf(figure()),
        docx(w_picture()),
        odf(o_picture()),
        pptx(p_slide("Budget", picture_alt=None)),
        xlsx(picture_alt=None),
        epub('<img src="a.png">'),
        pdf(figure(alt="IMG_4711.jpg")),
        docx(w_picture(alt="Grafik 3")),
        docx(w_picture(alt="placeholder")),
    ],
    cant_tell=[
        pdf(figure(alt=" ")),
        docx(w_picture(alt="")),
        pdf(figure(words="Schools 25 Streets 14")),
        pdf(figure(caption="Figure 1: the new school roof")),
        docx(w_picture(alt="A person on a boat\n\nDescription automatically generated")),
    ],
    inapplicable=[
        pdf(artifact("Elm Council"), picture(0.2)),
        docx(w_picture(decorative=True), w_shape()),
        odf(o_picture(decorative=True)),
        epub('<img src="line.png" alt=""><img src="b.png" role="presentation">'),
    ],
)
