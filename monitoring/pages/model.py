"""The plain values of a page sample."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

LETTERS = {
    "a": "home, login, sitemap, contact, help, legal information",
    "b": "services, other primary uses, search",
    "c": "accessibility statement, feedback",
    "d": "distinct appearance or content",
    "e": "documents",
    "f": "other pages that the monitoring body finds relevant",
    "g": "random pages",
}
"""The letters of Annex I, point 3.2 of Decision (EU) 2018/1524."""

SURE, LIKELY = 0.85, 0.7


@dataclass(frozen=True, slots=True)
class Chosen:
    """A page of the sample: its letter, for what, why, and how sure that is (0 to 1).

    `kind` is `page` or `document`. `is_checked` is false for an address that the scan met and did not check.
    """

    letter: str
    item: str
    url: str
    title: str
    reason: str
    confidence: float
    kind: str = "page"
    is_checked: bool = True

    @property
    def certainty(self) -> str:
        """The confidence as a word: `high`, `medium` or `low`."""
        return "high" if self.confidence >= SURE else "medium" if self.confidence >= LIKELY else "low"


@dataclass(frozen=True, slots=True)
class Missing:
    """What the Decision asks for and the sample does not hold, and why."""

    letter: str
    item: str
    why: str


@dataclass(frozen=True, slots=True)
class PageSample:
    """The pages of one site. `confirmed` says who confirmed them and when; `changes` what a person replaced."""

    site: str
    seed: int
    pages: tuple[Chosen, ...]
    missing: tuple[Missing, ...]
    confirmed: dict[str, str] = field(default_factory=dict)
    changes: tuple[dict[str, Any], ...] = ()

    @property
    def urls(self) -> tuple[str, ...]:
        """Every address once, in order."""
        return tuple(dict.fromkeys(one.url for one in self.pages))
