"""All terms of a guide in one language as one automaton over words: linear in the text, whatever the text is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from styleguide.blocks import Block
from styleguide.rules import Rule, Term
from styleguide.words import Token, tokenise

_END = ""
"""The key under which a node keeps what ends there; no word is empty."""

ELIDING_LANGUAGES = frozenset({"fr", "it", "ca"})
"""Languages that join an article to the next word: in “l'utilisation” the word is “utilisation”."""

_SENTENCE_MARKS = ".!?:;\n"


class TermMatcher:
    """A trie over words. Each word of a text is looked up at most as often as the longest term has words."""

    def __init__(self, lang: str = "") -> None:
        self._root: dict[str, Any] = {}
        self._elides = lang in ELIDING_LANGUAGES

    def add(self, rule: Rule, term: Term) -> None:
        """Add all forms of a term; a form that two rules name belongs to the first, unless their case differs."""
        for form in term.forms:
            node = self._root
            for token in tokenise(form):
                node = node.setdefault(token.word, {})
            node.setdefault(_END, []).append((rule, term, form))

    def find(self, block: Block) -> Iterator[tuple[Rule, Term, int, int]]:
        """Yield the longest match at each place, left to right, without overlaps: rule, term, start, end."""
        tokens = block.tokens
        resume = 0
        root, elides = self._root, self._elides
        for index, token in enumerate(tokens):
            if index < resume:
                continue
            word = token.word
            found = self._match(block, index, word, token.start) if word in root else None
            if found is None and elides and "'" in word:
                article, _, noun = word.partition("'")
                found = self._match(block, index, noun, token.start + len(article) + 1)
            if found is not None:
                rule, term, start, last = found
                resume = last + 1
                yield rule, term, start, tokens[last].end

    def _match(self, block: Block, index: int, word: str, start: int) -> tuple[Rule, Term, int, int] | None:
        tokens, text = block.tokens, block.text
        node = self._root.get(word)
        if node is None:
            return None
        best = self._accept(node, block, tokens, index, index, start)
        for ahead in range(index + 1, len(tokens)):
            # Only white space may part the words of a phrase; more than one character is never only that.
            if tokens[ahead].start - tokens[ahead - 1].end != 1 or text[tokens[ahead].start - 1] != " ":
                break
            node = node.get(tokens[ahead].word)
            if node is None:
                break
            best = self._accept(node, block, tokens, index, ahead, start) or best
        return best

    @staticmethod
    def _accept(  # noqa: PLR0917 -- called in the innermost loop
        node: dict[str, Any], block: Block, tokens: Sequence[Token], first: int, last: int, start: int
    ) -> tuple[Rule, Term, int, int] | None:
        for rule, term, form in node.get(_END, ()):
            if term.case_sensitive and not _is_written_so(block, form, start, tokens[last].end):
                continue
            if term.case_sensitive and form[0].isupper() and _goes_on(block, tokens, last):
                continue
            if term.context is not None:
                previous = tokens[first - 1].word if first and _is_near(block, tokens[first - 1].end, start) else ""
                end = tokens[last].end
                follows = last + 1 < len(tokens) and _is_near(block, end, tokens[last + 1].start)
                if not term.context.suits(previous, tokens[last + 1].word if follows else ""):
                    continue
            return rule, term, start, last
        return None


def _is_near(block: Block, start: int, end: int) -> bool:
    """Return whether two words stand in one sentence, as far as the marks between them say."""
    return not any(char in _SENTENCE_MARKS for char in block.text[start:end])


def _is_written_so(block: Block, form: str, start: int, end: int) -> bool:
    """Return whether a form stands with its own capitals, and not where a sentence's first capital hides them."""
    return block.text[start:end] == form and (form[0].islower() or block.sentence_at(start).start != start)


def _goes_on(block: Block, tokens: Sequence[Token], last: int) -> bool:
    """Return whether the next word has a capital too: “Human Resources Office” is one name."""
    end = tokens[last].end
    return last + 1 < len(tokens) and tokens[last + 1].start == end + 1 and block.text[end + 1].isupper()


def build_matchers(rules: Iterable[Rule]) -> dict[str, TermMatcher]:
    """Return one matcher for each language that some rule has terms in."""
    matchers: dict[str, TermMatcher] = {}
    for rule in rules:
        for lang in rule.languages if rule.terms else ():
            matcher = matchers.setdefault(lang, TermMatcher(lang))
            for term in rule.terms:
                matcher.add(rule, term)
    return matchers
