"""An organisation's own words: never write, always write, and names that no rule may touch."""

from __future__ import annotations

from dataclasses import dataclass

from styleguide.blocks import BlockKind
from styleguide.kinds import known_kinds
from styleguide.rules import Rule, Source, Term
from styleguide.words import tokenise
from styleguide.yaml_entries import Entry

_SCOPE = frozenset(BlockKind) - {BlockKind.QUOTE, BlockKind.LINK}


_SAID = {
    "never": (
        "A word that is never written here",
        "“{phrase}” is on your list of words never to write. Leave it out or say it another way.",
    ),
    "always": (
        "A word that is always written another way here",
        "“{phrase}” is written another way here. Write {better}.",
    ),
}


@dataclass(frozen=True, slots=True)
class WordLists:
    """Rules made of the lists `never` and `always`, and the names and exceptions."""

    rules: tuple[Rule, ...]
    names: tuple[str, ...]


def read_word_lists(words: Entry, guide: str) -> WordLists:
    """Return what stands under `words:` in a guide's file: `never`, `always`, `names`, `exceptions`, `language`."""
    words.only("never", "always", "names", "exceptions", "language")
    lang = words.text("language", default="en")
    lists: dict[str, list[Term]] = {"never": [], "always": []}
    source = Source(guide, "Word lists", "", "own", "own")
    for word in words.texts("never"):
        lists["never"].append(Term((_checked(words, "never", word),), (), (source,)))
    if "always" in words:
        swaps = words.entry("always")
        for old in swaps:
            lists["always"].append(Term((_checked(swaps, old, old),), tuple(swaps.text(old).split("|")), (source,)))
    rules = tuple(_rule(guide, name, lang, terms) for name, terms in lists.items() if terms)
    return WordLists(rules, words.texts("names") + words.texts("exceptions"))


def _checked(words: Entry, key: str, form: str) -> str:
    if not tokenise(form):
        raise words.wrong(key, f"“{form}” has no word in it; write a word or a phrase.")
    return form


def _rule(guide: str, own_id: str, lang: str, terms: list[Term]) -> Rule:
    title, message = _SAID[own_id]
    return Rule(
        id=f"{guide}/{own_id}",
        guide=guide,
        title=title,
        kind=known_kinds()["substitution"],
        messages={"failed": message},
        why="Your organisation has agreed on this word.",
        suggestion="Use the word from your list.",
        languages=frozenset({lang}),
        scope=_SCOPE,
        severity="warning",
        confidence="high",
        sources=terms[0].sources,
        terms=tuple(terms),
    )
