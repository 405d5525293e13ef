"""What the kinds that look for words share: reading terms from YAML, and leaving quoted words alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import replace
from operator import attrgetter

from styleguide.agreement import agree
from styleguide.blocks import Block, BlockKind
from styleguide.replacements import say
from styleguide.rules import CONFIDENCES, Context, Hit, Rule, Source, Term, hit_at
from styleguide.words import tokenise
from styleguide.yaml_entries import Entry

QUOTED_WITHIN = 80
"""Characters to either side in which quotation marks are looked for: a quoted phrase, not a quoted page."""

WORDS_BEFORE = 3
"""Words before a term that tell its form: “has not yet commenced”."""

_EXPLAINED = re.compile(r"[—–]| [—–-] ")
"""A dash right after the words that open a block: they are what the block explains."""

_PAIRS = (("“", "”"), ("‘", "’"), ("«", "»"), ("„", "“"), ("»", "«"), ('"', '"'))

_CONTEXT_KEYS = ("after", "not_after", "before", "not_before")
_TERM_KEYS = ("term", "forms", "replace", "from", "note", "confidence", "case_sensitive", *_CONTEXT_KEYS)


def read_terms(entry: Entry, sources: Mapping[str, Source], key: str = "terms") -> tuple[Term, ...]:
    """Return the terms of a rule file: texts, or mappings with `term` and what a `Term` may have besides."""
    if key not in entry:
        return ()
    items = entry.get(key)
    if key == "tokens" and isinstance(items, list) and all(isinstance(item, str) for item in items):
        # Vale's name, whose tokens may be patterns: as words those would match nothing and say nothing
        for token in items:
            if any(char in "\\[]()|*+?^$" for char in token):
                raise entry.wrong(
                    key, f"“{token}” is a pattern; write it under “patterns:”, here are plain words only."
                )
    if isinstance(items, list) and items and all(isinstance(item, str) for item in items):
        return tuple(Term((_with_word(entry, key, form),), (), tuple(sources.values())) for form in items)
    return tuple(term for item in entry.entries(key) for term in _terms(item, sources))


def _terms(item: Entry, sources: Mapping[str, Source]) -> Iterator[Term]:
    """Yield a term; and one more for each form that names what to write for it: `forms: {utilisation: use}`."""
    item.only(*_TERM_KEYS)
    if not isinstance(item.get("forms"), Entry):
        yield _term(item, sources, item.texts("forms"))
        return
    plain = _term(item, sources, ())
    yield plain
    forms = item.entry("forms")
    for form in forms:
        yield replace(plain, forms=(_with_word(forms, form, form),), replace=tuple(forms.text(form).split("|")))


def _term(item: Entry, sources: Mapping[str, Source], others: tuple[str, ...]) -> Term:
    names = item.texts("from") or tuple(sources)
    for name in names:
        if name not in sources:
            raise item.wrong("from", f"no source is called “{name}”; use one of: {', '.join(sources)}.")
    forms = tuple(_with_word(item, "term", form) for form in (item.text("term"), *others))
    words = {name: frozenset(text.lower() for text in item.texts(name)) for name in _CONTEXT_KEYS if name in item}
    return Term(
        forms,
        item.texts("replace"),
        tuple(sources[name] for name in names),
        item.text("note", default=""),
        item.choice("confidence", CONFIDENCES) if "confidence" in item else "high",
        item.flag("case_sensitive"),
        Context(**words) if words else None,
    )


def _with_word(entry: Entry, key: str, form: str) -> str:
    if not tokenise(form):
        raise entry.wrong(key, f"“{form}” has no word in it; write a word or a phrase.")
    return form


def hit_term(rule: Rule, block: Block, term: Term, start: int, end: int) -> Hit | None:
    """Return the hit on a term, or None where it is quoted or a name. With nothing better to write, `omit` is said."""
    if is_quoted(block, start, end) or _is_name(block, term, block.text[start:end]):
        return None
    agreed = _agreed(block, term, start, end)
    better = say(agreed, block.lang)
    hit = hit_at(rule, block, start, end, **({"better": better} if better else {}))
    message_id = "failed" if better or "omit" not in rule.messages else "omit"
    return Hit(rule, block, start, end, hit.key, hit.context, message_id, hit.arguments, suggestion=", ".join(agreed))


def _agreed(block: Block, term: Term, start: int, end: int) -> tuple[str, ...]:
    """Return what to write for a term in the form that it has here. Other languages than English name each form."""
    if not term.replace or block.lang.split("-")[0] != "en":
        return term.replace
    index = bisect_left(block.tokens, start, key=_start_of)
    before = (token.word for token in block.tokens[max(0, index - WORDS_BEFORE) : index])
    return agree(term.forms[0], block.text[start:end], term.replace, before)


_start_of = attrgetter("start")


def _is_name(block: Block, term: Term, phrase: str) -> bool:
    """Return whether a phrase has capitals in running text that no form of it has: “In Order To Ltd”."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or block.is_menu_entry or phrase.isupper():
        return False
    words = phrase.split()
    if len(words) < 2 or not all(word[0].isupper() for word in words):
        return False
    return not any(phrase[1:] == form[1:] for form in term.forms)


def is_quoted(block: Block, start: int, end: int) -> bool:
    """Return whether the words are mentioned or quoted, not used: in quotation marks, alone in brackets, explained."""
    if start == 0 and _EXPLAINED.match(block.text, end):
        return True
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
