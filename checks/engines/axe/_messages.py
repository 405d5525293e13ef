"""Says in one plain sentence what axe found on one element."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from checks.model import Outcome

Arguments = Mapping[str, str | int | float]

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Reason:
    """One check of axe that spoke for the outcome: its group (`any`, `all`, `none`), id, words and data."""

    group: str
    check: str
    message: str
    data: Arguments

    @property
    def key(self) -> str:
        """The check and, where axe tells several cases apart, which one: `color-contrast.bgImage`."""
        case = self.data.get("messageKey")
        return f"{self.check}.{case}" if case else self.check


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with what it was made from."""

    text: str
    id: str
    arguments: Arguments


@cache
def load(name: str) -> dict[str, Any]:
    """Return one of this engine's YAML tables: `advice` or `messages`."""
    text = (resources.files("checks.engines.axe") / f"{name}.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return table


def describe(rule: str, outcome: Outcome, reasons: Sequence[Reason]) -> Message:
    """Return the sentence for one element that `rule` failed or could not tell about."""
    decisive = [r for r in reasons if r.group != "any"] or (list(reasons) if _one_way(reasons) else [])
    templates = load("messages")[outcome.value]
    for reason in decisive:
        for key in (reason.key, reason.check):
            if key in templates and (text := _fill(templates[key], reason.data)):
                return Message(text, f"{rule}/{reason.key}", reason.data)
    case = decisive[0].key if decisive else ""
    arguments = decisive[0].data if decisive else {}
    return Message(_rule_sentence(rule, outcome, reasons), f"{rule}/{case}".rstrip("/"), arguments)


def _one_way(reasons: Sequence[Reason]) -> bool:
    return len({reason.check for reason in reasons}) == 1


def _rule_sentence(rule: str, outcome: Outcome, reasons: Sequence[Reason]) -> str:
    advice = load("advice").get(rule, {})
    if outcome is Outcome.FAILED and "failed" in advice:
        return str(advice["failed"])
    if outcome is Outcome.CANT_TELL and "review" in advice:
        return str(advice["review"])
    said = next((_SPACES.sub(" ", r.message).strip() for r in reasons if r.message.strip()), "")
    if outcome is Outcome.FAILED:
        return f"This element fails axe-core's rule {rule}" + (f": {said}" if said else ".")
    return f"A person must look at this for axe-core's rule {rule}" + (f": {said}" if said else ".")


def _fill(template: str, data: Arguments) -> str:
    """Fill in `template`, or return an empty string when it needs data that is not there."""
    names = [name for _, name, _, _ in string.Formatter().parse(template) if name]
    if any(data.get(name) in (None, "") for name in names):
        return ""
    for name in names:
        template = template.replace("{" + name + "}", str(data[name]))
    return _SPACES.sub(" ", template).strip()
