"""The words of accessibility statements by language, from `data/phrases.yaml` and `data/words.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from checks.statement.matching import Phrase, compile_phrase, plain

STATUSES = ("full", "partial", "none")
HEADINGS = ("status", "non_accessible", "preparation", "feedback", "enforcement")
REASONS = ("burden", "out_of_scope")
WORDS = ("commitment", "scope", "law", "self", "third", "prepared", "reviewed", "promise", "negation")
VARIANT_LENGTH = 0.8
"""A variant of a title that is as long as this share of the statutory one names the statement, not the subject alone:
"Barrierefreiheitserklärung" does, "Barrierefreiheit" does not."""

UNSURE = ("low", "medium")
"""Confidence of a language's row that makes its phrases hints only."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language's phrases by group: titles, headings, statuses, reasons, and the words of `WORDS`.

    `unverified` holds the groups whose phrases were written down from memory.
    """

    code: str
    titles: tuple[str, ...]
    groups: dict[str, tuple[Phrase, ...]]
    written: dict[str, tuple[str, ...]]
    unverified: frozenset[str]

    @property
    def title(self) -> str:
        """The statutory title."""
        return self.titles[0]

    def is_unverified(self, *groups: str) -> bool:
        """Return whether a result that rests on one of these groups stands on memory alone."""
        return any(group in self.unverified for group in groups)


@cache
def languages() -> dict[str, Language]:
    """Return all languages by code."""
    told, ours = _load("phrases")["languages"], _load("words")["languages"]
    return {code: _language(code, row, ours[code]) for code, row in told.items()}


@cache
def address_hints() -> frozenset[str]:
    """Return words in addresses that hint at a statement."""
    return frozenset(_load("phrases")["addresses"])


@cache
def title_index() -> dict[str, tuple[str, bool]]:
    """Return each language's titles in plain form: (language, whether it is the statutory title)."""
    found: dict[str, tuple[str, bool]] = {}
    for code, language in languages().items():
        for title in language.titles:
            found.setdefault(plain(title), (code, title == language.title))
    return found


@cache
def statement_titles() -> frozenset[str]:
    """Return the titles, in plain form, that name a statement: the statutory ones, and variants about as long.

    Shorter variants, such as "Accessibilité", are also those of other pages.
    """
    return frozenset(
        plain(title)
        for language in languages().values()
        for title in language.titles
        if len(title) >= VARIANT_LENGTH * len(language.title)
    )


@cache
def heading_index() -> dict[str, tuple[str, str]]:
    """Return every heading of the models in plain form: (language, kind of section)."""
    return {
        plain(text): (code, kind)
        for code, language in languages().items()
        for kind in HEADINGS
        for text in language.written[kind]
    }


def _language(code: str, told: dict[str, Any], ours: dict[str, list[str]]) -> Language:
    written = {
        group: (*told.get(group, ()), *ours.get(group, ())) for group in (*STATUSES, *HEADINGS, *REASONS, *WORDS)
    }
    unverified = {*told["unverified"], *WORDS}
    if told["confidence"].split("-")[0].split()[0] in UNSURE:
        unverified |= {*STATUSES, *HEADINGS, *REASONS}
    return Language(
        code,
        (told["title"], *told.get("title_variants", ())),
        {group: tuple(compile_phrase(text, code) for text in texts) for group, texts in written.items()},
        written,
        frozenset(unverified),
    )


def _load(name: str) -> dict[str, Any]:
    text = (resources.files("checks.statement.data") / f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data
