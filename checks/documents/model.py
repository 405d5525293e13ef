"""What rules for documents look at, whatever the format, and what comes out. Plain data; reads no file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from checks.model import Finding, Outcome

MIB = 1024 * 1024

FORMATS = ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub")
"""Formats that can be checked. Their templates and macro variants count as the same (see `checks.documents.sniff`)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds against huge and hostile files. What a bound leaves out of a checked file is said in `not_run`."""

    file_bytes: int = 50 * MIB  # a larger file is not checked
    pages: int = 2_000  # pages of a PDF whose content is read
    instructions: int = 1_000_000  # drawing instructions of a PDF that are read; a page of text has some thousands
    nodes: int = 200_000  # elements of a PDF's structure tree or of an XML part that are read
    depth: int = 200  # nesting of structure elements; real documents stay below 40
    form_depth: int = 8  # drawings within drawings within a page
    parts: int = 5_000  # files within an office file or EPUB
    part_bytes: int = 40 * MIB  # one of them, unpacked
    unpacked_bytes: int = 200 * MIB  # all that is read of them, unpacked
    seconds: int = 60  # in a process of its own: processor time for one file, so that a busy machine says the same
    wall_seconds: float = 180.0  # the same by the clock
    memory_bytes: int = 1536 * MIB  # the same, of address space


class NotCheckableError(Exception):
    """The document cannot be checked. `reason` is a code of `REASONS`, `detail` the particulars in plain words."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


REASONS = (
    "format",
    "not_a_document",
    "empty",
    "encrypted",
    "broken",
    "too_large",
    "too_slow",
    "too_much_memory",
    "portfolio",
    "dynamic_form",
    "check_failed",
)
"""Why a document is not checked. The sentences for people are in `store.reasons`; a test holds the two together."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says of itself. `tagged` is None where the format has no such thing; `pages` if not known."""

    pages: int | None = None
    title: str = ""
    lang: str = ""
    tagged: bool | None = None
    words: int = 0
    producer: str = ""


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What is said of one document. `reason` is empty if it was checked; else nothing but `facts` may be filled.

    `not_run` says why a rule, or a part of its findings, is missing, and which parts of the file were left out.
    `statement` is a tagged PDF as a web page, where it is an accessibility statement or was read for one.
    """

    format: str
    reason: str = ""
    detail: str = ""
    facts: Facts = field(default_factory=Facts)
    findings: tuple[Finding, ...] = ()
    rule_outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    not_run: Mapping[str, str] = field(default_factory=dict)
    statement: str = ""

    @property
    def is_checked(self) -> bool:
        """Whether rules have run."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. `where` is for people ("page 3, figure 2"; empty: the whole document).

    `key` names it in another version of the file: no object numbers, no page numbers. `snippet` shows it.
    """

    where: str = ""
    key: str = ""
    snippet: str = ""


WHOLE = Place()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, chart or drawing. `alternative` is None where the format's field for it is missing.

    `decorative` when it is marked so; `has_text` when real text is inside it, `captioned` when a caption belongs to it.
    """

    place: Place
    alternative: str | None
    decorative: bool = False
    has_text: bool = False
    captioned: bool = False
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `has_headers` when cells are marked as headers; `styled_header` when only a style option says so.

    `first_row_stands_out` when the first row is set in another type than the rest: people see a header there.
    """

    place: Place
    rows: int
    columns: int
    has_headers: bool
    styled_header: bool = False
    first_row_stands_out: bool = False
    for_layout: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or heading. `stands_out` when all of it is larger or bolder than the text around it."""

    place: Place
    text: str
    is_heading: bool = False
    stands_out: bool = False


class Document(ABC):
    """A document that has been read: what rules of every format can ask for."""

    place = WHOLE

    def __init__(self, file_format: str, file_name: str, facts: Facts, cut_short: Sequence[str] = ()) -> None:
        self.format = file_format
        self.file_name = file_name
        self.facts = facts
        self.cut_short = tuple(cut_short)

    @property
    @abstractmethod
    def pictures(self) -> Sequence[Picture]:
        """The pictures that carry an alternative, or should."""

    @property
    @abstractmethod
    def tables(self) -> Sequence[Table]:
        """The tables."""

    @property
    @abstractmethod
    def blocks(self) -> Sequence[Block]:
        """The paragraphs and headings in reading order; empty where the format knows no headings."""

    @property
    def text(self) -> list[str]:
        """The text in reading order, in pieces: enough of it to tell its language. Empty where it may be garbled."""
        return [block.text for block in self.blocks]

    @property
    @abstractmethod
    def language(self) -> Language:
        """Which languages the document declares."""


@dataclass(frozen=True, slots=True)
class Language:
    """Languages declared. `default` is that of the whole document; `parts` are those of parts.

    `expected` is False where the format has no place for a language; `covers_text` when the parts cover all text.
    """

    default: str = ""
    parts: tuple[str, ...] = ()
    covers_text: bool = False
    expected: bool = True
