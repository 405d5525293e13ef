"""The plain values of reading a statement: what it says, and what is known around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from checks.statement.blocks import Block, Link
from checks.statement.phrases import Language


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a statement. `kind` is one of `phrases.HEADINGS`, `intro`, or empty for what the model has not."""

    kind: str
    heading: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """All text of the section, a block a line."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def links(self) -> tuple[Link, ...]:
        """All links of the section, in order."""
        return tuple(link for block in self.blocks for link in block.links)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a statement says of the site's status: `full`, `partial`, `none`, or `denied` ("not fully compliant")."""

    status: str
    quote: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with its role: `prepared`, `reviewed`, `promised`, or empty where the text does not say."""

    day: date
    role: str
    quote: str
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Statement:
    """An accessibility statement as read. `country` is the code of `data/national.yaml`, empty if not known.

    `elsewhere` holds the address of each section of the model that it links to and does not hold; `more_pages` are the
    pages whose sections were read together with it.
    """

    url: str
    language: Language
    declared_lang: str
    page_title: str
    main_heading: str
    country: str
    sections: tuple[Section, ...]
    claims: tuple[Claim, ...]
    dates: tuple[Dated, ...]
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    has_form: bool
    criteria: tuple[str, ...]
    is_html: bool = True
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    more_pages: tuple[str, ...] = ()

    def section(self, kind: str) -> Section | None:
        """Return the first section of a kind, or None."""
        return next((section for section in self.sections if section.kind == kind), None)

    def all_of(self, kind: str) -> tuple[Block, ...]:
        """Return the blocks of every section of a kind."""
        return tuple(block for section in self.sections if section.kind == kind for block in section.blocks)

    def text_of(self, kind: str) -> str:
        """Return the text of every section of a kind, without the headings in it, a block a line."""
        return "\n".join(block.text for block in self.all_of(kind) if not block.level)

    @property
    def text(self) -> str:
        """The whole statement, a block a line."""
        return "\n".join(section.heading + "\n" + section.text for section in self.sections)

    @property
    def status(self) -> str:
        """The one status that is claimed, or an empty string where there is none or several."""
        statuses = {claim.status for claim in self.claims}
        return statuses.pop() if len(statuses) == 1 else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of following a link: an HTTP status, or why there is none. Neither: it was not followed."""

    http_status: int | None = None
    problem: str = ""
    reason_not_followed: str = ""

    @property
    def works(self) -> bool | None:
        """Whether the link leads somewhere; None where nobody followed it."""
        if self.problem:
            return False
        return None if self.http_status is None else self.http_status < 400


@dataclass(frozen=True, slots=True)
class Linked:
    """Which pages link to the statement. `without` holds some of those that do not."""

    n_pages: int
    n_without: int
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Readers:
    """Whose pages send readers to a statement: `same` pages in its language, `other` by the code of theirs.

    A page counts among `other` when it links to no statement in its own language. `written` holds the languages in
    which the site has a statement.
    """

    same: int
    other: Mapping[str, int]
    written: frozenset[str]


@dataclass(frozen=True, slots=True)
class ScanFacts:
    """What a scan of the same site found: pages with failures by success criterion."""

    n_pages: int
    n_failed_pages: int
    pages_by_criterion: Mapping[str, int]
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the checks may look at. What is None was not looked up, and checks that need it say `untested`.

    `not_html` is the address of a statement that is a file, `unread` of one that is linked to and was not opened.
    `unreadable` says why no program can read the file.
    """

    statement: Statement | None
    today: date
    site_url: str = ""
    home_links_to_it: bool | None = None
    linked: Linked | None = None
    readers: Readers | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    fixed_addresses: Mapping[str, Answer] = field(default_factory=dict)
    scan: ScanFacts | None = None
    own_failures: int | None = None
    not_html: str = ""
    unread: str = ""
    unreadable: str = ""
