"""The plain data every room shares: pages, findings, outcomes. Imports nothing of ours.

Rooms hand each other these frozen values and nothing else. Anything that needs a clock, a network, a file or a
browser lives elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

SNIPPET_MAX_CHARS = 500

BEHIND = "behind the banner"
"""The state of a page after the consent notice, or another layer over it, has been put away."""


BEST_PRACTICE = "best-practice"
"""The kind of an engine's rule that no success criterion asks for."""


class Outcome(StrEnum):
    """What a rule says of one target, in EARL's words (https://www.w3.org/TR/EARL10-Schema/#OutcomeValue).

    `BEST_PRACTICE` is a word of our own: a practice that no criterion asks for is not followed. It is no failure and no
    question, so that whatever counts those leaves it out.
    """

    FAILED = "failed"
    CANT_TELL = "cantTell"
    PASSED = "passed"
    INAPPLICABLE = "inapplicable"
    UNTESTED = "untested"
    BEST_PRACTICE = "bestPractice"


class Impact(StrEnum):
    """How much a barrier hinders people, in axe-core's four steps."""

    MINOR = "minor"
    MODERATE = "moderate"
    SERIOUS = "serious"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's outcome for one place on one page.

    `target` is a selector path: one CSS selector a step, outer to inner, through frames and open shadow roots.
    `span` is set for a finding about words: start and end character offsets in the text of the target's block.
    `message` is plain English made from `message_id` and `arguments`, which stay as data for other languages.
    `fingerprint` names this barrier on this element wherever it is met again; `component` names the part of the
    site that one mend would fix (the same header link on 38 pages has one component). `picture` is a PNG that shows
    what was seen, for findings by pixels or keys. `state` says which state of the page it was met in: empty for the
    page as it opens, `BEHIND` for the page once a notice over it has been put away.
    """

    rule: str
    engine: str
    outcome: Outcome
    url: str
    message: str
    target: tuple[str, ...] = ()
    wcag: tuple[str, ...] = ()
    impact: Impact | None = None
    snippet: str = ""
    fingerprint: str = ""
    component: str = ""
    region: str = ""
    message_id: str = ""
    arguments: Mapping[str, str | int | float] = field(default_factory=dict)
    suggestion: str = ""
    span: tuple[int, int] | None = None
    help_url: str = ""
    state: str = ""
    picture: bytes | None = field(default=None, repr=False, compare=False)

    @property
    def issue(self) -> tuple[str, str, Outcome]:
        """What it is grouped by: rule, component and outcome."""
        return (self.rule, self.component, self.outcome)


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What people need to know of a rule: stored with each scan, so that a report needs no rule code.

    `who` says whom the barrier hinders and how; `how` says how to mend it. Both are plain sentences.
    `kind` is what the rule needs: `engine` (axe-core), `page`, `rendered`, `site`, `document` or `style`; or
    `BEST_PRACTICE`.
    """

    id: str
    engine: str
    kind: str
    title: str
    description: str = ""
    who: str = ""
    how: str = ""
    wcag: tuple[str, ...] = ()
    impact: Impact | None = None
    help_url: str = ""
    sources: tuple[str, ...] = ()
    guide: str = ""


@dataclass(frozen=True, slots=True)
class EngineScript:
    """One engine as the browser sees it: what to install before page scripts, what to run, with which options.

    `init` is source text, run in every frame before the page's own scripts. `run` is a function expression that
    takes `options` and gives (a promise of) plain JSON data. A driver that can install nothing before page scripts may
    run `init` later.
    """

    name: str
    init: str
    run: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One page as captured: what the rules and the style checks read. Never fetched again.

    `html` is the composed document as text: scripts and styles left out, open shadow roots in place, elements that
    nobody can see marked `data-curbcut-hidden`. `engines` holds each engine's raw compact output by name, as plain
    JSON data. `cut_short` names each bound that ended a wait or a list early.
    """

    url: str
    final_url: str
    html: str
    http_status: int | None = None
    content_type: str = "text/html"
    title: str = ""
    lang: str = ""
    engines: Mapping[str, Any] = field(default_factory=dict)
    cut_short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Readability:
    """A page's text in numbers. `grade` is None when `no_score_reason` says why there is none."""

    lang: str
    words: int
    sentences: int
    words_per_sentence: float | None = None
    grade: float | None = None
    reading_ease: float | None = None
    formula: str = ""
    school_age: str = ""
    no_score_reason: str = ""
    scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that was found on one page: findings, the outcome of each rule that ran, and the text's numbers."""

    findings: tuple[Finding, ...]
    rule_outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    readability: Readability | None = None
    not_run: Mapping[str, str] = field(default_factory=dict)


def digest(*parts: str) -> str:
    """Return 16 hex digits that name `parts`: the form of every fingerprint and component."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
