"""Runs rules of any kind on what they judge. One rule's failure, or its flood of findings, stays that rule's affair."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, TypeVar

from checks.model import Finding, Outcome
from checks.rule import Rule, Verdict

MAX_FINDINGS_PER_RULE = 200
"""Findings kept of one rule on one page or in one document; the rest is counted. The same bound as for axe."""

SEVERITY = (Outcome.INAPPLICABLE, Outcome.PASSED, Outcome.CANT_TELL, Outcome.FAILED)
REPORTED = (Outcome.FAILED, Outcome.CANT_TELL)

RuleT = TypeVar("RuleT", bound=Rule)


@dataclass(frozen=True, slots=True)
class PageResult:
    """What our own rules said of one page. `not_run` says why a rule, or a part of its findings, is missing."""

    findings: tuple[Finding, ...] = ()
    rule_outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    not_run: Mapping[str, str] = field(default_factory=dict)


def modules_in(package: ModuleType) -> list[ModuleType]:
    """Return the modules of a package whose names do not begin with `_`, by name: each is one rule, or one probe."""
    names = [name for _, name, _ in pkgutil.iter_modules(package.__path__) if not name.startswith("_")]
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]


def why_stopped(error: Exception) -> str:
    """Return what `not_run` says of a rule that raised."""
    return f"The rule stopped with an error: {type(error).__name__}: {error}"[:500]


def cut_short(more: int, places: str = "elements") -> str:
    """Return what `not_run` says of the findings beyond the bound; `places` is what their targets are called."""
    verbs = "has this result and is" if more == 1 else "have this result and are"
    return f"{more} more {places.removesuffix('s') if more == 1 else places} {verbs} not listed."


def judge(
    chosen: Iterable[tuple[RuleT, object]],
    finding: Callable[[RuleT, Any, Verdict], Finding],
    *,
    places: str = "elements",
) -> PageResult:
    """Run rules, each on the view of its kind; `finding` makes one of a rule, its target and its verdict.

    `places` is what the targets are called where some are not listed.
    """
    findings: list[Finding] = []
    outcomes: dict[str, Outcome] = {}
    not_run: dict[str, str] = {}
    for rule, view in chosen:
        try:
            found, outcome, more = _run(rule, view, finding)
        except Exception as error:  # noqa: BLE001  whatever a strange page does to a rule stays that rule's affair
            not_run[rule.id] = why_stopped(error)
            continue
        findings += found
        outcomes[rule.id] = outcome
        if more:
            not_run[f"{rule.id}:more"] = cut_short(more, places)
    return PageResult(tuple(findings), outcomes, not_run)


def _run(
    rule: RuleT, view: object, finding: Callable[[RuleT, Any, Verdict], Finding]
) -> tuple[list[Finding], Outcome, int]:
    findings: list[Finding] = []
    worst = Outcome.INAPPLICABLE
    more = 0
    for target, verdict in rule.verdicts(view):
        worst = max(worst, verdict.outcome, key=SEVERITY.index)
        if verdict.outcome not in REPORTED:
            continue
        if len(findings) < MAX_FINDINGS_PER_RULE:
            findings.append(finding(rule, target, verdict))
        else:
            more += 1
    return findings, worst, more
