"""Runs our own rules on a captured page."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from bs4 import BeautifulSoup, Tag

import checks.rules
from checks.elements import element_of, selector_of, snippet_of
from checks.fingerprint import component, fingerprint, region
from checks.model import Finding, Outcome, Page
from checks.rule import ENGINE, PageView, Rule, Verdict

MAX_FINDINGS_PER_RULE = 200
"""Findings kept of one rule on one page; the rest is counted. The same bound as for axe."""

_SEVERITY = (Outcome.INAPPLICABLE, Outcome.PASSED, Outcome.CANT_TELL, Outcome.FAILED)


@dataclass(frozen=True, slots=True)
class PageResult:
    """What our own rules said of one page. `not_run` says why a rule, or a part of its findings, is missing."""

    findings: tuple[Finding, ...] = ()
    rule_outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    not_run: Mapping[str, str] = field(default_factory=dict)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, by id: each module in `checks/rules/` is one."""
    names = [name for _, name, _ in pkgutil.iter_modules(checks.rules.__path__) if not name.startswith("_")]
    modules = [importlib.import_module(f"checks.rules.{name}") for name in names]
    rules: list[Rule] = [module.rule for module in modules]
    return tuple(sorted(rules, key=lambda rule: rule.id))


def rules_for(criteria: Collection[str]) -> tuple[Rule, ...]:
    """Return the rules that look at one of these success criteria (a profile's)."""
    return tuple(rule for rule in all_rules() if set(rule.info.wcag) & set(criteria))


def check_page(page: Page, rules: Iterable[Rule], soup: BeautifulSoup | None = None) -> PageResult:
    """Return what these rules find on a page. `soup` is `page.html` parsed, where the caller has it; it is only read.

    A rule that raises is named in `not_run` and the others go on: one rule may not cost a page its result.
    """
    view = PageView(page, soup or BeautifulSoup(page.html, "lxml"))
    findings: list[Finding] = []
    outcomes: dict[str, Outcome] = {}
    not_run: dict[str, str] = {}
    for rule in rules:
        if rule.kind != "page":
            continue
        try:
            found, outcome, more = _run(rule, view)
        except Exception as error:  # noqa: BLE001  whatever a strange page does to a rule stays that rule's affair
            not_run[rule.id] = f"The rule stopped with an error: {type(error).__name__}: {error}"[:500]
            continue
        findings += found
        outcomes[rule.id] = outcome
        if more:
            not_run[f"{rule.id}:more"] = f"{more} more elements have this result and are not listed."
    return PageResult(tuple(findings), outcomes, not_run)


def _run(rule: Rule, view: PageView) -> tuple[list[Finding], Outcome, int]:
    findings: list[Finding] = []
    worst = Outcome.INAPPLICABLE
    more = 0
    for tag, verdict in rule.verdicts(view):
        worst = max(worst, verdict.outcome, key=_SEVERITY.index)
        if verdict.outcome not in (Outcome.FAILED, Outcome.CANT_TELL):
            continue
        if len(findings) < MAX_FINDINGS_PER_RULE:
            findings.append(_finding(rule, view.page, tag, verdict))
        else:
            more += 1
    return findings, worst, more


def _finding(rule: Rule, page: Page, tag: Tag, verdict: Verdict) -> Finding:
    element = element_of(tag)
    return Finding(
        rule=rule.id,
        engine=ENGINE,
        outcome=verdict.outcome,
        url=page.url,
        message=rule.message(verdict),
        message_id=verdict.message,
        arguments=verdict.arguments,
        target=selector_of(tag),
        wcag=rule.info.wcag,
        impact=rule.info.impact,
        snippet=snippet_of(tag),
        fingerprint=fingerprint(rule.id, element, verdict.message),
        component=component(rule.id, element),
        region=region(element),
        help_url=rule.info.help_url,
    )
