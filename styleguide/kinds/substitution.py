"""Words that have a better one: each term with what to write for it."""

from __future__ import annotations

from collections.abc import Mapping

from styleguide.blocks import Block
from styleguide.kinds._terms import is_quoted, read_terms
from styleguide.rules import Hit, Kind, Rule, Source, Term
from styleguide.yaml_entries import Entry


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[None, tuple[Term, ...]]:
    return None, read_terms(entry, sources)


def _hit(rule: Rule, block: Block, term: Term, start: int, end: int) -> Hit | None:
    if is_quoted(block, start, end):
        return None
    phrase = block.text[start:end]
    better = " or ".join(f"“{word}”" for word in term.replace)
    return Hit(
        rule,
        block,
        start,
        end,
        key=phrase.lower(),
        context=block.sentence_at(start).text,
        message_id="failed" if better else "omit",
        arguments={"phrase": phrase, "better": better} if better else {"phrase": phrase},
        suggestion=", ".join(term.replace),
    )


KIND = Kind("substitution", ("terms",), ("phrase", "better"), _read, hit=_hit)
