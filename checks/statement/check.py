"""What a check of a statement is, and how all of them are run.

A check is a function under its id in a module of `checks/statement/checks/`, found by being there; what must hold and
what to do otherwise stands in `data/checks.yaml`. It answers with one of EARL's outcomes and with the words it saw.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import ModuleType
from typing import Any, TypeAlias

import yaml

from checks.judging import modules_in
from checks.model import Outcome
from checks.statement.model import Situation, Statement

MAX_QUOTE_CHARS = 300
GROUPS = ("overview", "information", "status", "non_accessible", "preparation", "feedback", "enforcement")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One check's answer: the outcome, why in plain words, what was seen, and whether it rests on unchecked words."""

    outcome: Outcome
    message: str
    quote: str = ""
    is_unverified: bool = False


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """What a check is about. `machine` is false where only a person can answer."""

    id: str
    group: str
    title: str
    how: str
    section: str
    machine: bool


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check with its answer."""

    info: CheckInfo
    verdict: Verdict

    @property
    def outcome(self) -> Outcome:
        """The outcome."""
        return self.verdict.outcome


OnStatement: TypeAlias = Callable[[Statement, Situation], Verdict]
Look: TypeAlias = Callable[[Situation], Verdict]
_functions: dict[str, Look] = {}


def check(check_id: str) -> Callable[[OnStatement], OnStatement]:
    """Register a check that needs a statement: where there is none, it is inapplicable.

    Where the statement cannot be read, or has the check's section on a page that was not read, a person must look.
    """

    def register(function: OnStatement) -> OnStatement:
        def look(situation: Situation) -> Verdict:
            if situation.statement is None:
                if situation.unreadable:
                    return cant_tell(f"The statement could not be read. {situation.unreadable}", situation.not_html)
                return inapplicable("There is no statement to look at.")
            verdict = function(situation.statement, situation)
            part = situation.statement.elsewhere.get(infos()[check_id].group, "")
            if verdict.outcome is Outcome.FAILED and part:
                return cant_tell(
                    f"The statement has a page of its own for this, which was not read. {verdict.message}", part
                )
            return verdict

        _add(check_id, look)
        return function

    return register


def check_situation(check_id: str) -> Callable[[Look], Look]:
    """Register a check that can answer without a statement."""

    def register(function: Look) -> Look:
        _add(check_id, function)
        return function

    return register


def passed(message: str, quote: str = "", *, unverified: bool = False) -> Verdict:
    """It holds, as far as a machine can tell."""
    return Verdict(Outcome.PASSED, message, quote[:MAX_QUOTE_CHARS], unverified)


def failed(message: str, quote: str = "", *, unverified: bool = False) -> Verdict:
    """It does not hold."""
    return Verdict(Outcome.FAILED, message, quote[:MAX_QUOTE_CHARS], unverified)


def cant_tell(message: str, quote: str = "", *, unverified: bool = False) -> Verdict:
    """A person must look; the message says at what."""
    return Verdict(Outcome.CANT_TELL, message, quote[:MAX_QUOTE_CHARS], unverified)


def inapplicable(message: str) -> Verdict:
    """The check does not concern this statement."""
    return Verdict(Outcome.INAPPLICABLE, message)


def untested(message: str) -> Verdict:
    """What the check needs was not looked up."""
    return Verdict(Outcome.UNTESTED, message)


@cache
def infos() -> dict[str, CheckInfo]:
    """Return what each check is about, in the order of the statement."""
    text = (resources.files("checks.statement.data") / "checks.yaml").read_text(encoding="utf-8")
    rows: dict[str, Any] = yaml.safe_load(text)["checks"]
    return {
        key: CheckInfo(key, row["group"], row["title"], row["how"], row.get("section", ""), row["machine"])
        for key, row in rows.items()
    }


def run_checks(situation: Situation) -> tuple[CheckResult, ...]:
    """Return every check's answer, in the order of the statement."""
    functions = all_checks()
    return tuple(CheckResult(info, functions[key](situation)) for key, info in infos().items())


@cache
def all_checks() -> dict[str, Look]:
    """Return every check's function by id. LookupError if one is described and not there, or the other way round."""
    import checks.statement.checks  # noqa: PLC0415 # its modules import this one

    package: ModuleType = checks.statement.checks
    modules_in(package)
    if _functions.keys() != infos().keys():
        raise LookupError(f"Checks without description or function: {sorted(_functions.keys() ^ infos().keys())}")
    return _functions


def _add(check_id: str, function: Look) -> None:
    if check_id in _functions:
        raise LookupError(f"{check_id} is there twice.")
    _functions[check_id] = function
