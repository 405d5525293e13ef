"""Every rule's own examples, and what every rule's file must hold."""

from __future__ import annotations

import importlib
import pkgutil
import re
import string
from pathlib import Path
from types import ModuleType

import pytest

import checks.rules
from checks.judging import PageResult
from checks.model import Impact, Outcome, Page
from checks.rule import Examples, Rule
from checks.run import all_rules, check_page
from checks.standards import criteria

MODULES: list[ModuleType] = [
    importlib.import_module(f"checks.rules.{name}")
    for _, name, _ in pkgutil.iter_modules(checks.rules.__path__)
    if not name.startswith("_")
]
OUTCOMES = {
    "passed": Outcome.PASSED,
    "failed": Outcome.FAILED,
    "inapplicable": Outcome.INAPPLICABLE,
    "cant_tell": Outcome.CANT_TELL,
}
CASES = [
    pytest.param(module.rule, html, outcome, id=f"{module.rule.id}-{kind}-{number}")
    for module in MODULES
    if module.rule.kind == "page"  # those that need a live page: test_checks_rendered_rules.py
    for kind, outcome in OUTCOMES.items()
    for number, html in enumerate(getattr(module.EXAMPLES, kind))
]


def run_example(rule: Rule, html: str) -> PageResult:
    whole = html if html.startswith("<html") else f'<html lang="en"><head></head><body>{html}</body></html>'
    return check_page(Page("http://elm.example/", "http://elm.example/", whole), [rule])


@pytest.mark.parametrize(("rule", "html", "outcome"), CASES)
def test_the_rules_own_examples_hold(rule: Rule, html: str, outcome: Outcome) -> None:
    result = run_example(rule, html)
    assert result.not_run == {}
    assert result.rule_outcomes == {rule.id: outcome}
    found = {finding.outcome for finding in result.findings}
    assert found == ({outcome} & {Outcome.FAILED, Outcome.CANT_TELL})
    for finding in result.findings:
        assert finding.wcag == rule.info.wcag
        assert finding.fingerprint
        assert finding.component
        assert "{" not in finding.message


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_a_rules_file_holds_all_that_a_rule_needs(module: ModuleType) -> None:
    rule, examples = module.rule, module.EXAMPLES
    assert isinstance(rule, Rule)
    assert isinstance(examples, Examples)
    info = rule.info
    assert info.id == "curbcut/" + module.__name__.rsplit(".", 1)[-1].replace("_", "-")
    assert info.wcag
    assert set(info.wcag) <= set(criteria())
    assert info.sources
    assert all(re.match(r"https://", source) for source in info.sources)
    assert isinstance(info.impact, Impact)
    assert module.__doc__
    for sentence in (info.who, info.how, *rule.messages.values()):
        assert re.fullmatch(r"[A-Z].*[.?\"]", sentence), sentence
    assert not info.title.endswith(".")


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_a_rule_has_two_examples_of_each_outcome_it_can_give(module: ModuleType) -> None:
    code = Path(str(module.__file__)).read_text(encoding="utf-8")
    given = {"passed": r"\bpassed\(\)", "failed": r"\bfailed\((?!\[)", "cant_tell": r"\bcant_tell\("}
    for kind, pattern in given.items():
        can_give = re.search(pattern, code.split("EXAMPLES =")[0]) is not None
        assert (len(getattr(module.EXAMPLES, kind)) >= 2) == can_give, kind
    assert len(module.EXAMPLES.inapplicable) >= 2
    messages = {
        key for key, kind in (("failed", "failed"), ("cantTell", "cant_tell")) if getattr(module.EXAMPLES, kind)
    }
    assert {key.split(".")[0] for key in module.rule.messages} == messages


@pytest.mark.parametrize("module", [m for m in MODULES if m.rule.kind == "page"], ids=lambda module: module.__name__)
def test_every_message_is_reached_by_an_example_and_keeps_its_data(module: ModuleType) -> None:
    rule, examples = module.rule, module.EXAMPLES
    results = [run_example(rule, html) for html in (*examples.failed, *examples.cant_tell)]
    findings = [finding for result in results for finding in result.findings]
    assert {finding.message_id for finding in findings} == set(rule.messages)
    for finding in findings:
        names = {name for _, name, _, _ in string.Formatter().parse(rule.messages[finding.message_id]) if name}
        assert names == set(finding.arguments)


def test_every_module_is_found_and_ids_are_unique() -> None:
    ids = [rule.id for rule in all_rules()]
    assert sorted(module.rule.id for module in MODULES) == ids
    assert len(set(ids)) == len(ids)


def test_the_guide_to_adding_a_rule_shows_a_rule_that_works(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "adding-a-rule.md").read_text(encoding="utf-8")
    shown = next(block for block in re.findall(r"```python\n(.*?)```", guide, re.DOTALL) if "Rule(" in block)
    scope: dict[str, object] = {"__name__": "checks.rules.heading_shouts"}
    exec(compile(shown, "docs/adding-a-rule.md", "exec"), scope)  # noqa: S102  our own page
    rule, examples = scope["rule"], scope["EXAMPLES"]
    assert isinstance(rule, Rule)
    assert isinstance(examples, Examples)
    for kind, outcome in OUTCOMES.items():
        for html in getattr(examples, kind):
            assert run_example(rule, html).rule_outcomes == {rule.id: outcome}, html
    named = set(re.findall(r"`((?:checks|tests|docs)/[\w/.-]+)`", guide))
    root = Path(__file__).parents[2]
    assert named
    assert {path for path in named if not (root / path).exists()} == set()
