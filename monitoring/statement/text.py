"""The text of the model statement: English here, other languages in gettext catalogues under `locale/`.

The sentences are ours; sections and headings follow the annex of Decision (EU) 2018/1523. A message that a language has
no translation of comes out as a blank, with the English text as the instruction of what to write there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from babel import Locale
from babel.messages.pofile import read_po

MESSAGES = {
    "commitment": "%(body)s is committed to making its website accessible, in accordance with %(law)s.",
    "scope": "This accessibility statement applies to %(site)s.",
    "full": "This website is fully compliant with %(standard)s.",
    "partial": "This website is partially compliant with %(standard)s, due to the points listed below.",
    "none": "This website is not compliant with %(standard)s. The reasons are listed below.",
    "lead": "The content listed below is not accessible, for the following reasons:",
    "non_compliance": "Non-compliance with the national law",
    "item": "Success criterion %(number)s (%(name)s): barriers on %(pages)s of %(checked)s pages that were checked.",
    "burden": "Disproportionate burden",
    "out_of_scope": "Content that is not within the scope of the law",
    "prepared": "This statement was prepared on %(date)s.",
    "reviewed": "The statement was last reviewed on %(date)s.",
    "self": "It rests on a self-assessment by %(body)s.",
    "third": "It rests on an assessment by a third party: %(assessor)s.",
    "feedback": "Tell us about barriers, or ask for content in another form: %(contact)s.",
    "form": "feedback form",
    "enforcement": "If you are not satisfied with our answer, turn to %(enforcer)s: %(link)s.",
    "blank_body": "name of the body",
    "blank_law": "the law that brings Directive (EU) 2016/2102 into national law",
    "blank_law_perhaps": "the national law; perhaps %(law)s",
    "blank_standard": "the standard",
    "blank_status": "choose: partially compliant, or not compliant",
    "blank_more": "add what people have found, and what is only described here by its number",
    "blank_burden": "content for which the burden is disproportionate, and the assessment; or take this part out",
    "blank_out_of_scope": "content that the law does not cover; or take this part out",
    "blank_method": "how the website was assessed: by yourselves, or by a third party; a scan by machine is not enough",
    "blank_assessor": "who assessed it",
    "blank_contact": "e-mail address, form or telephone number",
    "blank_enforcer": "the body that enforces the law",
    "blank_enforcer_perhaps": "the body that enforces the law; perhaps %(enforcer)s",
    "blank_link": "address of its page on the procedure",
}
"""Every message by its name; the English text is what catalogues are keyed by."""


@dataclass(frozen=True, slots=True)
class Text:
    """The messages in one language. `has(name)` is false where the catalogue has no translation."""

    lang: str
    translations: dict[str, str]

    def has(self, name: str) -> bool:
        """Return whether a message is there in this language."""
        return self.lang == "en" or MESSAGES[name] in self.translations

    def __getitem__(self, name: str) -> str:
        return self.translations.get(MESSAGES[name], MESSAGES[name])

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return "rtl" if Locale(self.lang).text_direction == "rtl" else "ltr"


@cache
def text(lang: str) -> Text:
    """Return the messages of a language; a language without a catalogue has none."""
    file = resources.files("monitoring.statement") / "locale" / f"{lang}.po"
    if not file.is_file():
        return Text(lang, {})
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=lang)
    found = {str(m.id): str(m.string) for m in catalogue if m.id and m.string and "fuzzy" not in m.flags}
    return Text(lang, found)


@cache
def complete_languages() -> tuple[str, ...]:
    """Return the languages in which every message is there."""
    names = [p.name.removesuffix(".po") for p in (resources.files("monitoring.statement") / "locale").iterdir()]
    langs = ["en", *sorted(name for name in names if "." not in name and not name.startswith("_"))]
    return tuple(lang for lang in langs if all(text(lang).has(name) for name in MESSAGES))
