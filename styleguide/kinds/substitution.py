"""Words that have a better one: each term with what to write for it. Vale's `swap` (old: new) is read too."""

from __future__ import annotations

from collections.abc import Mapping

from styleguide.kinds._terms import hit_term, read_terms
from styleguide.rules import Kind, Source, Term
from styleguide.words import tokenise
from styleguide.yaml_entries import Entry


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[None, tuple[Term, ...]]:
    terms = read_terms(entry, sources) + (_swaps(entry.entry("swap"), sources) if "swap" in entry else ())
    if not terms:
        raise entry.wrong("terms", "a substitution rule needs words; add “terms:” or “swap:”.")
    return None, terms


def _swaps(swap: Entry, sources: Mapping[str, Source]) -> tuple[Term, ...]:
    for old in swap:
        if not tokenise(old) or any(char in "\\[]()|*+?^$" for char in old):
            raise swap.wrong(old, f"“{old}” must be plain words; patterns belong in an “existence” rule.")
    return tuple(Term((old,), tuple(swap.text(old).split("|")), tuple(sources.values())) for old in swap)


KIND = Kind("substitution", ("terms", "swap"), ("phrase", "better"), _read, hit=hit_term)
