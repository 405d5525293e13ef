"""Which language a text is in: what the markup says, checked against the text itself, offline."""

from __future__ import annotations

import re
from collections.abc import Iterable

from styleguide.blocks import Block

SAMPLE_CHARS = 3_000
"""Characters of a text that are looked at: a page's first screens."""

MIN_WORDS = 20
"""With fewer words, names and quotations decide; a guess is worth little."""

MIN_CONFIDENCE = 0.9
_SMALL_SHARE = 0.12
"""In running text of each of these languages one word in eight at least is one of its small words."""

_SMALL_WORDS = {
    lang: frozenset(words.split())
    for lang, words in {
        "en": "the and of to you is that for with are be this your or we if",
        "de": "der die und das ist sie nicht ein den mit für von zu auf dem",
        "fr": "le les des est vous une dans pour et votre du que sur pas la",
        "es": "el los las que del por una su con para es se la y en",
        "it": "il che di per una sono della con non gli del alla è si e",
        "nl": "de het een van en is dat niet voor met u zijn op te aan",
        "pt": "que do da em um uma para os não com por o se e seu",
        "pl": "w na i z się do nie jest o że od po oraz lub dla",
        "sv": "och att det som en är på för av med den till du inte om",
        "da": "og at det som en er på for af med den til du ikke om",
        "fi": "ja on ei että tai se sen ovat voi kun jos mutta ole sekä myös",
        "cs": "a v na se je že o do s z k pro nebo si by jsou",
    }.items()
}
"""The commonest words of a language: a glance that spares loading the detector for most texts."""

_WORD = re.compile(r"[^\W\d_]+")


def sample(blocks: Iterable[Block], lang: str | None = None) -> str:
    """Return the first of the text's running words, of those blocks that say they are in `lang`, or of all."""
    pieces: list[str] = []
    length = 0
    for block in blocks:
        if lang is not None and block.lang != lang:
            continue
        pieces.append(block.text[:SAMPLE_CHARS])
        length += len(pieces[-1])
        if length >= SAMPLE_CHARS:
            break
    return "\n".join(pieces)[:SAMPLE_CHARS]


def tell_language(text: str, declared: str) -> str:
    """Return the language (a primary subtag) that `text` is in; `declared` where the text does not plainly differ.

    Without `declared` the best guess is returned, "" where there is none.
    """
    words = _WORD.findall(text.lower())
    if len(words) < MIN_WORDS:
        return declared
    small = _SMALL_WORDS.get(declared or "en", frozenset())
    if sum(word in small for word in words) >= _SMALL_SHARE * len(words):
        return declared or "en"
    from language import detect, is_known, is_same  # noqa: PLC0415 # its model takes a while; few texts need it

    guess = detect(text)
    if guess is None or guess.confidence < MIN_CONFIDENCE or guess.words < MIN_WORDS:
        return declared
    if declared and (not is_known(declared) or is_same(declared, guess.lang)):
        return declared
    return guess.lang
