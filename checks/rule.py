"""What a rule is made of. One rule is one file in `checks/rules/`; `docs/adding-a-rule.md` shows how to write one.

A rule says what it looks at (`targets`) and what must hold (`expect`). Its kind says what it needs, and so what
`targets` is given: `page` the parsed page (`PageView`), and it yields tags; `rendered` what the rule's probe noted on
the live page (`checks.probe.ProbeView`), and it yields what was seen (`checks.probe.Seen`); `site` facts of many
pages (`checks.site.SiteView`), and it yields places on pages (`checks.site.Place`); `document` a document that has been
read, and more about it stands in `checks/documents/rule.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from bs4 import BeautifulSoup, Tag

from checks.element_names import plain_name
from checks.elements import attribute
from checks.index import PageIndex, index_of
from checks.model import Impact, Outcome, Page, RuleInfo
from checks.standards import with_stricter

ENGINE = "curbcut"

Kind = Literal["page", "rendered", "site", "document"]
Argument = str | int | float


class RuleError(ValueError):
    """A rule's file is not written as a rule must be: its author must act."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of one target. `message` is a key of the rule's messages; empty when it has passed."""

    outcome: Outcome
    message: str = ""
    arguments: Mapping[str, Argument] = field(default_factory=dict)


def passed() -> Verdict:
    """Say that the expectation holds."""
    return Verdict(Outcome.PASSED)


def failed(message: str = "failed", **arguments: Argument) -> Verdict:
    """Say that the expectation does not hold, without doubt. `arguments` fill in the message."""
    return Verdict(Outcome.FAILED, message, arguments)


def cant_tell(message: str = "cantTell", **arguments: Argument) -> Verdict:
    """Say that a person must look. `arguments` are the evidence, and fill in the message."""
    return Verdict(Outcome.CANT_TELL, message, arguments)


@dataclass(frozen=True)
class PageView:
    """A parsed page, as rules of the kind `page` see it."""

    page: Page
    soup: BeautifulSoup

    @property
    def index(self) -> PageIndex:
        """The page's elements, to be asked for again and again."""
        return index_of(self.soup)

    def select(self, selector: str) -> list[Tag]:
        """Return the elements that match a CSS selector, in document order."""
        return self.index.select(selector)

    def exposed(self, selector: str) -> list[Tag]:
        """Return the elements that match a CSS selector and that people meet, in document order."""
        return self.index.exposed(selector)

    @property
    def lang(self) -> str:
        """The page's language as it says itself: the first part of its code in lower case, such as `de`."""
        root = self.soup.find("html")
        code = attribute(root, "lang") if isinstance(root, Tag) else ""
        return (code or self.page.lang).strip().split("-")[0].casefold()


Targets = Callable[[Any], Iterable[Any]]
Expectation = Callable[[Any], Verdict]
"""What they take depends on the rule's kind: see above."""


Example = Any  # a text; of the kind `site` a tuple of texts; of the kind `document` a function that makes a file
_T = TypeVar("_T", bound=Targets)
_E = TypeVar("_E", bound=Expectation)


@dataclass(frozen=True, slots=True)
class Examples:
    """A rule's own examples: HTML of a page's body, or of a whole page where it starts with `<html` or `<!doctype`.

    An example of the kind `site` is a tuple of such pages, one of the kind `document` a function that makes a file.
    """

    passed: tuple[Example, ...]
    failed: tuple[Example, ...]
    inapplicable: tuple[Example, ...]
    cant_tell: tuple[Example, ...]


def examples(
    *,
    passed: Sequence[Example] = (),
    failed: Sequence[Example] = (),
    inapplicable: Sequence[Example] = (),
    cant_tell: Sequence[Example] = (),
) -> Examples:
    """Return a rule's examples by outcome, near misses first. A rule that can give an outcome needs two of it."""
    return Examples(tuple(passed), tuple(failed), tuple(inapplicable), tuple(cant_tell))


class Rule:
    """One rule. Made once, at the top of its module, and completed by the decorators `targets` and `expect`."""

    def __init__(
        self,
        module: str,
        *,
        title: str,
        wcag: Sequence[str],
        impact: str,
        who: str,
        how: str,
        sources: Sequence[str],
        messages: Mapping[str, str],
        kind: Kind = "page",
        probe: str = "",
    ) -> None:
        if (kind == "rendered") != bool(probe):
            raise RuleError(f"{module}: a rule of the kind rendered names its probe, and no other does")
        self.kind = kind
        self.probe = probe
        self.messages = dict(messages)
        self._targets: Targets | None = None
        self._expectation: Expectation | None = None
        name = module.rsplit(".", 1)[-1].replace("_", "-")
        self.info = RuleInfo(
            id=f"{ENGINE}/{name}",
            engine=ENGINE,
            kind=kind,
            title=title,
            description=next(iter(messages.values()), ""),
            who=who,
            how=how,
            wcag=with_stricter(wcag),
            impact=Impact(impact),
            help_url=sources[0] if sources else "",
            sources=tuple(sources),
        )

    @property
    def id(self) -> str:
        """The rule's id, from its file's name: `page_title_says_nothing` gives `curbcut/page-title-says-nothing`."""
        return self.info.id

    def targets(self, function: _T) -> _T:
        """Register the function that gives the elements this rule looks at."""
        self._targets = function
        return function

    def expect(self, function: _E) -> _E:
        """Register the function that judges one of these elements."""
        self._expectation = function
        return function

    def verdicts(self, view: object) -> Iterable[tuple[Any, Verdict]]:
        """Yield each target in the view of the rule's kind with its verdict.

        Raises `RuleError` for a rule that is not complete.
        """
        if self._targets is None or self._expectation is None:
            raise RuleError(f"{self.id} needs a function under @rule.targets and one under @rule.expect")
        for target in self._targets(view):
            yield target, self._expectation(target)

    def message(self, verdict: Verdict) -> str:
        """Return the sentence for a verdict, with the argument `tag` as people call that element.

        Raises `RuleError` when the rule has no such message or argument.
        """
        arguments = dict(verdict.arguments)
        if "tag" in arguments:
            arguments["tag"] = plain_name(str(arguments["tag"]))
        try:
            return self.messages[verdict.message].format_map(arguments)
        except KeyError as error:
            raise RuleError(f"{self.id} has no message or argument {error}") from error
