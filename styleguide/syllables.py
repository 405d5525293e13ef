"""How many syllables a word has, offline: hyphenation patterns from pyphen, and the vowels between their marks.

pyphen (LGPL/MPL/GPL, dictionaries in its wheel) marks where a line may break, which leaves out breaks near a word's
ends ("any" has none). So its parts are counted by their groups of vowels: pyphen finds the hiatus ("Mu-se-um"), the
vowels find the rest ("a-ber"). textstat's own counter is not used: for English it fetches CMUdict from the network.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

import pyphen

CACHED_WORDS = 50_000
"""Words whose count is kept: a large site's whole vocabulary, about 8 MB."""

MAX_WORD_CHARS = 60
"""A longer "word" is not one that people say; it counts as one syllable for every three letters."""

_CONTRACTION = re.compile(r"'(?:s|d|t|m|ll|re|ve)$")
_NOT_LETTERS = re.compile(r"[\W_]+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


class _Speech(NamedTuple):
    dictionary: str  # of pyphen; "" where writing shows each syllable by its vowels alone
    nuclei: re.Pattern[str]


def _speech(dictionary: str, nuclei: str) -> _Speech:
    return _Speech(dictionary, re.compile(nuclei))


_SPEECH = {
    "en": _speech("en_GB", r"[aeiouyà-öø-ý]+"),
    "de": _speech("de_DE", r"(?<=q)u|ei|ai|ie|au|eu|äu|aa|ee|oo|[aeiouyäöüà-öø-ý]"),
    "nl": _speech("nl_NL", r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ij|ei|ui|eu|oe|ie|ou|au|[aeiouyà-öø-ý]"),
    "fr": _speech("fr", r"[aeiouyœæà-öø-ÿ]+"),
    "es": _speech("es", r"[iuüy]?[aeoáéó][iuy]?|[iuíúüy]+"),
    "it": _speech("it_IT", r"[iu]?[aeoàèéò][iu]?|[iuìù]+"),
    "pt": _speech(
        "",
        r"(?<=[qg])u(?=[aeioáéíóâêôãõ])[aeoáéóâêôãõ]?[iu]?"  # quatro, água, quem
        r"|ã[oe]|õe|[aeoáéóâêô][iu](?!nh|n[dgt]|[mrzl]$)|ui(?!nh|ç|[mrzl]$)"  # não, leite; but Raul, rainha
        r"|(?<=[áéíóúâêô]..)i[ao]|(?<=[áéíóúâêô].)i[ao]|[aeiouáéíóúâêôãõàü]",  # história
    ),
    "pl": _speech("", r"^[ae]u|[aąeęoóuy]|i(?![aąeęoóuy])"),  # auto; i only softens before a vowel
    "cs": _speech(
        "", r"ou|au|eu|[aáeéěiíoóuúůyý]|(?<![aáeéěiíoóuúůyý])[rl](?![aáeéěiíoóuúůyýrl])(?<!^.)|(?<=[sd])m$"
    ),  # vlk, osm
    "fi": _speech("", r"^[^aeiouyäö]*(?:ie|uo|yö|eu|ey)|aa|ee|ii|oo|uu|yy|ää|öö|[aeouäöy]i|[aoi]u|[äöi]y|[aeiouyäöå]"),
}
"""For each language: its pyphen dictionary and what one syllable's vowels look like, diphthongs first."""

LANGUAGES = frozenset(_SPEECH)
"""Languages whose syllables are counted."""

_SILENT = {
    "en": re.compile(
        r"(?<=[qg])ues?$"  # league, technique
        r"|(?<=[^aeiouy-])e$(?<![bcdfgkptsz]le)(?<![tc]re)"  # page; but table, centre
        r"|(?<=[^aeiouyszxcg-])e(?=s$)(?<![bcdfgkptsz]le)(?<![sc]he)(?<![tc]re)"  # files; but pages, services, wishes
        r"|(?<=[^aeiouytd-])e(?=d$)(?<![bcdfgkptsz]le)"  # moved; but handled
        r"|(?<=[^aeiouy-])e(?=-?(?:ments?|ly|ful|less|ness|things?|times?|one|pages?|lines?|holds?|fores?|some|sites?)-?e?s?$)"
        r"|(?<=[uaeio])e$"  # queue, value, agree: the group before it is the syllable
    ),
    "fr": re.compile(r"(?<=[^aeiouyà-ÿ-])e(?:s|nt)?$|(?<=[aeiouyà-ÿ])es?$"),
}
"""Written vowels that are not said."""

_HIATUS = {
    "en": re.compile(
        r"(?<![tscg-])(?<!ll)i(?=[ao])|(?<=[^tcr])i(?=e[tn])|e(?=as?$)|(?<!c)e(?=a-?n$|o(?!p|us))|(?<=cr)e(?=at[eio])|(?<=r)e(?=act|al-?i)"
        r"|(?<![qg])u(?=el|ent|al|a-?t)|o(?=e[mt])|e(?=ums?$|um-)|(?<=[aeiouy])-?(?=ing)|(?<=[thsdrn])e(?=a-?tre)"
    ),
    "de": re.compile(r"(?:fa-?mi-?l|li-?n|stu-?d|fe-?r|prä-?m|im-?mo-?bi-?l|kri-?te-?r|ita-?l)i(?=en?)"),
    "fr": re.compile(r"(?<=cr)é(?=e)|(?<=[aou])y(?=e)|(?<=s)i(?=er$)"),
    "it": re.compile(r"(?:^z|^v|po-?es|-r)i(?=[ae]$)"),
}
"""Where two written vowels are two syllables and pyphen marks no break."""

_EXTRA = {"en": re.compile(r"[^aeiouy-]n't$|[sc]ms?$(?<=ism)|isms?$|thms?$")}
"""Endings with a syllable that has no written vowel."""

_KNOWN = {
    "en": {
        word: count
        for count, words in {
            1: "the queue queues tired fire fires friend friends you're we're they're they've we've you've",
            2: "business every people evening wednesday language website online something sometimes someone "
            "therefore before homepage lifetime maybe",
            3: "different chocolate interest interests theatre family recipe businesses",
        }.items()
        for word in words.split()
    }
}
"""Common words that the patterns get wrong."""


@cache
def _hyphenator(dictionary: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=dictionary)


@lru_cache(maxsize=CACHED_WORDS)
def count_syllables(word: str, lang: str) -> int:
    """Return the syllables of one word (punctuation at its ends is left out), at least 1; 0 without a letter or digit.

    A number counts as one. KeyError for a language that is not in `LANGUAGES`.
    """
    speech = _SPEECH[lang]
    bare = _EDGES.sub("", word[: 4 * MAX_WORD_CHARS]).lower()
    if not bare:
        return 0
    if len(bare) > MAX_WORD_CHARS:
        return max(1, len(bare) // 3)
    bare = bare.replace("’", "'")
    known = _KNOWN.get(lang, {}).get(bare)
    if known:
        return known
    extra = 1 if lang in _EXTRA and _EXTRA[lang].search(bare) else 0
    said = _CONTRACTION.sub("", bare) if lang == "en" else bare
    return extra + sum(_count_part(part, speech, lang) for part in _NOT_LETTERS.split(said) if part)


def _count_part(part: str, speech: _Speech, lang: str) -> int:
    if not part.isalpha():
        return 1
    pieces = _hyphenator(speech.dictionary).inserted(part, "-") if speech.dictionary else part
    if lang in _SILENT:
        pieces = _SILENT[lang].sub("", pieces)
    if lang in _HIATUS:
        pieces = _HIATUS[lang].sub(r"\g<0>-", pieces)
    return max(1, len(speech.nuclei.findall(pieces)))
