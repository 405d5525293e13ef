"""The characters of a PDF's text are known, not only their shapes (WCAG 1.1.1)."""

from __future__ import annotations

from pikepdf import Dictionary, Name, String

from checks.documents.pdf.document import FontUse, PdfDocument
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx
from checks.documents.samples.pdf import font_text, paragraph, pdf, picture
from checks.rule import Verdict, cant_tell, examples, failed, passed

rule = DocumentRule(
    __name__,
    reads=PdfDocument,
    title="The characters of PDFs' text are known",
    wcag=["1.1.1"],
    impact="critical",
    who="The text looks right, but screen readers, search and copying get wrong characters or none.",
    how="Export the PDF again with another program or font, so that fonts carry a table of characters (ToUnicode).",
    sources=["https://www.w3.org/TR/WCAG22/#dfn-text"],
    messages={
        "failed": 'The font "{font}" does not say which characters its shapes are; {percent} % of the text uses it.',
        "cantTell": 'Some shapes of the font "{font}" have no known character ({count} times). Are they words?',
        "cantTell.own": 'Only the font "{font}" itself knows its characters. Can the text be copied and read aloud?',
    },
)

MANY = 40
"""So many characters are a line of text: no bullets or logos."""

FEW_SHARE = 0.02
"""Below two in a hundred it is bullets, logos and formulas."""


@rule.targets
def fonts(document: PdfDocument) -> list[FontUse]:
    """Look at each font that sets text. Text with a replacement (ActualText) is not counted."""
    return document.font_uses


@rule.expect
def has_characters(font: FontUse) -> Verdict:
    """Fail a font of words none of whose codes has a character; ask where some have, or only the font can tell."""
    if font.n_unknown >= MANY and font.n_unknown >= 0.9 * font.n_chars and not font.is_symbols:
        if font.share >= FEW_SHARE:
            return failed(font=font.label, percent=max(1, round(100 * font.share)))
        return cant_tell(font=font.label, count=font.n_unknown)
    if font.n_unknown >= MANY and font.share >= FEW_SHARE:
        return cant_tell(font=font.label, count=font.n_unknown)
    if font.n_unsure >= MANY and not font.is_symbols:
        return cant_tell("cantTell.own", font=font.label)
    return passed()


_DESCENDANT = Dictionary(
    Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+Garamond"),
    CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
)  # fmt: skip
_BY_SHAPE = {
    "/Type": Name.Font, "/Subtype": Name.Type0, "/BaseFont": Name("/ABCDEF+Garamond"), "/Encoding": Name("/Identity-H"),
    "/DescendantFonts": [_DESCENDANT],
}  # fmt: skip
_JAPANESE = {
    **_BY_SHAPE,
    "/DescendantFonts": [
        Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name("/Ryumin"),
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Japan1"), Supplement=2),
        )
    ],
}  # fmt: skip
_NUMBERED = {
    "/Type": Name.Font, "/Subtype": Name.Type1, "/BaseFont": Name("/ABCDEF+Frutiger"),
    "/Encoding": Dictionary(Differences=[1, *[Name(f"/g{n}") for n in range(1, 60)]]),
}  # fmt: skip
_SYMBOLIC = {
    "/Type": Name.Font, "/Subtype": Name.TrueType, "/BaseFont": Name("/ABCDEF+Verdana"),
    "/FontDescriptor": Dictionary(Type=Name.FontDescriptor, Flags=4),
}  # fmt: skip
_CODES = bytes(range(60))

EXAMPLES = examples(
    passed=[
        pdf(),
        pdf(paragraph(), font_text(_JAPANESE, _CODES * 2)),
        pdf(paragraph(), font_text(_BY_SHAPE, _CODES[:10])),
        pdf(paragraph(), font_text({**_SYMBOLIC, "/BaseFont": Name("/ABCDEF+Wingdings")}, _CODES)),
    ],
    failed=[
        pdf(paragraph(), font_text(_BY_SHAPE, _CODES * 4)),
        pdf(font_text(_NUMBERED, _CODES[1:])),
    ],
    cant_tell=[
        pdf(paragraph(), font_text(_SYMBOLIC, _CODES)),
        pdf(paragraph(), font_text(_NUMBERED, _CODES[1:50] + b"ABC" * 20)),
        pdf(*[paragraph()] * 40, font_text(_BY_SHAPE, _CODES * 2)),
    ],
    inapplicable=[pdf(picture(1.0), tagged=False), docx()],
)
