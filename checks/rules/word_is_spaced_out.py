"""No spaces stand between the letters of a word (WCAG 1.3.2)."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._own_texts import is_replaced, own_text, own_texts

rule = Rule(
    __name__,
    title="Words are not spaced out with spaces",
    wcag=["1.3.2"],
    impact="moderate",
    who="Screen readers spell the word letter by letter, and nobody finds it by searching.",
    how="Write the word without spaces, and set letter-spacing in the style sheet.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F32",
        "https://www.w3.org/WAI/WCAG22/Techniques/css/C8",
    ],
    messages={
        "failed": 'The word "{word}" has a space between all of its letters: "{spaced}".',
        "cantTell": 'Is "{spaced}" one word, or several letters?',
    },
)

_SPACED = re.compile(r"(?<![\w'’.-])(?:[^\W\d_][ \u00a0]){4,}[^\W\d_](?![\w'’.-])")
_WORDS = re.compile(r"(?:Aa{2,})+")
"""Capitals and small letters as words have them; nothing but a word is written so."""
_VOWEL = re.compile(r"[aeiouyäöüáéíóúàèìòùâêîôûåæø]", re.IGNORECASE)


@rule.targets
def spaced_texts(page: PageView) -> list[Tag]:
    """Look at elements whose own text has five single letters or more in a row."""
    return [tag for tag, text in own_texts(page.soup) if _SPACED.search(text)]


@rule.expect
def is_no_word(tag: Tag) -> Verdict:
    """Fail what is written like a word, a capital and then small letters; ask about other letters in no order."""
    if is_replaced(tag):
        return passed()
    for found in _SPACED.findall(own_text(tag)):
        word = "".join(found.split())
        is_mixed = _VOWEL.search(word) is not None and len(_VOWEL.sub("", word)) > 1
        if not is_mixed or list(word.casefold()) == sorted(word.casefold()):
            continue
        if _WORDS.fullmatch("".join("A" if letter.isupper() else "a" for letter in word)):
            return failed(word=word[:60], spaced=found[:120])
        return cant_tell(spaced=found[:120])
    return passed()


EXAMPLES = examples(
    passed=[
        "<p>All letters: A B C D E F G</p>",
        "<p>Vowels: a e i o u</p>",
        '<p><span role="img" aria-label="Welcome">W e l c o m e</span></p>',
    ],
    failed=["<h1>W e l c o m e</h1>", "<p>T o w n H a l l is open.</p><p>M e n u e</p>"],
    cant_tell=["<h2>W E L C O M E</h2>", "<p>Codes: K A X E B</p>"],
    inapplicable=[
        "<p>Plan B or C</p>",
        "<p>A, E, I, O, U</p>",
        "<pre>W e l c o m e</pre>",
        "<h1 aria-hidden='true'>W e l c o m e</h1>",
        "<h1>Welcome</h1>",
    ],
)
