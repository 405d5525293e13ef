"""Lists of words that rules look for, by language: one YAML file a subject, each with its sources."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources

import yaml

_SPACES = re.compile(r"\s+")


@cache
def words(name: str) -> dict[str, frozenset[str]]:
    """Return a list's groups, each with its phrases of all languages in the form that `plain` gives."""
    groups = _groups(name)
    return {
        group: frozenset(plain(phrase) for phrases in by_language.values() for phrase in phrases)
        for group, by_language in groups.items()
    }


@cache
def words_in(name: str, lang: str) -> dict[str, frozenset[str]]:
    """Return a list's groups as `words` does, with the phrases of one language and of those for any; else empty."""
    groups = _groups(name)
    return {
        group: frozenset(plain(phrase) for key in ("any", lang) for phrase in by_language.get(key, ()))
        for group, by_language in groups.items()
    }


@cache
def _groups(name: str) -> dict[str, dict[str, list[str]]]:
    text = (resources.files("checks.words") / f"{name}.yaml").read_text(encoding="utf-8")
    groups: dict[str, dict[str, list[str]]] = yaml.safe_load(text)
    return groups


def plain(text: str) -> str:
    """Return `text` for comparing: one case, one form of each character, single spaces, no marks around it."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _SPACES.sub(" ", folded).strip(" \t\r\n.,:;!?…-–—_*\"'«»„“”()[]<>")
