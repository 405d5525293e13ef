"""Runs our own rules on a captured page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from bs4 import BeautifulSoup, Tag

import checks.probes
import checks.rules
from checks.elements import element_of, selector_of, snippet_of
from checks.fingerprint import component, fingerprint, region
from checks.judging import REPORTED, SEVERITY, PageResult, judge, modules_in, why_stopped
from checks.model import Finding, Outcome, Page
from checks.probe import Probe, Probed, ProbeView, Seen
from checks.rule import ENGINE, PageView, Rule, Verdict
from checks.site import Place, SiteView

View = PageView | ProbeView

MAX_SITE_FINDINGS = 5_000
"""Findings kept of one rule over a whole site."""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, by id: each module in `checks/rules/` is one."""
    rules: list[Rule] = [module.rule for module in modules_in(checks.rules)]
    return tuple(sorted(rules, key=lambda rule: rule.id))


@cache
def all_probes() -> tuple[Probe, ...]:
    """Return every probe, cheap and harmless ones first: each module in `checks/probes/` is one."""
    probes: list[Probe] = [module.probe for module in modules_in(checks.probes)]
    return tuple(sorted(probes, key=lambda probe: (probe.order, probe.name)))


def probes_for(rules: Iterable[Rule]) -> tuple[Probe, ...]:
    """Return the probes that these rules need."""
    wanted = {rule.probe for rule in rules}
    return tuple(probe for probe in all_probes() if probe.name in wanted)


def rules_for(criteria: Collection[str]) -> tuple[Rule, ...]:
    """Return the rules that look at one of these success criteria (a profile's)."""
    return tuple(rule for rule in all_rules() if set(rule.info.wcag) & set(criteria))


def check_page(page: Page, rules: Iterable[Rule], soup: BeautifulSoup | None = None) -> PageResult:
    """Return what these rules find on a page. `soup` is `page.html` parsed, where the caller has it; it is only read.

    A rule that raises is named in `not_run` and the others go on: one rule may not cost a page its result.
    """
    return check_view(PageView(page, soup or BeautifulSoup(page.html, "lxml")), rules)


def check_view(view: PageView, rules: Iterable[Rule]) -> PageResult:
    """Return what these rules find on a page that has been parsed."""
    return _judge([(rule, view) for rule in rules if rule.kind == "page"], view.page)


def check_probed(page: Page, probed: Mapping[str, Probed], rules: Iterable[Rule]) -> PageResult:
    """Return what rules of the kind `rendered` say of what the probes noted on a page, by the probe's name.

    A rule whose probe is not there is left out: say why in the page's `not_run`.
    """
    chosen = [(rule, ProbeView(page, probed[rule.probe])) for rule in rules if rule.probe in probed]
    return _judge(chosen, page)


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What rules of the kind `site` said, by URL id: findings, and each rule's outcome. `not_run` is by rule."""

    findings: Mapping[int, list[Finding]]
    rule_outcomes: Mapping[int, Mapping[str, Outcome]]
    not_run: Mapping[str, str]


def check_site(site: SiteView, rules: Iterable[Rule]) -> SiteResult:
    """Return what rules of the kind `site` find when they compare the pages of a site."""
    findings: dict[int, list[Finding]] = defaultdict(list)
    outcomes: dict[int, dict[str, Outcome]] = defaultdict(dict)
    not_run: dict[str, str] = {}
    pages = [page.url_id for page in site.pages()]
    for rule in (rule for rule in rules if rule.kind == "site"):
        of_rule = dict.fromkeys(pages, Outcome.INAPPLICABLE)
        found: list[tuple[int, Finding]] = []
        try:
            for place, verdict in rule.verdicts(site):
                key = place.page.url_id
                of_rule[key] = max(of_rule[key], verdict.outcome, key=SEVERITY.index)
                if verdict.outcome in REPORTED and len(found) < MAX_SITE_FINDINGS:
                    found.append((key, _site_finding(rule, place, verdict)))
        except Exception as error:  # noqa: BLE001  one rule may not cost the others their result
            not_run[rule.id] = why_stopped(error)
            continue
        for key, outcome in of_rule.items():
            outcomes[key][rule.id] = outcome
        for key, finding in found:
            findings[key].append(finding)
    return SiteResult(findings, outcomes, not_run)


def _site_finding(rule: Rule, place: Place, verdict: Verdict) -> Finding:
    return Finding(
        rule=rule.id,
        engine=ENGINE,
        outcome=verdict.outcome,
        url=place.page.url,
        message=rule.message(verdict),
        message_id=verdict.message,
        arguments=verdict.arguments,
        target=place.target,
        wcag=rule.info.wcag,
        impact=rule.info.impact,
        snippet=place.snippet,
        fingerprint=place.fingerprint(rule.id),
        component=place.fingerprint(rule.id),
        help_url=rule.info.help_url,
    )


def _judge(chosen: Iterable[tuple[Rule, View]], page: Page) -> PageResult:
    return judge(chosen, lambda rule, target, verdict: _finding(rule, page, target, verdict))


def _finding(rule: Rule, page: Page, target: Tag | Seen, verdict: Verdict) -> Finding:
    element = target.element if isinstance(target, Seen) else element_of(target)
    return Finding(
        rule=rule.id,
        engine=ENGINE,
        outcome=verdict.outcome,
        url=page.url,
        message=rule.message(verdict),
        message_id=verdict.message,
        arguments=verdict.arguments,
        target=target.target if isinstance(target, Seen) else selector_of(target),
        wcag=rule.info.wcag,
        impact=rule.info.impact,
        snippet=target.snippet if isinstance(target, Seen) else snippet_of(target),
        fingerprint=fingerprint(rule.id, element, verdict.message),
        component=component(rule.id, element),
        region=region(element),
        help_url=rule.info.help_url,
        picture=target.picture if isinstance(target, Seen) else None,
    )
