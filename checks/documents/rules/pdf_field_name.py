"""Form fields in a PDF have a name that people understand (WCAG 4.1.2, 3.3.2)."""

from __future__ import annotations

import re

from checks.documents.pdf.document import PdfDocument
from checks.documents.pdf.interactive import Field, fields
from checks.documents.rule import DocumentRule
from checks.documents.samples.office import docx
from checks.documents.samples.pdf import field, pdf
from checks.rule import Verdict, cant_tell, examples, failed, passed

rule = DocumentRule(
    __name__,
    reads=PdfDocument,
    title="Form fields in PDFs have a name",
    wcag=["4.1.2", "1.3.1"],
    impact="critical",
    who="Screen readers say the name when people reach a field. Without it nobody knows what to fill in.",
    how="Write what is asked for into each field's tooltip (the name that assistive technology uses).",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF12",
        "https://www.w3.org/WAI/WCAG22/Techniques/pdf/PDF10",
    ],
    messages={
        "failed": 'This {kind} has no name for assistive technology; the form calls it "{name}".',
        "cantTell": 'This {kind} has no tooltip, so its name in the form is read out: "{name}". Is it clear?',
    },
)

# What form editors call fields until somebody names them, in several languages, and bare codes.
_GENERIC = re.compile(
    r"((text|textfield|textfeld|text field|field|feld|champ|texte|campo|undefined|check ?box|checkbox|kontrollkästchen|"
    r"case à cocher|radio|radiobutton|optionsfeld|group|gruppe|button|schaltfläche|dropdown|combobox|list ?box|datum|"
    r"fill|fill_|untitled|signature|unterschrift|control|topmostsubform|form|page|seite|f|c|t|cb|tf)[\s_.\-#\[\]]*"
    r"[\d_.\s\-a-z]{0,4}[\[\]\d]*|[\W\d_]*|[a-z]?\d+[a-z]?)",
    re.IGNORECASE,
)


@rule.targets
def form_fields(document: PdfDocument) -> list[Field]:
    """Look at each field that people can see."""
    return fields(document)


@rule.expect
def has_a_name(found: Field) -> Verdict:
    """Pass a tooltip or a button's words; fail a field that only has a code; ask about names that may do."""
    if found.tooltip or found.caption:
        return passed()
    name = found.own_name[:100]
    return failed(kind=found.kind, name=name) if _GENERIC.fullmatch(name) else cant_tell(kind=found.kind, name=name)


EXAMPLES = examples(
    passed=[
        pdf(field(tooltip="Family name", own_name="Text1")),
        pdf(field(own_name="Button1", kind="Btn", caption="Send", flags=1 << 16)),
    ],
    failed=[
        pdf(field()),
        pdf(field(own_name="Kontrollkästchen 12", kind="Btn")),
        pdf(field(own_name="undefined_3")),
        pdf(field(own_name="f1_01[0]")),
        pdf(field(own_name="")),
    ],
    cant_tell=[pdf(field(own_name="Family name")), pdf(field(own_name="strGeburtsdatum"))],
    inapplicable=[pdf(), docx()],
)
