"""What a rule of the kind `document` is made of. One rule is one file in `checks/documents/rules/`.

Like any other rule (`checks/rule.py`), with another view: `targets` is given a document that has been read, and yields
things that know their `place`. Examples are functions that make a small file, because a PDF is no text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from checks.documents.model import Place
from checks.rule import Rule, Verdict


class Subject(Protocol):
    """What a rule judges: anything that knows where it stands."""

    @property
    def place(self) -> Place:
        """Where it stands."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A file made for an example: its bytes and the name it is found under, which says the format."""

    data: bytes
    name: str = "spring-newsletter.pdf"


Build = Callable[[], Sample]
"""An example: a function, so that only tests pay for making the file."""


class DocumentRule(Rule):
    """One rule for documents. `reads` is the class of documents it looks at: `Document` for every format.

    `good_practice` marks a rule that no success criterion demands of documents: it may ask, and never fails.
    """

    def __init__(self, module: str, *, reads: type[Any], good_practice: bool = False, **facts: Any) -> None:
        super().__init__(module, kind="document", **facts)
        self.reads = reads
        self.good_practice = good_practice

    def verdicts(self, view: object) -> Iterable[tuple[Place, Verdict]]:
        """Yield each place looked at with its verdict; none in a document of another class."""
        if isinstance(view, self.reads):
            for subject, verdict in super().verdicts(view):
                yield subject.place, verdict
