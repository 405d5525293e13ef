"""The examples of rules that need a live page, in a real browser; each page is probed once for all its rules."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import pytest

import checks.rules
from checks.model import Outcome, Page
from checks.probe import Probed
from checks.rule import Rule
from checks.run import all_probes, all_rules, check_probed

OUTCOMES = {
    "passed": Outcome.PASSED,
    "failed": Outcome.FAILED,
    "inapplicable": Outcome.INAPPLICABLE,
    "cant_tell": Outcome.CANT_TELL,
}
CASES = [
    pytest.param(module.rule, html, outcome, id=f"{module.rule.id}-{kind}-{number}")
    for _, name, _ in pkgutil.iter_modules(checks.rules.__path__)
    if not name.startswith("_") and (module := importlib.import_module(f"checks.rules.{name}")).rule.kind == "rendered"
    for kind, outcome in OUTCOMES.items()
    for number, html in enumerate(getattr(module.EXAMPLES, kind))
]
PROBES = {probe.name: probe for probe in all_probes()}


@pytest.fixture(scope="module")
def seen(looks: Any, request: pytest.FixtureRequest) -> dict[tuple[str, str], tuple[str, Probed]]:
    """What each probe notes on each example that is to be tested: (probe, HTML) -> (address, noted)."""
    items = [item for item in request.session.items if item.path == request.path and hasattr(item, "callspec")]
    wanted = list(dict.fromkeys((i.callspec.params["rule"].probe, i.callspec.params["html"]) for i in items))
    found = looks.look_at_all([(html, PROBES[probe].look) for probe, html in wanted])
    return dict(zip(wanted, found, strict=True))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.timeout(1200)  # the first of them waits for all looks
@pytest.mark.parametrize(("rule", "html", "outcome"), CASES)
def test_the_rules_own_examples_hold_in_a_browser(
    rule: Rule, html: str, outcome: Outcome, seen: dict[tuple[str, str], tuple[str, Any]]
) -> None:
    address, probed = seen[rule.probe, html]
    if isinstance(probed, BaseException):
        raise probed
    result = check_probed(Page(address, address, html), {rule.probe: probed}, [rule])
    assert result.not_run == {}
    assert result.rule_outcomes == {rule.id: outcome}
    assert {f.outcome for f in result.findings} == ({outcome} & {Outcome.FAILED, Outcome.CANT_TELL})
    for finding in result.findings:
        assert finding.fingerprint
        assert "{" not in finding.message


def test_every_probe_serves_a_rule_and_every_rule_has_its_probe() -> None:
    wanted = {rule.probe for rule in all_rules() if rule.kind == "rendered"}
    assert wanted == set(PROBES)
