"""The facts of Decision (EU) 2018/1524 as data, each with how sure it is."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

UNVERIFIED = "M"
"""The mark of what was written from memory of the Official Journal's text."""


@cache
def decision() -> dict[str, Any]:
    """Return the facts of the Decision: see `monitoring/data/decision_2018_1524.yaml`."""
    return _load("decision_2018_1524.yaml")


@cache
def columns() -> dict[str, Any]:
    """Return the words of registers: columns, levels and services."""
    return _load("register_words.yaml")


@cache
def page_words() -> dict[str, Any]:
    """Return the words by which pages are told: see `monitoring/data/page_words.yaml`."""
    return _load("page_words.yaml")


def caveat(mark: object) -> str:
    """Return " (unverified)" for a fact whose mark says that it was written from memory, else ""."""
    return " (unverified)" if str(mark).split(" ", 1)[0].strip("'") == UNVERIFIED else ""


def _load(name: str) -> dict[str, Any]:
    text = (resources.files("monitoring") / "data" / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
