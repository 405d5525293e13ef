"""What the Write screen says of a text: its marks, its hints, and the words that may replace others."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from reports.style.model import PlacedFinding, StyleText
from reports.style.view import Shown, show_text
from scan.style import judge, with_readability
from styleguide.guides import Guide
from styleguide.input.draft import read_text
from styleguide.replacements import replacements
from web.config import MAX_MARKED_CHARS

DRAFT_NAME = "draft"
MAX_BETTER_WORDS = 3
"""Replacements offered at one place; the message names all of them."""

_BEYOND_UTF16 = 0xFFFF


class Hint(NamedTuple):
    """A finding as the panel shows it: `better` are the words that may stand in its place, `start` and `end` where."""

    number: int
    found: PlacedFinding
    better: tuple[str, ...]

    @property
    def start(self) -> int:
        """Where its words begin in the text."""
        return self.found.place.start

    @property
    def end(self) -> int:
        """Where they end."""
        return self.found.place.end


@dataclass(frozen=True, slots=True)
class Judged:
    """A text and what was found in it."""

    source: str
    shown: Shown
    hints: tuple[Hint, ...]

    @property
    def text(self) -> StyleText:
        """The text as the style report knows it."""
        return self.shown.text

    @property
    def status(self) -> str:
        """One sentence or two, short enough to be read out after each pause."""
        number = len(self.hints)
        count = "No hints" if not number else "1 hint" if number == 1 else f"{number} hints"
        age = self.text.readability.school_age if self.text.readability else ""
        return f"{count}. Reading age: {age}." if age else f"{count}."

    def marks(self) -> list[dict[str, object]]:
        """Return what a script needs to mark the text: offsets count UTF-16 units, as scripts do."""
        wide = [index for index, char in enumerate(self.source) if ord(char) > _BEYOND_UTF16]

        def units(offset: int) -> int:
            return offset + bisect_right(wide, offset - 1)

        return [
            {
                "number": hint.number,
                "start": units(hint.start),
                "end": units(hint.end),
                "group": hint.found.group,
                "message": hint.found.finding.message,
                "better": list(hint.better),
            }
            for hint in self.hints
            if hint.end > hint.start
        ]


def too_long(text: str) -> str:
    """Return why a text is not marked, "" when it is not too long."""
    if len(text) <= MAX_MARKED_CHARS:
        return ""
    return (
        f"This text has {len(text):,} characters; up to {MAX_MARKED_CHARS:,} are marked here. "
        "It is kept as it is. Take a part of it, or save it to a file and use: curbcut style FILE"
    )


def judge_text(source: str, guide: Guide, lang: str = "") -> Judged:
    """Return what `guide` says of a text as it stands in the editor."""
    draft = read_text(source, DRAFT_NAME, lang=lang)
    text = with_readability(judge(draft, guide), draft)
    hints = tuple(Hint(number, found, _better(draft.source, found)) for number, found in enumerate(text.findings, 1))
    return Judged(draft.source, show_text("t", text), hints)


def replace_words(source: str, judged: Judged, start: int, end: int, word: str) -> str | None:
    """Return the text with one hint's words replaced, or None where no hint offers that: the text has changed."""
    for hint in judged.hints:
        if (hint.start, hint.end) == (start, end) and word in hint.better:
            return source[:start] + word + source[end:]
    return None


def _better(source: str, found: PlacedFinding) -> tuple[str, ...]:
    """Return what may be written instead, in the letters of what stands there now."""
    place = found.place
    words = source[place.start : place.end]
    if not place.is_exact or words != found.words or found.is_question:
        return ()
    named = replacements(found.finding)
    if words[:1].isupper():
        named = [word[:1].upper() + word[1:] for word in named]
    return tuple(dict.fromkeys(word for word in named if word != words))[:MAX_BETTER_WORDS]
