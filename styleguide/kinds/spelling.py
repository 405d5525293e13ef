"""Words that no dictionary of their language has. Names, abbreviations, codes and quoted words are left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from styleguide.blocks import Block
from styleguide.dictionaries import is_spelt_right, near_word, what_is_missing
from styleguide.kinds._terms import is_quoted
from styleguide.reading import Reading
from styleguide.rules import Hit, Kind, Rule, Source, Term, hit_at
from styleguide.words import Token, words_in
from styleguide.yaml_entries import Entry

MIN_LETTERS = 4
"""Shorter words are mostly abbreviations and parts of names."""

MIN_GERMAN_NOUN = 10
"""Letters from which a German word with a capital is seldom a person's or a place's name."""

MAX_LETTERS = 40
"""Longer “words” are codes; and German compounds take a dictionary longer the longer they are."""

MAX_NEW_WORDS = 3_000
"""Different words of one page that are looked up, so that a page of random letters costs a bounded time."""

MAX_ADVICE = 20
"""Words of one page for which the right one is looked for: each costs some thousand look-ups."""

MIN_PART = 4
"""Letters of each part of a new compound: “waitlist”; “thenotice” lacks a space."""

_PREFIXES = words_in(
    "anti auto bio co counter cyber de dis eco fore geo hyper in inter micro mid mini mis multi nano neuro non out "
    "over photo pre pro pseudo psycho re semi sub super tele trans un under uni up"
)
"""What English puts before words without asking a dictionary."""

MAX_USES = 2
"""A word that a page uses more often is a term of its subject and no slip."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Words that are right whatever the dictionaries say."""

    allowed: frozenset[str]


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[Settings, tuple[Term, ...]]:
    return Settings(frozenset(word.lower() for word in entry.texts("allow"))), ()


def _lacks(rule: Rule, reading: Reading) -> str:
    """Return what is missing to check the page's languages, as text, or ""."""
    langs = sorted({block.lang for block in reading.blocks(rule) if block.lang})
    return "; ".join(dict.fromkeys(filter(None, map(what_is_missing, langs))))


def _find(rule: Rule, reading: Reading) -> Iterator[Hit]:
    settings: Settings = rule.parameters
    blocks = reading.blocks(rule)
    checked = {lang for lang in {block.lang for block in blocks} if lang and not what_is_missing(lang)}
    if not checked:
        return
    uses = Counter((block.lang, token.word) for block in blocks for token in block.tokens)
    looked_up: dict[tuple[str, str], bool] = {}
    advised: set[tuple[str, str]] = set()
    for block in blocks:
        if block.lang not in checked:
            continue
        for token in block.tokens:
            key = (block.lang, token.word)
            if not _is_plain(block, token) or token.word in settings.allowed or uses[key] > MAX_USES:
                continue
            if key not in looked_up:
                if len(looked_up) >= MAX_NEW_WORDS:
                    return
                looked_up[key] = _is_right(block.text[token.start : token.end], block.lang)
            if not looked_up[key] and not is_quoted(block, token.start, token.end):
                written = block.text[token.start : token.end]
                advised.add(key)
                near = near_word(written, block.lang) if len(advised) <= MAX_ADVICE else ""
                hit = hit_at(rule, block, token.start, token.end, message_id="near" if near else "failed", near=near)
                yield replace(hit, suggestion=near) if near else hit


def _is_plain(block: Block, token: Token) -> bool:
    """Return whether this is an ordinary word: letters, no name, no code, no part of an address."""
    written = block.text[token.start : token.end]
    letters = written.replace("-", "").replace("'", "").replace("’", "").replace("‑", "")
    if not MIN_LETTERS <= len(letters) <= MAX_LETTERS or not letters.isalpha():
        return False
    if any(char.isupper() for char in written):
        # A name, an abbreviation or the first word of a sentence. German nouns have capitals, and names are shorter.
        is_noun = block.lang == "de" and written[1:].islower() and len(letters) >= MIN_GERMAN_NOUN
        if not is_noun:
            return False
    beside = block.text[max(0, token.start - 1) : token.start] + block.text[token.end : token.end + 1]
    if block.text[token.end : token.end + 2] in (":/", ":\\"):
        return False
    return not any(char in "@/\\_#=<>{}[]&%~" for char in beside) and ".-" not in beside


def _is_right(written: str, lang: str) -> bool:
    word = written.replace("’", "'").replace("‑", "-").replace("\N{SOFT HYPHEN}", "")
    if is_spelt_right(word, lang):
        return True
    parts = [part for part in word.replace("'", "-").split("-") if len(part) >= MIN_LETTERS]
    if parts != [word] and all(is_spelt_right(part, lang) for part in parts):
        return True
    return lang == "en" and _is_made_of_words(word)


def _is_made_of_words(word: str) -> bool:
    """Return whether an English word is a new compound or has a living prefix: dictionaries are never complete."""
    rests = (word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix))
    if any(len(rest) >= MIN_PART and is_spelt_right(rest, "en") for rest in rests):
        return True
    cuts = range(MIN_PART, len(word) - MIN_PART + 1)
    return any(is_spelt_right(word[:cut], "en") and is_spelt_right(word[cut:], "en") for cut in cuts)


KIND = Kind("spelling", ("allow",), ("phrase", "near"), _read, _find, lacks=_lacks)
