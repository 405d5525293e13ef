"""The words by which pages are told, by language: `monitoring/data/page_words.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from checks.statement.matching import Phrase, compile_phrase, find, plain, words_of
from monitoring.facts import page_words

MAX_WORDS = 7
"""A longer link or heading says more than what the page is called."""

ENGLISH = "en"
COMPOUNDING = frozenset({"de", "nl", "sv", "da", "fi", "et", "hu"})
"""Languages that write compounds as one word: "Abfallkalender", "Bewohnerparken"."""

PART_CHARS = 5
"""Shorter words are found in compounds that have nothing to do with them."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"})
_ENDING = re.compile(r"\.\w{2,5}$")


@dataclass(frozen=True, slots=True)
class _Words:
    phrases: tuple[Phrase, ...]
    slugs: frozenset[str]


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have words."""
    return tuple(page_words()["items"]["home"])


def source() -> str:
    """Return where the words come from, with the mark of how sure that is."""
    told: dict[str, str] = page_words()["source"]
    return f"{told['text']} (mark {told['mark']})"


def text_match(group: str, key: str, text: str, langs: frozenset[str]) -> float:
    """Return how well a link's or heading's text names an item: 1.0 all of it, 0.6 a part of it, 0.0 not at all."""
    words = words_of(text)
    if not words or len(words) > MAX_WORDS:
        return 0.0
    best = 0.0
    for phrase in _words(group, key, langs).phrases:
        match = find(phrase, words)
        if match is not None:
            best = max(best, 1.0 if match.length == len(words) else 0.6)
    return best


def address_match(group: str, key: str, url: str, langs: frozenset[str]) -> float:
    """Return how well an address names an item: 1.0 by its last part, 0.5 by another, 0.0 not at all."""
    parts = [_slug(unquote(part)) for part in urlsplit(url).path.split("/") if part]
    slugs = _words(group, key, langs).slugs
    if parts and parts[-1] in slugs:
        return 1.0
    return 0.5 if any(part in slugs for part in parts) else 0.0


def service_of(texts: Iterable[str], langs: frozenset[str]) -> tuple[str, str]:
    """Return the Decision's service that a page is about and the word that tells so; both empty if none does."""
    best: tuple[int, str, str] = (0, "", "")
    for text in texts:
        words = words_of(text)[: 2 * MAX_WORDS]
        for service in page_words()["services"]:
            for phrase in _words("services", service, langs).phrases:
                match = find(phrase, words)
                if match is not None and match.length > best[0]:
                    best = (match.length, service, " ".join(words[i] for i in match.positions))
            if not best[0] and langs & COMPOUNDING:
                compound = _compound(_words("services", service, langs & COMPOUNDING).phrases, words)
                best = (0, service, compound) if compound and not best[1] else best
    return best[1], best[2]


def _compound(phrases: Iterable[Phrase], words: Iterable[str]) -> str:
    """Return the first word that begins or ends with a word of a list; empty if there is none."""
    parts = tuple(p.words[0] for p in phrases if len(p.words) == 1 and len(p.words[0]) >= PART_CHARS)
    return next((word for word in words if word.startswith(parts) or word.endswith(parts)), "")


@cache
def _words(group: str, key: str, langs: frozenset[str]) -> _Words:
    lists: dict[str, list[str]] = page_words()[group][key]
    chosen = {lang: lists[lang] for lang in (langs & lists.keys()) or lists.keys()}
    phrases = [compile_phrase(text, lang) for lang, texts in chosen.items() for text in texts]
    slugs = {
        form for texts in chosen.values() for text in texts for form in (plain(text), plain(text.translate(_UMLAUTS)))
    }
    return _Words(tuple(dict.fromkeys(phrases)), frozenset(slugs))


def _slug(part: str) -> str:
    return plain(_ENDING.sub("", part))


def marks() -> dict[str, Any]:
    """Return the source of the words as data."""
    return dict(page_words()["source"])
