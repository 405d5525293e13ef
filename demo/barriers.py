"""Reads `barriers.yaml`: what stands in the demo town on purpose, for tests that ask whether we find it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from checks.model import Outcome

BARRIERS = Path(__file__).parent / "barriers.yaml"


class Kind(StrEnum):
    """What sort of shortcoming a barrier is."""

    WCAG = "wcag"
    STYLE = "style"
    DOCUMENT = "document"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Barrier:
    """One planted barrier; the fields are explained at the top of `barriers.yaml`.

    `pages` are URL paths: several when it sits in a shared part. `expected_rule` and `expected_outcome` are None
    together, when no rule reports it yet.
    """

    id: str
    pages: tuple[str, ...]
    target: tuple[str, ...]
    what: str
    wcag: tuple[str, ...]
    kind: Kind
    expected_rule: str | None
    expected_outcome: Outcome | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """All of `barriers.yaml`. `broken_links` are pairs of page and link; `reached_by` says how to get to a page."""

    barriers: tuple[Barrier, ...]
    groups: Mapping[str, tuple[str, ...]]
    clean: tuple[str, ...]
    broken_links: frozenset[tuple[str, str]]
    reached_by: Mapping[str, str]


def load_register(file: Path = BARRIERS) -> Register:
    """Read the register. Raises KeyError, TypeError or ValueError when an entry is not of the documented form."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    groups = {name: tuple(pages) for name, pages in data["groups"].items()}
    return Register(
        barriers=tuple(_barrier(entry, groups) for entry in data["barriers"]),
        groups=groups,
        clean=tuple(data["clean"]),
        broken_links=frozenset((entry["page"], entry["link"]) for entry in data["broken_links"]),
        reached_by={entry["page"]: entry["how"] for entry in data["reached_by"]},
    )


def _barrier(entry: Mapping[str, Any], groups: Mapping[str, tuple[str, ...]]) -> Barrier:
    rest = dict(entry)
    name = rest.get("id", "an entry without an id")
    if ("page" in rest) == ("pages" in rest):
        raise ValueError(f"{name}: give either page or pages")
    pages = (rest.pop("page"),) if "page" in rest else groups[rest.pop("pages")]
    rule, outcome = rest.pop("expected_rule"), rest.pop("expected_outcome")
    if (rule is None) != (outcome is None):
        raise ValueError(f"{name}: expected_rule and expected_outcome go together")
    return Barrier(
        pages=pages,
        target=tuple(rest.pop("target")),
        wcag=tuple(rest.pop("wcag")),
        kind=Kind(rest.pop("kind")),
        expected_rule=rule,
        expected_outcome=Outcome(outcome) if outcome else None,
        **rest,
    )
