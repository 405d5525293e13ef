"""English words in the form of those they replace: where “utilise” has “use”, “utilised” has “used”.

A list of words names the plain form of each verb or noun. Only the first word of a phrase is bent: it holds the verb.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from styleguide.replacements import GAP
from styleguide.words import words_in

_IRREGULAR: dict[str, tuple[str, str]] = {
    verb: (past, participle)
    for verb, past, participle in (
        line.split()
        for line in (
            *("be was been", "begin began begun", "bind bound bound", "bring brought brought", "build built built"),
            *("buy bought bought", "choose chose chosen", "come came come", "cut cut cut", "deal dealt dealt"),
            *("do did done", "draw drew drawn", "find found found", "forget forgot forgotten", "get got got"),
            *("give gave given", "go went gone", "grow grew grown", "have had had", "hear heard heard"),
            *("hold held held", "keep kept kept", "know knew known", "lead led led", "leave left left"),
            *("lend lent lent", "let let let", "lose lost lost", "make made made", "mean meant meant"),
            *("meet met met", "pay paid paid", "put put put", "read read read", "rise rose risen", "run ran run"),
            *("say said said", "see saw seen", "sell sold sold", "send sent sent", "set set set"),
            *("show showed shown", "speak spoke spoken", "speed sped sped", "spend spent spent"),
            *("stand stood stood", "take took taken", "teach taught taught", "tell told told"),
            *("think thought thought", "undertake undertook undertaken", "win won won", "write wrote written"),
        )
    )
}
"""Verbs with forms of their own among those that guides name: past, and participle."""

_STRESSED_LAST = words_in("admit begin commit defer forget occur permit prefer refer submit transfer upset")
"""Verbs of more than one syllable whose last letter is doubled: “beginning”, “submitted”."""

_FIXED = words_in(
    "a an and as at by can cannot could for from has how if in is it less many may more most must no not of on or "
    "should some than that the then there these this those to too under until what when where who will with would you"
)
"""Words that open a replacement and have no other form."""

_VOWELS = "aeiou"
_AUXILIARIES = words_in(
    "am is are was were be been being have has had having get gets got i've you've we've they've it's hasn't haven't "
    "isn't aren't wasn't weren't"
)


def agree(base: str, phrase: str, better: Iterable[str], before: Iterable[str] = ()) -> tuple[str, ...]:
    """Return each of `better` in the form that `phrase` has of `base`; as they are where it is no form of it.

    `before` are the words right before the phrase, in their order: they tell “has begun” from “began”.
    """
    head, word = base.lower().split()[0], phrase.lower().split()[0]
    possible = [form for form in _FORMS if head != word and _bend(head, form) == word]
    if not possible:
        return tuple(better)
    form = possible[0]
    if len(possible) > 1 and form == "past" and not _AUXILIARIES.isdisjoint(tuple(before)[-_REACH:]):
        form = "participle"
    return tuple(_bent(words, form) for words in better)


_FORMS = ("s", "ing", "past", "participle")
_REACH = 3
"""Words before a participle among which its auxiliary stands: “has not yet begun”."""


def _bent(words: str, form: str) -> str:
    head, space, rest = words.partition(" ")
    return words if GAP in words or head in _FIXED or not head.isalpha() else _bend(head, form) + space + rest


@lru_cache(maxsize=2_048)
def _bend(word: str, form: str) -> str:
    """Return one form of a verb; its form in -s is the plural of a noun, too."""
    if form == "s":
        return _with_s(word)
    if form == "ing":
        return f"{word[:-1] if _drops_e(word) else _doubled(word)}ing"
    if word in _IRREGULAR:
        return _IRREGULAR[word][form == "participle"]
    if word.endswith("e"):
        return f"{word}d"
    return f"{word[:-1]}ied" if _ends_in_y(word) else f"{_doubled(word)}ed"


def _with_s(word: str) -> str:
    if word in ("have", "be"):
        return {"have": "has", "be": "is"}[word]
    if _ends_in_y(word):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{word}s"


def _ends_in_y(word: str) -> bool:
    return word.endswith("y") and word[-2:-1] not in _VOWELS


def _drops_e(word: str) -> bool:
    return word.endswith("e") and not word.endswith(("ee", "oe", "ye")) and len(word) > len("be")


def _doubled(word: str) -> str:
    """Return a word with its last letter doubled where its ending is short and stressed: “stop”, “begin”."""
    last, vowel, first = word[-1:], word[-2:-1], word[-3:-2]
    ends_short = last not in f"{_VOWELS}wxy" and vowel in _VOWELS and (first not in _VOWELS or word[-4:-2] == "qu")
    is_one_syllable = sum(char in _VOWELS for char in word) == 1
    return word + last if ends_short and first and (is_one_syllable or word in _STRESSED_LAST) else word
