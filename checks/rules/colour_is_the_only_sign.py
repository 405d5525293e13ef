"""A text does not leave it to a colour alone to tell what is meant (WCAG 1.4.1): a person must look."""

from __future__ import annotations

import re
from functools import cache

from bs4 import Tag
from bs4.element import NavigableString

from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._fields import language_of
from checks.rules._heard import heard
from checks.words import words_in

rule = Rule(
    __name__,
    title="Colour is not the only sign",
    wcag=["1.4.1"],
    impact="moderate",
    who="People who are colour blind, or who do not see the page, cannot find what is meant.",
    how='Add a sign or a word as well: "Required fields are marked with a red star (*)".',
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F81",
        "https://www.w3.org/WAI/WCAG22/Techniques/general/G14",
    ],
    messages={"cantTell": 'This text says "{words}". Does anything besides the colour tell what is meant?'},
)

_BLOCKS = "p, li, dd, td, th, div, figcaption, label, legend, caption"
_CHARS_MAX = 1500
_SIGN = re.compile(r"[*†‡✱✓✔✗✘]|\((?:\w|\*)\)|[\"“„«][^\"”“»]{1,30}[\"”“»]")
"""A sign or a word in quotation marks beside the colour: then the colour is not the only one."""


@rule.targets
def texts_on_colours(page: PageView) -> list[Tag]:
    """Look at texts that say that something is shown in a colour."""
    return [block for block in page.exposed(_BLOCKS) if _has_own_text(block) and _found(block)]


@rule.expect
def names_another_sign(block: Tag) -> Verdict:
    """Pass a sentence that names a sign, too; ask about the others."""
    words, sentence = _found(block) or ("", "")
    return passed() if _SIGN.search(sentence) else cant_tell(words=words[:100])


def _has_own_text(block: Tag) -> bool:
    return any(type(child) is NavigableString and child.strip() for child in block.children)


def _found(block: Tag) -> tuple[str, str] | None:
    """Return the words that speak of a colour, and their sentence."""
    pattern = _pattern(language_of(block))
    for sentence in re.split(r"(?<=[.!?])\s+", heard(block)[:_CHARS_MAX]):
        if pattern is not None and (match := pattern.search(sentence)):
            return match[0], sentence
    return None


@cache
def _pattern(lang: str) -> re.Pattern[str] | None:
    known = words_in("colour_signs", lang)
    if not known["marked"]:
        return None
    colour = "(?:" + "|".join(sorted(map(re.escape, known["colours"]), key=len, reverse=True)) + ")"
    # `plain` has made the C small; it stands alone.
    phrases = [re.sub(r"\bc\b", colour, re.escape(phrase)) for phrase in sorted(known["marked"])]
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


EXAMPLES = examples(
    passed=[
        "<p>Required fields are marked in red with a star (*).</p>",
        '<p>Closed days are shown in red and say "closed".</p>',
    ],
    cant_tell=[
        "<p>Required fields are marked in red.</p>",
        "<p>Dates in green can still be booked.</p>",
        "<html lang='de'><body><p>Pflichtfelder sind rot markiert.</p></body></html>",
        "<html lang='fr'><body><p>Les champs en rouge sont obligatoires.</p></body></html>",
    ],
    inapplicable=[
        "<p>The red bus leaves at nine.</p>",
        "<p aria-hidden='true'>Required fields are marked in red.</p>",
        "<html lang='tlh'><body><p>Required fields are marked in red.</p></body></html>",
    ],
)
