"""Abbreviations that the page never explains."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from styleguide.kinds._terms import is_quoted
from styleguide.reading import Reading
from styleguide.rules import Hit, Kind, Rule, Source, Term, hit_at
from styleguide.yaml_entries import Entry

_ABBREVIATION = re.compile(r"(?<![\w.&/#@-])[A-Z]{2,6}(?=s?(?![\w&/@-]))")
_ROMAN = re.compile(r"[IVX]+")
_IN_BRACKETS = re.compile(r"\(([^()]{2,80})\)")
_CAPITALS = re.compile(r"\b[A-Z]{2,6}s?\b")


@dataclass(frozen=True, slots=True)
class Known:
    """Abbreviations that everybody the page is for knows, and how often one may stand before it must be explained."""

    allow: frozenset[str]
    min_uses: int


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[Known, tuple[Term, ...]]:
    return Known(frozenset(entry.texts("allow") + entry.texts("allow_too")), entry.whole("min_uses") or 1), ()


def _find(rule: Rule, reading: Reading) -> Iterator[Hit]:
    known: Known = rule.parameters
    explained: frozenset[str] | None = None
    uses: dict[str, list[Hit]] = {}
    for block in reading.blocks(rule):
        if block.text.isupper():
            continue  # all of it is in capitals, so nothing tells an abbreviation from a word
        for match in _ABBREVIATION.finditer(block.text):
            short = match.group()
            if short in known.allow or _ROMAN.fullmatch(short):
                continue
            if block.is_unread(*match.span()) or is_quoted(block, *match.span()):
                continue
            if explained is None:
                explained = frozenset(_explained(reading))
            if short in explained or _among_capitals(block.text, match):
                continue
            uses.setdefault(short, []).append(hit_at(rule, block, match.start(), match.end()))
    for hits in uses.values():
        if len(hits) >= known.min_uses:
            yield hits[0]


def _explained(reading: Reading) -> Iterator[str]:
    """Yield abbreviations that stand in brackets after words, before words in brackets, or in `<abbr title>`."""
    for block in reading.document.blocks:
        text = block.text
        for match in _IN_BRACKETS.finditer(text):
            inner = match.group(1)
            yield from (short.rstrip("s") for short in _CAPITALS.findall(inner))
            before = _CAPITALS.findall(text[max(0, match.start() - 12) : match.start()])
            if before and " " in inner:
                yield before[-1].rstrip("s")
    root = reading.root
    for tag in root.find_all("abbr") if root is not None else ():
        if tag.get("title"):
            yield tag.get_text().strip().rstrip("s")


def _among_capitals(text: str, match: re.Match[str]) -> bool:
    """Return whether a neighbour is in capitals too: a shouted heading or a code such as “AB CD 12”."""
    before, after = text[: match.start()].rstrip()[-4:], text[match.end() :].lstrip()[:4]
    return any(len(side) > 1 and side.isupper() and side.isalpha() for side in (before[-2:], after[:2]))


KIND = Kind("first-use", ("allow", "allow_too", "min_uses"), ("phrase",), _read, _find)
