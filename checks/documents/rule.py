"""What a rule of the kind `document` is made of. One rule is one file in `checks/documents/rules/`.

Like a rule of the kind `page` (`checks/rule.py`), with another view: `targets` is given a document that has been read,
and yields things that know their `place`. Examples are functions that make a small file, because a PDF is no text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from checks.documents.model import Document, Place
from checks.model import Impact, RuleInfo
from checks.rule import ENGINE, RuleError, Verdict

KIND = "document"


class Subject(Protocol):
    """What a rule judges: anything that knows where it stands."""

    @property
    def place(self) -> Place:
        """Where it stands."""


TargetsT = TypeVar("TargetsT", bound=Callable[..., Iterable[Subject]])
ExpectationT = TypeVar("ExpectationT", bound=Callable[..., Verdict])


@dataclass(frozen=True, slots=True)
class Sample:
    """A file made for an example: its bytes and the name it is found under, which says the format."""

    data: bytes
    name: str = "spring-newsletter.pdf"


Build = Callable[[], Sample]


@dataclass(frozen=True, slots=True)
class Examples:
    """A rule's own examples by outcome: functions that make a file, so that only tests pay for making it."""

    passed: tuple[Build, ...]
    failed: tuple[Build, ...]
    inapplicable: tuple[Build, ...]
    cant_tell: tuple[Build, ...]


def examples(
    *,
    passed: Sequence[Build],
    failed: Sequence[Build] = (),
    inapplicable: Sequence[Build] = (),
    cant_tell: Sequence[Build] = (),
) -> Examples:
    """Return a rule's examples by outcome, near misses first. A rule that can give an outcome needs two of it."""
    return Examples(tuple(passed), tuple(failed), tuple(inapplicable), tuple(cant_tell))


class DocumentRule:
    """One rule for documents. `reads` is the class of documents it looks at: `Document` for every format.

    `good_practice` marks a rule that no success criterion demands of documents: it may ask, and never fails.
    """

    def __init__(
        self,
        module: str,
        *,
        reads: type[Any],
        title: str,
        wcag: Sequence[str],
        impact: str,
        who: str,
        how: str,
        sources: Sequence[str],
        messages: Mapping[str, str],
        good_practice: bool = False,
    ) -> None:
        self.reads = reads
        self.messages = dict(messages)
        self.good_practice = good_practice
        self._targets: Callable[..., Iterable[Subject]] | None = None
        self._expectation: Callable[..., Verdict] | None = None
        name = module.rsplit(".", 1)[-1].replace("_", "-")
        self.info = RuleInfo(
            id=f"{ENGINE}/{name}",
            engine=ENGINE,
            kind=KIND,
            title=title,
            description=next(iter(messages.values()), ""),
            who=who,
            how=how,
            wcag=tuple(wcag),
            impact=Impact(impact),
            help_url=sources[0] if sources else "",
            sources=tuple(sources),
        )

    @property
    def id(self) -> str:
        """The rule's id, from its file's name."""
        return self.info.id

    def targets(self, function: TargetsT) -> TargetsT:
        """Register the function that gives what this rule looks at in a document."""
        self._targets = function
        return function

    def expect(self, function: ExpectationT) -> ExpectationT:
        """Register the function that judges one of these."""
        self._expectation = function
        return function

    def verdicts(self, document: Document) -> Iterable[tuple[Place, Verdict]]:
        """Yield each place looked at with its verdict. Raises `RuleError` for a rule that is not complete."""
        if self._targets is None or self._expectation is None:
            raise RuleError(f"{self.id} needs a function under @rule.targets and one under @rule.expect")
        if not isinstance(document, self.reads):
            return
        for subject in self._targets(document):
            yield subject.place, self._expectation(subject)

    def message(self, verdict: Verdict) -> str:
        """Return the sentence for a verdict. Raises `RuleError` when the rule has no such message or argument."""
        try:
            return self.messages[verdict.message].format_map(verdict.arguments)
        except KeyError as error:
            raise RuleError(f"{self.id} has no message or argument {error}") from error
