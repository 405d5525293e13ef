"""Words are written in letters, not in signs that only look like them (WCAG 1.1.1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bs4 import Tag

from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._own_texts import is_replaced, own_text, own_texts

rule = Rule(
    __name__,
    title="Words are written in real letters",
    wcag=["1.1.1"],
    impact="serious",
    who="Screen readers spell these signs out one by one, or leave them out. Nobody finds the words by searching.",
    how="Write the words in usual letters, and make their look with the style sheet.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F71",
        "https://www.unicode.org/reports/tr39/#Confusable_Detection",
    ],
    messages={
        "failed": 'These are signs for formulas or list marks that only look like letters: "{signs}" for "{text}".',
        "cantTell": 'The word "{signs}" mixes letters of two alphabets that look alike. Is that meant?',
    },
)

WORD_LETTERS = 4
"""Shorter runs may be names in a formula, or the marks of a list."""
ENOUGH_LETTERS = 8
_SIGNS = re.compile(
    r"[\U0001D400-\U0001D7FF\u24B6-\u24E9"  # letters of formulas, letters in circles
    r"\U0001F130-\U0001F149\U0001F150-\U0001F169\U0001F170-\U0001F189]+"  # in squares, also on dark ones
)
_SQUARES = {chr(start + at): chr(65 + at) for start in (0x1F130, 0x1F150, 0x1F170) for at in range(26)}
_WORD = re.compile(r"[^\W\d_]{4,}")
# Letters that look like Latin ones, from the list of confusables of Unicode; those of formulas (α, μ, π) are left out.
_CYRILLIC = frozenset("АВЕЅІЈКМНОРСТУХасеѕіјорхуԛԝ")
_GREEK = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϹ")


@rule.targets
def odd_texts(page: PageView) -> list[Tag]:
    """Look at elements whose own text holds signs for letters, or a word of two alphabets."""
    return [tag for tag, text in own_texts(page.soup) if _SIGNS.search(text) or next(_mixed(text), "")]


@rule.expect
def has_real_letters(tag: Tag) -> Verdict:
    """Fail words made of such signs that nothing replaces; ask about words of two alphabets."""
    text = own_text(tag)
    signs = [found for found in _SIGNS.findall(text) if len(found) >= WORD_LETTERS]
    if signs and sum(map(len, signs)) >= ENOUGH_LETTERS and not is_replaced(tag):
        whole = " ".join(signs)[:60]
        return failed(signs=whole, text=_letters(whole))
    word = next(_mixed(text), "")
    return cant_tell(signs=word) if word and not is_replaced(tag) else passed()


def _letters(signs: str) -> str:
    return unicodedata.normalize("NFKC", "".join(_SQUARES.get(sign, sign) for sign in signs))


def _mixed(text: str) -> Iterator[str]:
    """Yield words of Latin letters and a few of another alphabet, all of which have a Latin twin."""
    if text.isascii():
        return
    for word in _WORD.findall(text):
        latin = sum(1 for letter in word if letter.isascii() or "LATIN" in unicodedata.name(letter, ""))
        if not 1 < latin < len(word):
            continue
        others = {letter for letter in word if not letter.isascii() and "LATIN" not in unicodedata.name(letter, "")}
        if others <= _CYRILLIC | _GREEK:
            yield word


EXAMPLES = examples(
    passed=[
        "<p>In 𝑎𝑏 and 𝑥𝑦𝑧 all letters are numbers.</p>",
        '<p><span role="img" aria-label="Council meeting">𝗖𝗼𝘂𝗻𝗰𝗶𝗹 𝗺𝗲𝗲𝘁𝗶𝗻𝗴</span></p>',
        "<p>Choose Ⓐ or Ⓑ.</p>",
    ],
    failed=["<p>𝗖𝗼𝘂𝗻𝗰𝗶𝗹 𝗺𝗲𝗲𝘁𝗶𝗻𝗴 on Monday</p>", "<h2>ⓉⓄⓌⓃ ⒽⒶⓁⓁ</h2>"],
    cant_tell=["<h1>СOUNСIL</h1>", "<p>Write to the tοwn hall.</p>"],
    inapplicable=[
        "<p>Die Straße ist 5 μm breit, Ωmega und Größe.</p>",
        "<p>Совет города</p>",
        "<p>Wi-Fi-роутер</p>",
        "<math><mi>𝗖𝗼𝘂𝗻𝗰𝗶𝗹𝗺𝗲𝗲𝘁𝗶𝗻𝗴</mi></math>",
        "<p aria-hidden='true'>𝗖𝗼𝘂𝗻𝗰𝗶𝗹 𝗺𝗲𝗲𝘁𝗶𝗻𝗴</p>",
    ],
)
