"""What may be written in place of the words that a finding marks."""

from __future__ import annotations

from collections.abc import Iterable

from checks.model import Finding

GAP = "…"

_SAID = {
    "de": ("„{}“", " oder "),
    "es": ("«{}»", " o "),
    "fr": ("« {} »", " ou "),
    "nl": ("“{}”", " of "),
}
"""How words are named in a message of a language: its quotation marks, and its “or”."""

_ENGLISH = ("“{}”", " or ")


def say(words: Iterable[str], lang: str) -> str:
    """Return `words` as a message in their language names them: “begin” or “start”."""
    quoted, between = _SAID.get(lang.split("-", 1)[0], _ENGLISH)
    return between.join(quoted.format(word) for word in words)


def replacements(finding: Finding) -> list[str]:
    """Return the words that can stand where the marked ones do, the best first: those that the message names.

    What has a gap, such as “to …”, is advice for a person: put there as it is, it would break the sentence.
    """
    words = finding.suggestion.split(", ")
    return [word for word in words if GAP not in word and _is_named(word, finding.message)]


def _is_named(word: str, message: str) -> bool:
    return any(quoted.format(word) in message for quoted, _ in (_ENGLISH, *_SAID.values()))
