"""Patterns over words in a row, such as a form of “be” and a participle: the passive voice, hidden verbs.

No tagger is asked: the steps are lists of words and classes of word endings. So such a rule is seldom of high
confidence. One with `max_per_1000_words` speaks once a page, of how thick its matches stand; one with
`max_per_sentence` speaks of sentences that have too many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from styleguide.blocks import Block
from styleguide.kinds import _english
from styleguide.kinds._terms import is_quoted
from styleguide.reading import Reading
from styleguide.rules import Hit, Kind, Rule, Source, Term, hit_at
from styleguide.sentences import Sentence
from styleguide.yaml_entries import Entry

_CLASSES: Mapping[str, Callable[[str], bool]] = {
    "participle": _english.is_participle,
    "any-participle": _english.is_any_participle,
    "adverb": _english.is_adverb,
    "be": _english.BE.__contains__,
    "modal": _english.MODALS.__contains__,
    "noun-of-action": _english.is_noun_of_action,
    "word": str.isalpha,
}

MAX_UPTO = 3
"""The most words one step may take, so that a match is short and matching linear."""

MIN_WORDS_FOR_SHARE = 150
"""Words a page needs before a share per 1,000 words means anything."""


@dataclass(frozen=True, slots=True)
class Step:
    """One place in the row: words, or a class of words; `upto` of them, or none where it is optional."""

    words: frozenset[str]
    test: Callable[[str], bool] | None
    optional: bool
    upto: int

    def takes(self, word: str) -> bool:
        """Return whether the word fits the step."""
        return word in self.words or (self.test is not None and self.test(word))


@dataclass(frozen=True, slots=True)
class Row:
    """The steps, what must not stand right before or follow in the sentence, and from how many to speak, if not at
    each: per 1,000 words of the page, or in one sentence.
    """

    steps: tuple[Step, ...]
    unless_after: frozenset[str]
    unless: frozenset[str]
    per_words: int | None
    per_sentence: int | None


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[Row, tuple[Term, ...]]:
    steps = tuple(_step(item) for item in entry.entries("steps"))
    if not steps or steps[0].optional:
        raise entry.wrong("steps", "the first step must not be optional.")
    before, after = (frozenset(entry.texts(key)) for key in ("unless_after", "unless_followed_by"))
    per_words, per_sentence = entry.whole("max_per_1000_words"), entry.whole("max_per_sentence")
    if per_words is not None and per_sentence is not None:
        raise entry.wrong("max_per_sentence", "a rule counts per 1,000 words or per sentence; remove one of the two.")
    return Row(steps, before, after, per_words, per_sentence), ()


def _step(item: Entry) -> Step:
    item.only("words", "class", "optional", "upto")
    if ("words" in item) == ("class" in item):
        raise item.wrong("words", "a step needs either “words:” or “class:”.")
    upto = item.whole("upto") or 1
    if upto > MAX_UPTO:
        raise item.wrong("upto", f"a step takes at most {MAX_UPTO} words.")
    test = _CLASSES[item.choice("class", tuple(_CLASSES))] if "class" in item else None
    return Step(frozenset(word.lower() for word in item.texts("words")), test, item.flag("optional"), upto)


def _find(rule: Rule, reading: Reading) -> Iterator[Hit]:
    row: Row = rule.parameters
    if row.per_sentence is not None:
        yield from _in_sentences(rule, reading, row, row.per_sentence)
        return
    hits = (hit for block in reading.blocks(rule) for hit in _in_block(rule, block, row))
    if row.per_words is None:
        yield from hits
        return
    words = sum(len(block.tokens) for block in reading.blocks(rule))
    found = list(hits) if words >= MIN_WORDS_FOR_SHARE else []
    if found and 1000 * len(found) > row.per_words * words:
        first = found[0]
        share = round(1000 * len(found) / words)
        arguments = {**first.arguments, "count": len(found), "share": share, "limit": row.per_words}
        yield Hit(rule, first.block, first.start, first.end, rule.id, first.context, arguments=arguments)


def _in_sentences(rule: Rule, reading: Reading, row: Row, most: int) -> Iterator[Hit]:
    """Yield a hit for each sentence that has more matches than `most`."""
    for block in reading.blocks(rule):
        for sentence, hits in groupby(_in_block(rule, block, row), _sentence_of):
            found = list(hits)
            if len(found) > most:
                phrase = " … ".join(block.text[hit.start : hit.end] for hit in found[:2])
                arguments: dict[str, str | int | float] = {"phrase": phrase, "count": len(found), "limit": most}
                start, end, text = sentence
                yield Hit(rule, block, start, end, text.lower(), text, arguments=arguments, weight=len(found))


def _sentence_of(hit: Hit) -> Sentence:
    return hit.block.sentence_at(hit.start)


def _in_block(rule: Rule, block: Block, row: Row) -> Iterator[Hit]:
    tokens = block.tokens
    first = row.steps[0]
    resume = 0
    for index, token in enumerate(tokens):
        if index < resume or not first.takes(token.word):
            continue
        if index and tokens[index - 1].word in row.unless_after:
            continue
        end = _match(block, row.steps, index)
        if end is None:
            continue
        start, stop = token.start, tokens[end - 1].end
        if _is_followed(block, row.unless, end, stop) or is_quoted(block, start, stop):
            continue
        resume = end
        yield hit_at(rule, block, start, stop)


def _match(block: Block, steps: tuple[Step, ...], index: int) -> int | None:
    """Return the index behind the last word of the row that begins at `index`; each step takes what it can."""
    tokens, text = block.tokens, block.text
    for step in steps:
        taken = 0
        while taken < step.upto and index < len(tokens) and step.takes(tokens[index].word):
            if index and (taken or step is not steps[0]) and text[tokens[index - 1].end : tokens[index].start] != " ":
                break
            index += 1
            taken += 1
        if not taken and not step.optional:
            return None
    return index


def _is_followed(block: Block, unless: frozenset[str], index: int, stop: int) -> bool:
    """Return whether one of the words follows in the same sentence."""
    if not unless:
        return False
    end = block.sentence_at(stop - 1).end
    for token in block.tokens[index : index + 25]:
        if token.start >= end:
            return False
        if token.word in unless:
            return True
    return False


KIND = Kind(
    "sequence",
    ("steps", "unless_after", "unless_followed_by", "max_per_1000_words", "max_per_sentence"),
    ("phrase", "count", "share", "limit"),
    _read,
    _find,
)
