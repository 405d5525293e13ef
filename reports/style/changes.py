"""The three changes that would help a text most, in words somebody can act on."""

from __future__ import annotations

from typing import NamedTuple

from reports.style.model import PlacedFinding, StyleText

MOST_CHANGES = 3
SHOWN_WORDS = 3
"""Examples named in one change."""

_WEIGHTS = {"error": 3.0, "warning": 2.0, "suggestion": 1.0}
_WEIGHT_OF_HARD_SENTENCE = 2.0
"""A sentence that costs much weighs as a warning does."""

MIN_COST = 0.2
"""Of a hundred words around it: a fifth of a school year. Below that nobody notices a sentence less."""

_WORDS_CHARS = 40


class Change(NamedTuple):
    """What to do, and the blocks or findings where: numbers to link to."""

    text: str
    findings: tuple[int, ...] = ()
    blocks: tuple[int, ...] = ()
    weight: float = 0.0


def best_changes(text: StyleText) -> tuple[Change, ...]:
    """Return at most three changes, the one that helps most first. Findings are numbered from 1 in their order."""
    groups: dict[str, list[tuple[int, PlacedFinding]]] = {}
    for number, found in enumerate(text.findings, 1):
        if not found.is_question:
            groups.setdefault(found.finding.rule, []).append((number, found))
    changes = [_of_rule(found) for found in groups.values()]
    hundreds = text.readability.words / 100 if text.readability else 1.0
    too_long = {found.place.block for found in text.findings if found.group == "length"}
    hard = [
        sentence
        for sentence in text.hard_sentences
        if sentence.cost * hundreds >= MIN_COST and sentence.block not in too_long  # said already
    ]
    if hard:
        what = "sentence that costs" if len(hard) == 1 else f"{len(hard)} sentences that cost"
        longest = max(sentence.words for sentence in hard)
        changes.append(
            Change(
                f"Rewrite the {what} most (up to {longest} words): say one thing in each, with shorter words.",
                blocks=tuple(sentence.block for sentence in hard),
                weight=_WEIGHT_OF_HARD_SENTENCE * len(hard),
            )
        )
    return tuple(sorted(changes, key=lambda change: -change.weight)[:MOST_CHANGES])


def _of_rule(found: list[tuple[int, PlacedFinding]]) -> Change:
    first = found[0][1]
    weight = _WEIGHTS.get(first.severity, 1.0) * len(found)
    numbers = tuple(number for number, _ in found)
    better = {_short(one.words).lower(): one.finding.suggestion for _, one in found if len(one.words) <= _WORDS_CHARS}
    if len(found) == 1 or not better:
        places = "" if len(found) == 1 else f" This is so in {len(found)} places."
        return Change(first.finding.message + places, numbers, weight=weight)
    same = {one.finding.suggestion for _, one in found}
    if first.group != "words" and len(same) == 1 and first.finding.suggestion.endswith("."):
        quoted = "; ".join(f"“{words}”" for words in list(better)[:SHOWN_WORDS])
        more = f"; and {len(better) - SHOWN_WORDS} more" if len(better) > SHOWN_WORDS else ""
        return Change(
            f"{first.finding.suggestion} This helps in {len(found)} places: {quoted}{more}.", numbers, weight=weight
        )
    named = "; ".join(_named(words, instead) for words, instead in list(better.items())[:SHOWN_WORDS])
    more = f"; and {len(better) - SHOWN_WORDS} more" if len(better) > SHOWN_WORDS else ""
    verb = "Replace" if first.group == "words" else "Mend"
    return Change(f"{verb} in {len(found)} places: {named}{more}.", numbers, weight=weight)


def _named(words: str, instead: str) -> str:
    is_word = instead and len(instead) <= _WORDS_CHARS and not instead.endswith(".")
    return f"“{words}” (write “{instead.split(', ', maxsplit=1)[0]}”)" if is_word else f"“{words}”"


def _short(words: str) -> str:
    return " ".join(words.split())
