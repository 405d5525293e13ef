"""All terms of a guide in one language as one automaton over words: linear in the text, whatever the text is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from styleguide.blocks import Block
from styleguide.rules import Rule, Term
from styleguide.words import tokenise

_END = ""
"""The key under which a node keeps what ends there; no word is empty."""


class TermMatcher:
    """A trie over words. Each word of a text is looked up at most as often as the longest term has words."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, rule: Rule, term: Term) -> None:
        """Add all forms of a term; a form that two rules name belongs to the first."""
        for form in term.forms:
            node = self._root
            for token in tokenise(form):
                node = node.setdefault(token.word, {})
            node.setdefault(_END, (rule, term))

    def find(self, block: Block) -> Iterator[tuple[Rule, Term, int, int]]:
        """Yield the longest match at each place, left to right, without overlaps: rule, term, start, end."""
        tokens, text = block.tokens, block.text
        root = self._root
        resume = 0
        for index, token in enumerate(tokens):
            if index < resume:
                continue
            node = root.get(token.word)
            if node is None:
                continue
            found = node.get(_END)
            last = index
            for ahead in range(index + 1, len(tokens)):
                # Only white space may part the words of a phrase; more than one character is never only that.
                if tokens[ahead].start - tokens[ahead - 1].end != 1 or text[tokens[ahead].start - 1] != " ":
                    break
                node = node.get(tokens[ahead].word)
                if node is None:
                    break
                if _END in node:
                    found, last = node[_END], ahead
            if found is not None:
                resume = last + 1
                yield (*found, token.start, tokens[last].end)


def build_matchers(rules: Iterable[Rule]) -> dict[str, TermMatcher]:
    """Return one matcher for each language that some rule has terms in."""
    matchers: dict[str, TermMatcher] = {}
    for rule in rules:
        for lang in rule.languages if rule.terms else ():
            matcher = matchers.setdefault(lang, TermMatcher())
            for term in rule.terms:
                matcher.add(rule, term)
    return matchers
