"""How hard a text is to read: its language's formula over our own sentences and syllables, and what costs most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from heapq import nlargest
from typing import NamedTuple

from checks.model import Readability
from styleguide.blocks import BOILERPLATE_REGIONS, Block, BlockKind, TextDocument
from styleguide.counts import NOTHING, Counts, count_fragment, count_sentence
from styleguide.formulas import FORMULAS, LIX, Formula
from styleguide.school_age import school_age
from styleguide.sentences import Sentence
from styleguide.spoken import sample, tell_language
from styleguide.words import list_words

MIN_WORDS = 100
"""Flesch took samples of 100 words (1948); with less text one sentence moves the score by whole grades."""

MIN_BLOCK_WORDS = 5
"""Shorter paragraphs and list items are labels and menu entries, not sentences, unless they end with a stop."""

_ENDING = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")

_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.HINT})
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my", "bo"})
"""Languages written without spaces between words."""


class CostlySentence(NamedTuple):
    """A sentence that makes the text harder: `cost` is by how much the score would be better without it."""

    block: Block
    sentence: Sentence
    words: int
    cost: float


def running_text(blocks: Iterable[Block], lang: str) -> Iterator[tuple[Block, Sentence]]:
    """Yield the sentences of the text's own prose in its language, in reading order."""
    for block in _prose(blocks, lang):
        if not _is_fragment(block):
            for sentence in block.sentences:
                yield block, sentence


def count_prose(blocks: Iterable[Block], lang: str) -> Counts:
    """Return the counts of the text's own prose. A list's short items count as words, not as sentences."""
    total = NOTHING
    for block in _prose(blocks, lang):
        if not _is_fragment(block):
            total = sum((count_sentence(sentence.text, lang) for sentence in block.sentences), total)
        elif block.kind is BlockKind.LIST_ITEM:
            total += count_fragment(block.text, lang)
    return total


def _prose(blocks: Iterable[Block], lang: str) -> Iterator[Block]:
    for block in blocks:
        is_own = block.region not in BOILERPLATE_REGIONS and block.lang == lang
        if is_own and block.kind in _RUNNING and not block.is_menu_entry:
            yield block


def _is_fragment(block: Block) -> bool:
    return not _ENDING.search(block.text[-4:]) and len(list_words(block.text)) < MIN_BLOCK_WORDS


def measure(document: TextDocument) -> Readability:
    """Return a text's size, and its readability where there is text enough for a score."""
    found = score(count_prose(document.blocks, document.lang), document.lang)
    if not found.scores:
        return found
    told = tell_language(sample(_prose(document.blocks, document.lang)), document.lang)
    if told == document.lang:
        return found
    from language import english_name  # noqa: PLC0415 # few pages need it

    reason = (
        f"The page says it is in {english_name(document.lang)}, but its text looks {english_name(told)}, so no formula "
        "fits. Set the right lang attribute."
    )
    return Readability(found.lang, found.words, found.sentences, found.words_per_sentence, no_score_reason=reason)


def score(counts: Counts, lang: str, *, min_words: int = MIN_WORDS) -> Readability:
    """Return what these counts say of a text in `lang`; with fewer than `min_words` no score, and why."""
    per_sentence = round(counts.words_per_sentence, 1) if counts.sentences else None
    reason = _no_score_reason(lang, counts, min_words)
    if reason:
        return Readability(lang, counts.words, counts.sentences, per_sentence, no_score_reason=reason)
    lix = round(LIX.score(counts, lang), 1)
    formulas = FORMULAS.get(lang, ())
    scores = {f.name: round(f.score(counts, lang), 1) for f in formulas if counts.sentences >= f.least_sentences}
    scores.setdefault(LIX.name, lix)
    if not formulas:
        reason = (
            "There is no readability formula for this language here, so no school age. "
            f"Judge by the lengths: {per_sentence:g} words a sentence."
        )
        return Readability(lang, counts.words, counts.sentences, per_sentence, no_score_reason=reason, scores=scores)
    main = formulas[0]
    grade = scores[main.name] if main.gives == "grade" else None
    ease = next((scores[f.name] for f in formulas if f.gives == "ease" and f.name in scores), None)
    age = school_age(lang, grade=grade, ease=ease, lix=lix)
    return Readability(
        lang, counts.words, counts.sentences, per_sentence, grade, ease, main.name, age, scores=scores
    )  # fmt: skip


def costly_sentences(document: TextDocument, most: int = 3) -> tuple[CostlySentence, ...]:
    """Return the sentences that cost most by the language's formula, worst first; none without a formula or a score."""
    lang = document.lang
    if not FORMULAS.get(lang):
        return ()
    formula = FORMULAS[lang][0]
    total = count_prose(document.blocks, lang)
    if total.words < MIN_WORDS:
        return ()
    each = [
        (block, sentence, count_sentence(sentence.text, lang))
        for block, sentence in running_text(document.blocks, lang)
    ]
    whole = formula.score(total, lang)
    costs = {
        sentence.text: CostlySentence(block, sentence, counts.words, _cost(formula, lang, whole, total - counts))
        for block, sentence, counts in reversed(
            each
        )  # a sentence that stands in several places is told once, the first
    }
    return tuple(
        nlargest(most, (costly for costly in costs.values() if costly.cost > 0), key=lambda costly: costly.cost)
    )


def _cost(formula: Formula, lang: str, whole: float, rest: Counts) -> float:
    if not rest.sentences:
        return 0.0
    better = whole - formula.score(rest, lang)
    return better if formula.is_higher_harder else -better


def _no_score_reason(lang: str, counts: Counts, min_words: int) -> str:
    if not lang:
        return "The page does not say which language it is in, so no formula fits. Set the lang attribute of <html>."
    if lang in _UNSPACED:
        return "This language is written without spaces between words, which the formulas need."
    if not counts.sentences:
        return "There is no sentence here, so there is nothing to score. Headings, menus and tables do not count."
    if counts.words < min_words:
        plural = "" if counts.words == 1 else "s"
        return (
            f"Only {counts.words} word{plural} of running text; a score needs at least {min_words}. "
            "Headings, menus and tables do not count."
        )
    return ""
