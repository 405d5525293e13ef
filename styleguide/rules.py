"""A style rule: an instance in YAML of a kind in code, with its sources and examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from checks.model import Outcome, RuleInfo
from styleguide.blocks import Block, BlockKind, TextDocument
from styleguide.yaml_entries import Entry

ENGINE = "style"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or a term is from. `provenance` is `source` (the guide says so itself), `secondary` (others say
    that it does), `generalised` (made by us from what it says) or `own` (ours, from no guide).
    """

    guide: str
    section: str
    url: str
    licence: str
    provenance: str

    def __str__(self) -> str:
        return f"{self.guide}: {self.section} ({self.licence}, {self.provenance}) {self.url}".rstrip()


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase to look for, in all its written forms, and what to write for it (nothing: leave it out)."""

    forms: tuple[str, ...]
    replace: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of HTML (plain text is a paragraph) and its language."""

    html: str
    lang: str


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule of a guide. `parameters` and `terms` are what its kind made of the file; see `styleguide.kinds`."""

    id: str
    guide: str
    title: str
    kind: Kind
    messages: Mapping[str, str]
    why: str
    suggestion: str
    languages: frozenset[str]
    scope: frozenset[BlockKind]
    severity: str
    confidence: str
    sources: tuple[Source, ...]
    parameters: Any = None
    terms: tuple[Term, ...] = ()
    fires: tuple[Example, ...] = ()
    silent: tuple[Example, ...] = ()

    def reads(self, block: Block) -> bool:
        """Return whether the rule looks at this block at all."""
        return block.kind in self.scope and (not self.languages or block.lang in self.languages)

    def info(self) -> RuleInfo:
        """Return what a report needs to know of the rule."""
        return RuleInfo(
            id=self.id,
            engine=ENGINE,
            kind="style",
            title=self.title,
            description=self.why,
            who=self.why,
            how=self.suggestion,
            help_url=next((source.url for source in self.sources if source.url), ""),
            sources=tuple(
                f"{source.guide}: {source.section} ({source.licence}) {source.url}" for source in self.sources
            ),
            guide=self.guide,
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule speaks up. `key` is what is the same wherever this is met: the phrase, the sentence.

    `context` is the text the place is known by when the markup around it moves: its sentence.
    """

    rule: Rule
    block: Block
    start: int
    end: int
    key: str
    context: str
    message_id: str = "failed"
    arguments: Mapping[str, str | int | float] = field(default_factory=dict)
    suggestion: str = ""
    outcome: Outcome = Outcome.FAILED


@dataclass(frozen=True, slots=True)
class Kind:
    """How a family of rules looks at a page.

    `read` turns the file's own keys (`keys`) into (parameters, terms). `find` yields hits; None for the kinds whose
    terms are matched by the guide's one automaton, which then calls `hit`. `arguments` are the names that messages
    may use in braces.
    """

    name: str
    keys: tuple[str, ...]
    arguments: tuple[str, ...]
    read: Callable[[Entry, Mapping[str, Source]], tuple[Any, tuple[Term, ...]]]
    find: Callable[[Rule, Iterable[Block], TextDocument], Iterator[Hit]] | None = None
    hit: Callable[[Rule, Block, Term, int, int], Hit | None] | None = None
