"""What only shows across a site: two spellings of one term, pages with the same title.

Each page gives notes when it is judged: small plain data, kept with it. When all pages are there, the rules that
compare them read the notes page by page, so that a site of any size fits in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from checks.model import SNIPPET_MAX_CHARS, Finding, Outcome, digest
from styleguide.kinds._patterns import is_spared
from styleguide.rules import ENGINE, Rule, SiteHit

if TYPE_CHECKING:
    from styleguide.blocks import Block
    from styleguide.guides import Guide
    from styleguide.reading import Reading

MAX_SITE_FINDINGS = 5_000
"""Findings kept of one rule over a whole site."""

NEXT_PAGE = "<!-- next page -->"
"""Parts the pages of an example that needs several."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What one page tells its site: the notes of each rule that compares pages, by the rule's id, as plain JSON data.

    `identity` is the same for two addresses of one page.
    """

    url: str
    lang: str
    notes: Mapping[str, Mapping[str, Any]]
    identity: str = ""


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What the rules said when they compared the pages, by address. `not_run` is by rule."""

    findings: Mapping[str, list[Finding]]
    rule_outcomes: Mapping[str, Mapping[str, Outcome]]
    not_run: Mapping[str, str] = field(default_factory=dict)


def page_facts(reading: Reading, guide: Guide, url: str, off: Iterable[str] = ()) -> PageFacts:
    """Return the facts of one page. `off` names the rules that are turned off on its path."""
    off = frozenset(off)
    notes: dict[str, Mapping[str, Any]] = {}
    for rule in guide.compared:
        if rule.id in off or rule.kind.note is None:
            continue

        def counts(block: Block, start: int, end: int, rule_id: str = rule.id) -> bool:
            if guide.spared is not None and is_spared(guide.spared, block.text, start, end):
                return False
            return reading.ignored.reason(rule_id, block) is None

        found = rule.kind.note(rule, reading, counts)
        if found:
            notes[rule.id] = found
    return PageFacts(url, reading.document.lang, notes)


def judge_site(pages: Callable[[], Iterable[PageFacts]], rules: Iterable[Rule]) -> SiteResult:
    """Return what the rules find when they compare the pages. `pages` gives them anew each time, in one order."""
    findings: dict[str, list[Finding]] = {}
    outcomes: dict[str, dict[str, Outcome]] = {}
    not_run: dict[str, str] = {}
    for rule in rules:
        if rule.kind.compare is None:
            continue
        try:
            noted = [page.url for page in pages() if rule.id in page.notes]
            hits = list(islice(rule.kind.compare(rule, pages), MAX_SITE_FINDINGS))
            found = [_finding(hit) for hit in hits]
        except Exception as error:  # noqa: BLE001  one rule may not cost a whole site its result
            not_run[rule.id] = f"The rule stopped with an error: {type(error).__name__}: {error}"[:SNIPPET_MAX_CHARS]
            continue
        for url in noted:
            outcomes.setdefault(url, {})[rule.id] = Outcome.PASSED
        for finding in found:
            findings.setdefault(finding.url, []).append(finding)
            outcomes.setdefault(finding.url, {})[rule.id] = Outcome.FAILED
    return SiteResult(findings, outcomes, not_run)


def _finding(hit: SiteHit) -> Finding:
    rule = hit.rule
    return Finding(
        rule=rule.id,
        engine=ENGINE,
        outcome=Outcome.FAILED,
        url=hit.url,
        message=rule.messages[hit.message_id].format(**hit.arguments),
        target=hit.target,
        snippet=hit.snippet[:SNIPPET_MAX_CHARS],
        fingerprint=digest(rule.id, hit.key, " ".join(hit.context.lower().split())),
        component=digest(rule.id, hit.key),
        region=hit.region,
        message_id=hit.message_id,
        arguments=dict(hit.arguments),
        suggestion=hit.suggestion or rule.suggestion,
        span=hit.span,
        help_url=rule.help_url,
    )
