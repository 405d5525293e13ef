"""What the kinds that look for words share: reading terms from YAML, and leaving quoted words alone."""

from __future__ import annotations

from collections.abc import Mapping

from styleguide.blocks import Block
from styleguide.rules import Source, Term
from styleguide.words import tokenise
from styleguide.yaml_entries import Entry

QUOTED_WITHIN = 80
"""Characters to either side in which quotation marks are looked for: a quoted phrase, not a quoted page."""

_PAIRS = (("“", "”"), ("‘", "’"), ("«", "»"), ("„", "“"), ("»", "«"), ('"', '"'))


def read_terms(entry: Entry, sources: Mapping[str, Source]) -> tuple[Term, ...]:
    """Return the terms of a rule file. Each has `term`, and may have `forms`, `replace`, `from` and `note`."""
    terms: list[Term] = []
    for item in entry.entries("terms"):
        item.only("term", "forms", "replace", "from", "note")
        names = item.texts("from") or tuple(sources)
        for name in names:
            if name not in sources:
                raise item.wrong("from", f"no source is called “{name}”; use one of: {', '.join(sources)}.")
        forms = (item.text("term"), *item.texts("forms"))
        for form in forms:
            if not tokenise(form):
                raise item.wrong("term", f"“{form}” has no word in it; write a word or a phrase.")
        found = tuple(sources[name] for name in names)
        terms.append(Term(forms, item.texts("replace"), found, item.text("note", default="")))
    return tuple(terms)


def is_quoted(block: Block, start: int, end: int) -> bool:
    """Return whether the words stand in quotation marks or alone in brackets: mentioned or quoted, not used."""
    if block.text[start - 1 : start] == "(" and block.text[end : end + 2].lstrip(".").startswith(")"):
        return True
    before = block.text[max(0, start - QUOTED_WITHIN) : start]
    after = block.text[end : end + QUOTED_WITHIN]
    for opening, closing in _PAIRS:
        at = before.rfind(opening)
        if at < 0 or closing not in after:
            continue
        if opening == closing:
            if before.count(opening) % 2:
                return True
        elif closing not in before[at + 1 :] or (closing == "’" and before.endswith("‘")):
            return True
    return False
