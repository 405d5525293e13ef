"""Messages in the language that is spoken, from gettext catalogues.

Catalogues are read from .po files when they are first needed: nothing is compiled, and a checkout and a wheel hold the
same files. There are two: `interface`, the reports' own words, which a language has whole; and `rules`, the texts of
rules and checks, of which those that are not translated come out as English that says so (`Foreign`).
"""

from __future__ import annotations

import gettext
import io
from functools import cache

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from reports.wording import spoken
from reports.wording.numbers import number

INTERFACE, RULES = "interface", "rules"


class Foreign(str):
    """Words in another language than the rest: where they are written, their language is named."""

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, text: str, lang: str = spoken.ENGLISH) -> Foreign:
        """Return the text as what it is, with its language."""
        made = super().__new__(cls, text)
        made.lang = lang
        return made


def language_of(text: object) -> str:
    """Return the language of a text if it is another than that which is spoken, else an empty string."""
    own = text.lang if isinstance(text, Foreign) else ""
    return own if own != spoken.lang() else ""


def holding(text: str, part: str) -> str:
    """Return a text that holds `part`: as Foreign where that is in another language than is spoken."""
    return Foreign(text, language_of(part)) if language_of(part) else text


def say(message: str, **values: object) -> str:
    """Return a message with its values in place of %(name)s."""
    said = _catalogue(spoken.lang(), INTERFACE).gettext(message)
    return said % values if values else said


def labelled(what: str, told: str) -> str:
    """Return "what: told", with the space before the colon that a language sets."""
    return say("%(what)s: %(told)s", what=what, told=told)


def say_n(one: str, many: str, n: int, **values: object) -> str:
    """Return the message that fits the count; %(n)s in it is the count, written as the language does."""
    said = _catalogue(spoken.lang(), INTERFACE).ngettext(one, many, n)
    return said % {"n": number(n), **values}


def to_say(message: str) -> str:
    """Return the message as it is, so that catalogues gain it; `say` is asked for it later."""
    return message


def of_rule(text: str) -> str:
    """Return a text of a rule or check in the language that is spoken, or as Foreign where it is not translated."""
    if spoken.lang() == spoken.ENGLISH or not text:
        return text
    return _rules(spoken.lang()).gettext(text) or Foreign(text)


class _Nothing(gettext.NullTranslations):
    """What answers for a catalogue that lacks a message."""

    def gettext(self, message: str) -> str:
        return ""


@cache
def _rules(language: str) -> gettext.NullTranslations:
    """Return the catalogue of rules; it gives "" for a text that it lacks, as some are the same in two languages."""
    catalogue = _catalogue(language, RULES)
    catalogue.add_fallback(_Nothing())
    return catalogue


@cache
def _catalogue(language: str, name: str) -> gettext.NullTranslations:
    path = spoken.folder() / language / f"{name}.po"
    if not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
