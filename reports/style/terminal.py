"""A style report in the terminal, as a good linter prints: place, words, why, the better word, the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from checks.model import Readability
from reports.escape import terminal_text
from reports.style.model import PlacedFinding, StyleText

SNIPPET_CHARS = 160
_COLOURS = {"error": "31", "warning": "33", "suggestion": "36", "question": "35"}


class Look(NamedTuple):
    """Whether to colour. Colour only repeats what the words say."""

    colour: bool = False

    def paint(self, text: str, code: str) -> str:
        """Return `text` in a colour or weight (an SGR code), or as it is."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text


def finding_lines(text: StyleText, look: Look) -> Iterator[str]:
    """Yield the findings of one text, a paragraph each."""
    if text.error:
        yield f"{look.paint('not checked', '31')}: {terminal_text(text.error)}\n"
        return
    for found in text.findings:
        yield _finding(text.name, found, look)


def across_lines(texts: Iterable[StyleText], look: Look) -> Iterator[str]:
    """Yield the findings that show only across several texts, under a heading of their own; nothing without any."""
    is_first = True
    for text in texts:
        for found in text.findings:
            if is_first:
                yield f"\n{look.paint('Across these texts:', '1')}\n"
                is_first = False
            yield _finding(text.name, found, look)


def _finding(name: str, found: PlacedFinding, look: Look) -> str:
    finding, place = found.finding, found.place
    where = f"{place.line}:{place.column}" if place.line else f" block {place.block}"
    label = "question" if found.is_question else found.severity
    shown = terminal_text(name if name != "-" else "standard input")
    head = f"{look.paint(f'{shown}:{where}', '1')}: {look.paint(label, _COLOURS[label])}"
    lines = [f"{head}: {terminal_text(finding.message)} [{terminal_text(finding.rule)}]"]
    lines.append(f"    {_snippet(found, look)}")
    if not all(part in finding.message for part in finding.suggestion.split(", ")):
        lines.append(f"    {terminal_text(finding.suggestion)}")
    if finding.help_url:
        lines.append(f"    {look.paint(terminal_text(finding.help_url), '2')}")
    return "\n".join(lines) + "\n"


def _snippet(found: PlacedFinding, look: Look) -> str:
    """Return the words in their context, underlined where that can be shown and they are not all of it."""
    snippet = terminal_text(found.finding.snippet)
    cut = snippet[:SNIPPET_CHARS] + ("…" if len(snippet) > SNIPPET_CHARS else "")
    words = terminal_text(found.words.replace("\n", " "))
    if not words or cut.count(words) != 1 or len(words) == len(cut):
        return cut
    before, after = cut.split(words)
    return f"{before}{look.paint(words, '4')}{after}"


def summary_lines(text: StyleText, look: Look) -> Iterator[str]:
    """Yield what one text is like as a whole: findings counted, reading age, the sentences that cost most."""
    if text.error:
        return
    counts = Counter("question" if found.is_question else found.severity for found in text.findings)
    parts = [_plural(counts[label], label) for label in _COLOURS if counts[label]]
    name = terminal_text(text.name if text.name != "-" else "standard input")
    yield f"\n{look.paint(name, '1')}: {', '.join(parts) or 'nothing found'}.\n"
    if text.readability:
        yield f"Reading age: {reading_age(text.readability)}\n"
    if text.hard_sentences:
        yield "The sentences that cost most:\n"
    for sentence in text.hard_sentences:
        where = f"line {sentence.line}" if sentence.line else f"block {sentence.block}"
        shown = terminal_text(sentence.text)
        cut = shown[:SNIPPET_CHARS] + ("…" if len(shown) > SNIPPET_CHARS else "")
        yield f"  {where}, {sentence.words} words: {cut}\n"
    for note in text.notes:
        yield f"Note: {terminal_text(note)}\n"


def reading_age(readability: Readability) -> str:
    """Return in words whom a text suits, or why nobody can tell."""
    if not readability.school_age:
        return readability.no_score_reason
    score = next(
        (value for name, value in readability.scores.items() if name == readability.formula), None
    )  # fmt: skip
    number = f" {score:g}" if score is not None else ""
    return (
        f"{readability.school_age} ({readability.formula}{number}; "
        f"{readability.words} words, {readability.words_per_sentence:g} a sentence)."
    )


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")
