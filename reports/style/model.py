"""Plain data of a style report: texts with their findings, each at its place. Made by `scan`, written by this room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checks.model import Finding, Outcome, Readability, RuleInfo

SEVERITIES = ("error", "warning", "suggestion")


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: line and column from 1, 0 for a Word document, which has no lines; `block` from 1.

    `start` and `end` are offsets in the source. Without `is_exact` only the block's line is known.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int
    is_exact: bool
    block: int


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding with its place, its rule's severity, and the block's part it is about.

    `group` is what a reader tells apart: `words` to replace, `length` of sentences and paragraphs, `structure`.
    """

    finding: Finding
    place: Place
    severity: str
    words: str
    span: tuple[int, int]
    group: str = "words"

    @property
    def is_question(self) -> bool:
        """Whether a person must look."""
        return self.finding.outcome is not Outcome.FAILED


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block of a text as the HTML view shows it. `level` is a heading's, `marker` a numbered step's ("2.").

    `row` is the same for the cells of one table row, else 0. A link's words stand in the block `holder` too, from its
    character `at` on; 0 where they do not.
    """

    number: int
    kind: str
    text: str
    lang: str
    region: str
    level: int = 0
    marker: str = ""
    row: int = 0
    holder: int = 0
    at: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """The text under one heading: `first` is the number of its first block."""

    heading: str
    first: int
    readability: Readability


@dataclass(frozen=True, slots=True)
class HardSentence:
    """A sentence that costs much: `cost` is by how much the score would be better without it."""

    text: str
    words: int
    cost: float
    block: int
    line: int


@dataclass(frozen=True, slots=True)
class Outlined:
    """An element on the picture of its page: its block's number and its place, in pixels of the picture."""

    block: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a browser shows it, from its top; sizes in pixels. `page_height` is more where it was cut.

    `unseen` tells of the blocks that have findings and no place on it why: `gone` (not on the page that the browser
    shows), `hidden` (not visible as the page opens), `below` (lower down), `many` (as many as there is room for were
    outlined before).
    """

    media_type: str
    data: bytes = field(repr=False)
    width: int
    height: int
    page_height: int
    outlined: tuple[Outlined, ...]
    unseen: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StyleText:
    """One draft or page: what was found in it. `error` says why it could not be read, and then there is no more."""

    name: str
    title: str = ""
    lang: str = ""
    findings: tuple[PlacedFinding, ...] = ()
    readability: Readability | None = None
    notes: tuple[str, ...] = ()
    hard_sentences: tuple[HardSentence, ...] = ()
    blocks: tuple[ShownBlock, ...] = ()
    sections: tuple[Section, ...] = ()
    picture: PagePicture | None = None
    error: str = ""

    @property
    def n_failed(self) -> int:
        """How many findings are failures, not questions."""
        return sum(not found.is_question for found in self.findings)


@dataclass(frozen=True, slots=True)
class StyleReport:
    """All texts of one call, with the guide and its rules."""

    guide: str
    guide_title: str
    version: str
    texts: tuple[StyleText, ...]
    rules: Mapping[str, RuleInfo] = field(default_factory=dict)
