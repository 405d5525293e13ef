"""Dates, times, numbers and telephone numbers that are not written in the guide's form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from styleguide.kinds._patterns import PATTERN_KEYS, Patterns, find_patterns, read_pattern, read_patterns
from styleguide.reading import Reading
from styleguide.rules import Hit, Kind, Rule, Source, Term, hit_at
from styleguide.yaml_entries import Entry


@dataclass(frozen=True, slots=True)
class Forms:
    """What looks like such a thing, what is the right form of it, and that form in words."""

    patterns: Patterns
    allowed: Any
    form: str


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[Forms, tuple[Term, ...]]:
    allowed = read_pattern(entry, "allows", case_sensitive=entry.flag("case_sensitive"))
    if allowed is None:
        raise entry.wrong("allows", "a format rule needs its right form; add “allows:” with a pattern.")
    return Forms(read_patterns(entry), allowed, entry.text("form")), ()


def _find(rule: Rule, reading: Reading) -> Iterator[Hit]:
    forms: Forms = rule.parameters
    for block, start, end in find_patterns(rule, reading, forms.patterns):
        if not forms.allowed.fullmatch(block.text[start:end]):
            yield hit_at(rule, block, start, end, form=forms.form)


KIND = Kind("format", ("allows", "form", *PATTERN_KEYS), ("phrase", "form"), _read, _find)
