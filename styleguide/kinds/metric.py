"""Measures of a whole page: words a sentence, share of long sentences. A measure is a hint, never a failure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from checks.model import Outcome
from styleguide.blocks import Block
from styleguide.reading import Reading
from styleguide.rules import Hit, Kind, Rule, Source, Term
from styleguide.words import list_words
from styleguide.yaml_entries import Entry

MIN_WORDS = 100
"""Words a page needs before its mean says something."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured, and the most that is fine."""

    metric: str
    most: int


def _lengths(blocks: list[Block]) -> list[int]:
    return [len(list_words(sentence.text)) for block in blocks for sentence in block.sentences]


def _mean_words(blocks: list[Block]) -> float:
    lengths = _lengths(blocks)
    return sum(lengths) / len(lengths) if lengths else 0.0


def _total_words(blocks: list[Block]) -> float:
    return float(sum(len(block.tokens) for block in blocks))


_METRICS: Mapping[str, Callable[[list[Block]], float]] = {
    "words-per-sentence": _mean_words,
    "words": _total_words,
}


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[Measure, tuple[Term, ...]]:
    most = entry.whole("max")
    if most is None:
        raise entry.wrong("max", "a metric rule needs a limit; add “max: 20”.")
    return Measure(entry.choice("metric", tuple(_METRICS)), most), ()


def _find(rule: Rule, reading: Reading) -> Iterator[Hit]:
    measure: Measure = rule.parameters
    blocks = [block for block in reading.blocks(rule) if not block.is_menu_entry]
    if sum(len(block.tokens) for block in blocks) < MIN_WORDS:
        return
    value = _METRICS[measure.metric](blocks)
    if value > measure.most:
        first = blocks[0]
        arguments: dict[str, str | int | float] = {"value": round(value), "limit": measure.most}
        yield Hit(
            rule, first, 0, len(first.text), rule.id, measure.metric, arguments=arguments, outcome=Outcome.CANT_TELL
        )


KIND = Kind("metric", ("metric", "max"), ("value", "limit"), _read, _find)
