"""Judges the language of one page: findings of a guide's rules, and the text in numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from checks.model import SNIPPET_MAX_CHARS, Finding, Outcome, Page, Readability, digest
from styleguide.kinds._patterns import is_spared
from styleguide.readability import measure
from styleguide.reading import Reading, reads
from styleguide.rules import ENGINE, Hit, Rule
from styleguide.site import PageFacts, page_facts
from styleguide.text import parse, read_document

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

    from styleguide.blocks import TextDocument
    from styleguide.guides import Guide

MAX_FINDINGS_PER_RULE = 10
"""Findings one rule may have on one page; the rest are counted. Nobody mends more before looking again, and no
single rule may drown the rest."""

LISTED = {"error": (3, 4), "warning": (3, 4), "suggestion": (2, 3)}
"""By severity, how many places of a rule are listed that says the same at each: at least, and per 1,000 words of text.

Long sentences alone would otherwise be two thirds of all findings. Rules about words are not cut so: each of their
findings has another word in it, and another mend.
"""

MAX_FINDINGS_PER_PHRASE = 3
"""Findings one rule may have on one page for the same words: after three places a writer searches and replaces."""

CONTEXT_CHARS = 80
"""Characters of text shown to each side of the words a finding is about."""


@dataclass(frozen=True, slots=True)
class StyleResult:
    """What the style checks say of one page. `notes` are plain sentences about what was left out, and why.

    `hits` are the places in the text that the findings are about, in the same order.
    """

    findings: tuple[Finding, ...]
    readability: Readability | None
    rule_outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = field(default=(), compare=False)
    facts: PageFacts | None = field(default=None, compare=False)


def check_page(page: Page, guide: Guide, soup: BeautifulSoup | None = None) -> StyleResult:
    """Return what `guide` finds on the page. `soup` is the page's parsed HTML where somebody has it already.

    Keeps no state, so several threads may call it. Its time is linear in the size of the page.
    """
    document = read_document(soup if soup is not None else parse(page.html), page.lang)
    found = find(document, guide, page.final_url or page.url)
    return replace(found, readability=measure(document))


def find(document: TextDocument, guide: Guide, url: str) -> StyleResult:
    """Return what `guide` finds in a text that is read already, without its readability. `url` names the text.

    Of the same words and of one rule only the first places are listed; `find_hits` has all.
    """
    reading = Reading(document)
    found, notes = _without_ignored(_find_hits(reading, guide), reading, guide, url)
    findings: list[Finding] = []
    listed: list[Hit] = []
    outcomes: dict[str, Outcome] = {}
    seen: Counter[str] = Counter()
    for rule in guide.rules:
        hits = found.get(rule.id, [])
        lacking = rule.kind.lacks(rule, reading) if rule.kind.lacks is not None else ""
        outcomes[rule.id] = _outcome(rule, hits, reading) if hits or not lacking else Outcome.UNTESTED
        if lacking:
            notes.append(f"{rule.id}: not checked: {lacking}.")
        shown = _shown(hits, _most(rule, reading))
        cut = len(hits) - len(shown)
        findings += (_finding(hit, url, seen, cut if hit is shown[-1] else 0) for hit in shown)
        listed += shown
        if cut:
            which = "worst" if hits[0].weight else "first"
            notes.append(f"{rule.id}: {len(shown)} of {len(hits)} places are listed, the {which} on the page.")
    facts = page_facts(reading, guide, url, _off_on(guide, url))
    return StyleResult(tuple(findings), None, outcomes, tuple(notes), tuple(listed), facts)


def find_hits(document: TextDocument, guide: Guide, url: str) -> list[Hit]:
    """Return every place that `guide` finds, those too that nobody would list."""
    reading = Reading(document)
    found, _ = _without_ignored(_find_hits(reading, guide), reading, guide, url)
    return [hit for hits in found.values() for hit in hits]


def _find_hits(reading: Reading, guide: Guide) -> dict[str, list[Hit]]:
    hits: defaultdict[str, list[Hit]] = defaultdict(list)
    for block in reading.document.blocks:
        matcher = guide.matchers.get(block.lang) if block.kind in guide.word_scope else None
        for rule, term, start, end in matcher.find(block) if matcher else ():
            if reads(rule, block) and rule.kind.hit is not None:
                hit = rule.kind.hit(rule, block, term, start, end)
                if hit is not None:
                    hits[rule.id].append(hit)
    for rule in guide.rules:
        if rule.kind.find is not None:
            hits[rule.id] += rule.kind.find(rule, reading)
    return hits


def _without_ignored(
    hits: Mapping[str, list[Hit]], reading: Reading, guide: Guide, url: str
) -> tuple[dict[str, list[Hit]], list[str]]:
    """Return the hits that count, and a note for each rule that the page, its path or a name took some from."""
    off = _off_on(guide, url)
    kept: dict[str, list[Hit]] = {}
    reasons: dict[tuple[str, str], int] = {}
    for rule_id, found in hits.items():
        for hit in found:
            reason = off.get(rule_id, reading.ignored.reason(rule_id, hit.block))
            if reason is not None:
                reasons[rule_id, reason] = reasons.get((rule_id, reason), 0) + 1
            elif guide.spared is None or not is_spared(guide.spared, hit.block.text, hit.start, hit.end):
                kept.setdefault(rule_id, []).append(hit)
    notes = [
        f"{rule_id}: {count} {'place is' if count == 1 else 'places are'} ignored here: {reason or 'no reason given'}."
        for (rule_id, reason), count in reasons.items()
    ]
    return kept, notes


def _off_on(guide: Guide, url: str) -> dict[str, str]:
    """Return the rules that the guide turns off on this path, and why."""
    if not guide.off_on_paths:
        return {}
    path = urlsplit(url).path or "/"
    return {item.rule: item.reason for item in guide.off_on_paths if fnmatchcase(path, item.path)}


def _most(rule: Rule, reading: Reading) -> int:
    """Return how many places of a rule are listed at most."""
    if rule.terms:
        return MAX_FINDINGS_PER_RULE
    least, per_1000_words = LISTED[rule.severity]
    return min(MAX_FINDINGS_PER_RULE, max(least, ceil(per_1000_words * reading.words / 1000)))


def _shown(hits: list[Hit], most: int) -> list[Hit]:
    """Return the hits to list, in their order: the first of each phrase, and the worst, or first, of all."""
    phrases: Counter[str] = Counter()
    kept: list[int] = []
    for index, hit in enumerate(hits):
        phrases[hit.key] += 1
        if phrases[hit.key] <= MAX_FINDINGS_PER_PHRASE:
            kept.append(index)
    worst = sorted(kept, key=lambda index: -hits[index].weight)[:most]
    return [hits[index] for index in sorted(worst)]


def _outcome(rule: Rule, hits: list[Hit], reading: Reading) -> Outcome:
    if any(hit.outcome is Outcome.FAILED for hit in hits):
        return Outcome.FAILED
    if hits:
        return Outcome.CANT_TELL
    return Outcome.PASSED if reading.blocks(rule) else Outcome.INAPPLICABLE


def _finding(hit: Hit, url: str, seen: Counter[str], more: int) -> Finding:
    rule = hit.rule
    identity = digest(rule.id, hit.key, " ".join(hit.context.lower().split()))
    seen[identity] += 1
    if seen[identity] > 1:  # the same words in the same sentence again: a place of its own
        identity = digest(identity, str(seen[identity]))
    message = rule.messages[hit.message_id].format(**hit.arguments)
    arguments = dict(hit.arguments)
    if more:
        arguments["more_on_page"] = more
        places = "place on this page is" if more == 1 else "places on this page are"
        message += f" ({more} more {places} not listed.)"
    return Finding(
        rule=rule.id,
        engine=ENGINE,
        outcome=hit.outcome,
        url=url,
        message=message,
        target=hit.block.target,
        snippet=_snippet(hit),
        fingerprint=identity,
        component=digest(rule.id, hit.key),
        region=hit.block.region,
        message_id=hit.message_id,
        arguments=arguments,
        suggestion=hit.suggestion or rule.suggestion,
        span=(hit.start, hit.end),
        help_url=rule.help_url,
    )


def _snippet(hit: Hit) -> str:
    """Return the words in their context as plain text on one line, whole words only."""
    text = hit.block.text
    start = max(0, hit.start - CONTEXT_CHARS)
    end = min(len(text), hit.end + CONTEXT_CHARS, start + SNIPPET_MAX_CHARS - 2)
    if start > 0:
        gap = text.find(" ", start, hit.start)
        start = gap + 1 if gap >= 0 else start
    if end < len(text) and end > hit.end:
        gap = text.rfind(" ", hit.end, end)
        end = gap if gap >= 0 else end
    piece = text[start:end].replace("\n", " ")
    return f"{'…' if start > 0 else ''}{piece}{'…' if end < len(text) else ''}"
