"""The examples of rules that compare pages."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from bs4 import BeautifulSoup

import checks.rules
from checks.model import Outcome, Page, digest
from checks.rule import PageView, Rule
from checks.run import SiteResult, check_site
from checks.site import PageFacts, Place, SiteView, facts

OUTCOMES = {
    "passed": Outcome.PASSED,
    "failed": Outcome.FAILED,
    "inapplicable": Outcome.INAPPLICABLE,
    "cant_tell": Outcome.CANT_TELL,
}
SEVERITY = [Outcome.INAPPLICABLE, Outcome.PASSED, Outcome.CANT_TELL, Outcome.FAILED]
CASES = [
    pytest.param(module.rule, pages, outcome, id=f"{module.rule.id}-{kind}-{number}")
    for _, name, _ in pkgutil.iter_modules(checks.rules.__path__)
    if not name.startswith("_") and (module := importlib.import_module(f"checks.rules.{name}")).rule.kind == "site"
    for kind, outcome in OUTCOMES.items()
    for number, pages in enumerate(getattr(module.EXAMPLES, kind))
]


def compare(rule: Rule, pages: tuple[str, ...]) -> SiteResult:
    known = []
    for number, html in enumerate(pages):
        address = f"https://elm.example/{number}"
        whole = html if html.startswith("<html") else f'<html lang="en"><head></head><body>{html}</body></html>'
        soup = BeautifulSoup(whole, "lxml")
        title = soup.title.get_text() if soup.title else ""
        known.append(
            PageFacts(
                number, address, title, "en", digest(html), "", facts(PageView(Page(address, address, whole), soup))
            )
        )
    return check_site(SiteView(lambda: known), [rule])


@pytest.mark.parametrize(("rule", "pages", "outcome"), CASES)
def test_the_rules_own_examples_hold_on_a_site(rule: Rule, pages: tuple[str, ...], outcome: Outcome) -> None:
    result = compare(rule, pages)
    assert result.not_run == {}
    worst = max((outcomes[rule.id] for outcomes in result.rule_outcomes.values()), key=SEVERITY.index)
    assert worst == outcome
    found = [finding for findings in result.findings.values() for finding in findings]
    assert {finding.outcome for finding in found} == ({outcome} & {Outcome.FAILED, Outcome.CANT_TELL})
    assert all(finding.fingerprint and "{" not in finding.message for finding in found)


def test_a_finding_keeps_its_fingerprint_when_the_site_moves_to_another_host() -> None:
    hosts = ("https://elm.example", "http://127.0.0.1:41234")
    pages = [PageFacts(1, f"{host}/a", "A", "en", "", "", {}) for host in hosts]
    keys = [
        Place(page, f"{host}/contact Write to us").fingerprint("r") for page, host in zip(pages, hosts, strict=True)
    ]
    assert keys[0] == keys[1] != Place(pages[0], f"{hosts[1]}/contact Write to us").fingerprint("r")
