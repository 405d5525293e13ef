"""Two spellings of one term. On one page the rarer is found; across a site the pages' counts are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from styleguide.blocks import Block
from styleguide.kinds._terms import is_quoted
from styleguide.reading import Reading
from styleguide.rules import Hit, Kind, Rule, Source, Term, hit_at
from styleguide.words import tokenise
from styleguide.yaml_entries import Entry

Groups = Mapping[str, Mapping[tuple[str, ...], str]]


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[Groups, tuple[Term, ...]]:
    """Return for each first word the forms that begin with it (as words) and the group each belongs to."""
    by_first: dict[str, dict[tuple[str, ...], str]] = {}
    for item in entry.entries("groups"):
        item.only("forms")
        forms = item.texts("forms")
        if len(forms) < 2:
            raise item.wrong("forms", "a group needs two spellings of one term at least.")
        for form in forms:
            words = tuple(token.word for token in tokenise(form))
            by_first.setdefault(words[0], {})[words] = " / ".join(forms)
    return by_first, ()


def count_forms(rule: Rule, reading: Reading) -> Mapping[str, Mapping[str, list[tuple[Block, int, int]]]]:
    """Return for each group its forms on the page with their places."""
    by_first: Groups = rule.parameters
    found: dict[str, dict[str, list[tuple[Block, int, int]]]] = {}
    for block in reading.blocks(rule):
        tokens = block.tokens
        for index, token in enumerate(tokens):
            for words, group in by_first.get(token.word, {}).items():
                last = index + len(words) - 1
                if last >= len(tokens) or tuple(t.word for t in tokens[index : last + 1]) != words:
                    continue
                start, end = token.start, tokens[last].end
                if not is_quoted(block, start, end):
                    found.setdefault(group, {}).setdefault(" ".join(words), []).append((block, start, end))
    return found


def _find(rule: Rule, reading: Reading) -> Iterator[Hit]:
    for forms in count_forms(rule, reading).values():
        if len(forms) < 2:
            continue
        counts = Counter({form: len(places) for form, places in forms.items()})
        usual = max(counts, key=lambda form: (counts[form], form))
        for form, places in forms.items():
            if form != usual:
                block, start, end = places[0]
                yield hit_at(rule, block, start, end, usual=usual, times=counts[usual])


KIND = Kind("consistency", ("groups",), ("phrase", "usual", "times"), _read, _find)
