"""A style rule: an instance in YAML of a kind in code, with its sources and examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from checks.model import Outcome, RuleInfo
from styleguide.blocks import Block, BlockKind
from styleguide.yaml_entries import Entry

if TYPE_CHECKING:
    from styleguide.reading import Reading
    from styleguide.site import PageFacts

ENGINE = "style"

CONFIDENCES = ("high", "medium", "low")
"""How often a finding is right: about nine in ten, one in two, less. Only high is on unless somebody asks."""


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
class Context:
    """Words that must (`after`, `before`) or must not (`not_after`, `not_before`) stand right beside a term."""

    after: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()

    def suits(self, previous: str, following: str) -> bool:
        """Return whether a term between these two words is meant; "" is the edge of a sentence or block."""
        if previous in self.not_after or following in self.not_before:
            return False
        return (not self.after or previous in self.after) and (not self.before or following in self.before)


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase to look for, in all its written forms, and what to write for it (nothing: leave it out).

    With `case_sensitive` the forms are found only as they are written, and not where a sentence begins.
    """

    forms: tuple[str, ...]
    replace: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    note: str = ""
    confidence: str = "high"
    case_sensitive: bool = False
    context: Context | None = None


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
    boilerplate: bool = True

    def reads(self, block: Block) -> bool:
        """Return whether the rule looks at this block at all."""
        return block.kind in self.scope and (not self.languages or block.lang in self.languages)

    @property
    def help_url(self) -> str:
        """The page of a guide that says so, or "". What we only generalised is not cited as if the guide said it."""
        said = (source.url for source in self.sources if source.provenance != "generalised")
        return next(filter(None, said), "")

    def at_least(self, confidence: str) -> Rule | None:
        """Return the rule with its terms of this confidence or more, or None when a page alone leaves nothing of it."""
        rank = CONFIDENCES.index(confidence)
        if self.kind.is_for_sites_only or CONFIDENCES.index(self.confidence) > rank:
            return None
        terms = tuple(term for term in self.terms if CONFIDENCES.index(term.confidence) <= rank)
        if len(terms) == len(self.terms):
            return self
        # A rule that had nothing but terms has nothing left to say.
        return replace(self, terms=terms) if terms or self.kind.find is not None else None

    def info(self) -> RuleInfo:
        """Return what a report needs to know of the rule."""
        return RuleInfo(
            id=self.id,
            engine=ENGINE,
            kind="style" if self.kind.compare is None else "site",
            title=self.title,
            description=self.why,
            who=self.why,
            how=self.suggestion,
            help_url=self.help_url,
            sources=tuple(
                f"{source.guide}: {source.section} ({source.licence}, {source.provenance}) {source.url}".rstrip()
                for source in self.sources
            ),
            guide=self.guide,
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule speaks up. `key` is what is the same wherever this is met: the phrase, the sentence.

    `context` is the text the place is known by when the markup around it moves: its sentence. `weight` says how bad it
    is beside others of its rule, such as the words of a sentence; 0 where none is worse than another.
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
    weight: int = 0


@dataclass(frozen=True, slots=True)
class SiteHit:
    """One place on one page where a rule that compares pages speaks up. `key` names what one decision would settle.

    `context` is what the place is known by in a later scan.
    """

    rule: Rule
    url: str
    key: str
    context: str
    message_id: str
    arguments: Mapping[str, str | int | float]
    target: tuple[str, ...] = ()
    snippet: str = ""
    region: str = ""
    span: tuple[int, int] | None = None
    suggestion: str = ""


Finder = Callable[[Rule, "Reading"], Iterator[Hit]]
Counts = Callable[[Block, int, int], bool]
"""Whether a place counts: it is not spared by name, and the page does not turn the rule off there."""

Noter = Callable[[Rule, "Reading", Counts], Mapping[str, Any]]
Comparer = Callable[[Rule, Callable[[], Iterable["PageFacts"]]], Iterator[SiteHit]]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a family of rules looks at a page.

    `read` turns the file's own keys (`keys`) into (parameters, terms). `find` yields hits; terms are matched by the
    guide's one automaton, which then calls `hit`. `arguments` are the names that messages may use in braces.
    `note` and `compare` are for what shows across a site only: what to keep of each page (plain JSON data), and what
    the pages' notes say together.
    """

    name: str
    keys: tuple[str, ...]
    arguments: tuple[str, ...]
    read: Callable[[Entry, Mapping[str, Source]], tuple[Any, tuple[Term, ...]]]
    find: Finder | None = None
    hit: Callable[[Rule, Block, Term, int, int], Hit | None] | None = None
    lacks: Callable[[Rule, Reading], str] | None = None
    note: Noter | None = None
    compare: Comparer | None = None

    @property
    def is_for_sites_only(self) -> bool:
        """Whether one page alone tells rules of this kind nothing."""
        return self.compare is not None and self.find is None


def hit_at(  # the usual hit: words in a block, known by their sentence
    rule: Rule, block: Block, start: int, end: int, *, message_id: str = "failed", **arguments: str | int | float
) -> Hit:
    """Return a hit on `block.text[start:end]`, which is also its `phrase`; more `arguments` are for the message."""
    phrase = block.text[start:end]
    context = block.sentence_at(start).text
    return Hit(rule, block, start, end, phrase.lower(), context, message_id, {"phrase": phrase[:200], **arguments})


def hit_block(rule: Rule, block: Block, *, message_id: str = "failed", **arguments: str | int | float) -> Hit:
    """Return a hit on a whole block, with its text as the `phrase`."""
    text = block.text
    return Hit(rule, block, 0, len(text), text.lower(), text, message_id, {"phrase": text[:200], **arguments})
