"""Plain data of a check as a build sees it: pages, findings with their place in a source file, and how each stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from checks.model import Impact, Outcome
from reports.analysis.scans import STYLE_ENGINE

DESCRIBED_CHARS = 100
_TAG = re.compile(r"<[^<>]*>?")
_NAME = re.compile(r"<([A-Za-z][\w:-]*)")
_SPACES = re.compile(r"\s+")


class Standing(StrEnum):
    """How a failure stands against the baseline. Without a baseline every failure is new."""

    NEW = "new"
    ACCEPTED = "accepted"
    EXPIRED = "expired"


class Kind(StrEnum):
    """What people tell apart: a barrier, a question that only a person can answer, words to change, a best practice."""

    BARRIER = "barrier"
    QUESTION = "question"
    WORDS = "words"
    PRACTICE = "best practice"


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """Where an element's opening tag stands in a source file: lines and columns from 1, the end exclusive.

    Without `is_exact` it is the likeliest of several that look the same.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class CiFinding:
    """One finding. `place` is None when it is not known, as for what a script puts into the page."""

    rule: str
    engine: str
    outcome: str
    wcag: tuple[str, ...]
    impact: str | None
    message: str
    suggestion: str
    target: str
    snippet: str
    fingerprint: str
    help_url: str
    region: str
    place: SourcePlace | None = None
    standing: Standing = Standing.NEW
    reason: str = ""

    @property
    def kind(self) -> Kind:
        """What it is to a reader."""
        if self.outcome == Outcome.BEST_PRACTICE:
            return Kind.PRACTICE
        if self.outcome != Outcome.FAILED:
            return Kind.QUESTION
        return Kind.WORDS if self.engine == STYLE_ENGINE else Kind.BARRIER

    @property
    def is_serious(self) -> bool:
        """Whether it is a barrier that keeps people out or hinders them much."""
        return self.kind is Kind.BARRIER and self.impact in (Impact.SERIOUS, Impact.CRITICAL)

    @property
    def counts(self) -> bool:
        """Whether it is a failure that nobody has accepted, or not for so long."""
        return self.kind in (Kind.BARRIER, Kind.WORDS) and self.standing is not Standing.ACCEPTED

    @property
    def text(self) -> str:
        """What is wrong, and what to do where that does not say so already."""
        is_said = all(part in self.message for part in self.suggestion.split(", "))
        text = self.message if is_said else f"{self.message} {self.suggestion}"
        return f"Best practice, no failure: {text}" if self.kind is Kind.PRACTICE else text

    @property
    def tag(self) -> str:
        """The element's name."""
        found = _NAME.match(self.snippet)
        return found[1].lower() if found else ""

    @property
    def described(self) -> str:
        """The element in a few words for people: its start, or its name and its text where it holds much."""
        text = _SPACES.sub(" ", self.snippet).strip()
        if self.tag in HOLDERS:
            text = f"<{self.tag}> {_SPACES.sub(' ', _TAG.sub(' ', text)).strip()}".strip()
        return text[:DESCRIBED_CHARS]


HOLDERS = frozenset(
    {
        "ul",
        "ol",
        "dl",
        "menu",
        "table",
        "thead",
        "tbody",
        "tr",
        "form",
        "fieldset",
        "nav",
        "section",
        "article",
        "aside",
    }
)
"""Elements that a fingerprint knows by their names alone, never by their text."""


@dataclass(frozen=True, slots=True)
class CiPage:
    """One page. `name` is what to show, `address` what stays the same on every machine, `file` the source file."""

    name: str
    address: str
    is_checked: bool
    detail: str = ""
    file: str = ""
    findings: tuple[CiFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class CiRule:
    """A rule in words."""

    id: str
    title: str
    description: str = ""
    how: str = ""
    help_url: str = ""
    wcag: tuple[str, ...] = ()
    is_practice: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over all pages: `failed` and `waiting` by kind and standing, and what the baseline holds in vain."""

    pages: int = 0
    not_checked: int = 0
    counts: Mapping[tuple[Kind, Standing], int] = field(default_factory=dict)
    serious: int = 0
    gone: tuple[Gone, ...] = ()

    def of(self, *kinds: Kind, standing: Standing | None = None) -> int:
        """Return how many findings are of these kinds (all when none is named) and of this standing."""
        return sum(
            n
            for (kind, stands), n in self.counts.items()
            if (not kinds or kind in kinds) and standing in (None, stands)
        )

    @property
    def questions(self) -> int:
        """How many questions are left to people."""
        return self.of(Kind.QUESTION)


@dataclass(frozen=True, slots=True)
class Gone:
    """What a baseline accepts and the check no longer found: a barrier, and the pages where it is gone."""

    rule: str
    fingerprint: str
    element: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CiReport:
    """One check. `pages` may be read again and again: one page at a time is in memory."""

    pages: Callable[[], Iterator[CiPage]]
    rules: Mapping[str, CiRule]
    version: str
    tally: Tally
    profile: str = ""
    has_baseline: bool = False
    disagreements: tuple[str, ...] = ()
