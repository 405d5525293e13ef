"""Something that is fine once and too much often: commas, numbers, negatives in one sentence, block or page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from styleguide.blocks import Block
from styleguide.kinds._patterns import PATTERN_KEYS, Patterns, find_patterns, read_patterns
from styleguide.reading import Reading
from styleguide.rules import Hit, Kind, Rule, Source, Term
from styleguide.yaml_entries import Entry


@dataclass(frozen=True, slots=True)
class Limits:
    """The most matches in one unit that are not too many."""

    patterns: Patterns
    per: str
    most: int


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[Limits, tuple[Term, ...]]:
    most = entry.whole("max")
    if most is None:
        raise entry.wrong("max", "an occurrence rule needs a limit; add “max: 3”.")
    return Limits(read_patterns(entry), entry.choice("per", ("sentence", "block", "page")), most), ()


def _find(rule: Rule, reading: Reading) -> Iterator[Hit]:
    limits: Limits = rule.parameters
    units: defaultdict[tuple[int, int], list[tuple[Block, int, int]]] = defaultdict(list)
    for block, start, end in find_patterns(rule, reading, limits.patterns):
        units[_unit(limits.per, block, start)].append((block, start, end))
    for places in units.values():
        if len(places) <= limits.most:
            continue
        block, start, _ = places[0]
        sentence = block.sentence_at(start)
        low, high = (0, len(block.text)) if limits.per == "block" else (sentence.start, sentence.end)
        text = block.text[low:high]
        arguments: dict[str, str | int | float] = {"count": len(places), "limit": limits.most, "phrase": text[:200]}
        yield Hit(rule, block, low, high, text.lower(), text, arguments=arguments)


def _unit(per: str, block: Block, start: int) -> tuple[int, int]:
    if per == "page":
        return 0, 0
    return id(block), block.sentence_at(start).start if per == "sentence" else 0


KIND = Kind("occurrence", ("max", "per", *PATTERN_KEYS), ("phrase", "count", "limit"), _read, _find)
