"""Turns what came back from a page into findings, believing none of it.

axe runs in the page's own world, so a page can send anything in its place. Every value is checked for its type and
length; what does not fit is left out with a reason, and nothing here raises.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeGuard

from checks.engines.axe._messages import Arguments, Reason, describe
from checks.engines.axe._rules import BEST_PRACTICE_TAG, ENGINE, help_url, rule_id, wcag_from_tags
from checks.fingerprint import Element, Step, component, fingerprint, region
from checks.judging import PageResult, cut_short
from checks.model import SNIPPET_MAX_CHARS, Finding, Impact, Outcome
from checks.standards import with_stricter

MAX_RESULT_CHARS = 8_000_000  # twice what the script sends: more was not sent by the script
MAX_RULES = 300
MAX_NODES_PER_RULE = 1_000
MAX_STEPS = 200_000
MAX_PATH = 60
MAX_TARGETS = 20
MAX_ATTRIBUTES = 40
MAX_REASONS = 30
MAX_TEXT_CHARS = 2_000
MAX_ALTERED_SHOWN = 5

_RULE_NAME = re.compile(r"[a-z][a-z0-9-]{1,60}")
_SEVERITY = {
    Outcome.FAILED: 4,
    Outcome.CANT_TELL: 3,
    Outcome.BEST_PRACTICE: 2,
    Outcome.PASSED: 1,
    Outcome.INAPPLICABLE: 0,
}
_REACH_RULES = frozenset({"frame-focusable-content", "scrollable-region-focusable"})
"""Rules that ask whether the keyboard gets somewhere. Behind an open modal dialog it must not, and axe does not look
for one, so there its "failed" becomes a question (ACT rule akn7bn leaves such frames out of account)."""
_REFERENCE = re.compile(r'([a-z-]+)="[^"]')
_OPTIONAL_REFERENCES = frozenset(
    {"aria-activedescendant", "aria-controls", "aria-details", "aria-errormessage", "aria-flowto", "aria-owns"}
)
_NEEDS_WHAT_IT_CONTROLS = frozenset({"combobox", "scrollbar"})
"""Roles that WAI-ARIA 1.2 requires aria-controls of. On others, what is pointed to is often made only when it opens."""

_ALSO_FAILS = {"meta-refresh": ("2.2.4", "3.2.5")}
"""Criteria of level AAA that a failure of a rule always fails, too: axe leaves them to a rule for longer times."""

_GROUPS = {"violations": Outcome.FAILED, "incomplete": Outcome.CANT_TELL}


def normalise(raw: object, page_url: str) -> PageResult:
    """Return the findings in `raw`: the JSON text that `run_script()` resolved to, or that text as data.

    `not_run` says why a rule, a frame or a part of a result is missing: keys are rule ids, `axe`, `axe:frames`,
    `axe:page`, or `axe/<rule>:more`.

    Never raises: rubbish gives no findings and a reason in `not_run`.
    """
    try:
        data = _parse(raw)
    except ValueError as error:
        return PageResult(not_run={"axe": str(error)})
    if "error" in data:
        return PageResult(not_run={"axe": f"axe-core could not run: {_text(data['error'])}"})
    if not isinstance(data.get("rules"), list) or not isinstance(data.get("axe"), str):
        return PageResult(not_run={"axe": "What came back from the page is not a result of axe-core."})
    return _Reader(data, page_url).read()


def _parse(raw: object) -> dict[str, Any]:
    if isinstance(raw, str):
        if len(raw) > MAX_RESULT_CHARS:
            raise ValueError("The result of axe-core is larger than the limit.")
        try:
            raw = json.loads(raw)
        except (ValueError, RecursionError):
            raise ValueError("What came back from the page is not JSON.") from None
    if raw is None:
        raise ValueError("axe-core was not run on this page.")
    if isinstance(raw, dict):
        return raw
    raise ValueError("What came back from the page is not a result of axe-core.")


class _Reader:
    """Reads one result; holds what the parts of a result share."""

    def __init__(self, data: dict[str, Any], page_url: str) -> None:
        self._data = data
        self._url = page_url
        self._version = _text(data["axe"], 40)
        self._messages = _list(data.get("messages"), MAX_STEPS)
        self._steps = _list(data.get("steps"), MAX_STEPS)
        self._findings: list[Finding] = []
        self._outcomes: dict[str, Outcome] = {}
        self._not_run: dict[str, str] = {}

    def read(self) -> PageResult:
        for key, outcome in (("inapplicable", Outcome.INAPPLICABLE), ("passed", Outcome.PASSED)):
            for name in _list(self._data.get(key), MAX_RULES):
                self._settle(name, outcome)
        for entry in _list(self._data.get("rules"), MAX_RULES):
            if isinstance(entry, dict):
                self._rule(entry)
        self._gaps()
        return PageResult(tuple(self._findings), self._outcomes, self._not_run)

    def _settle(self, name: object, outcome: Outcome) -> bool:
        if not isinstance(name, str) or not _RULE_NAME.fullmatch(name):
            return False
        rule = rule_id(name)
        known = self._outcomes.get(rule)
        if known is None or _SEVERITY[outcome] > _SEVERITY[known]:
            self._outcomes[rule] = outcome
        return True

    def _rule(self, entry: dict[str, Any]) -> None:
        group, name = entry.get("group"), entry.get("id")
        outcome = _GROUPS.get(group) if isinstance(group, str) else None
        if outcome is None or not isinstance(name, str) or not _RULE_NAME.fullmatch(name):
            return
        nodes = [n for n in _list(entry.get("nodes"), MAX_NODES_PER_RULE) if isinstance(n, dict)]
        if not nodes:
            return
        if name in _REACH_RULES and outcome is Outcome.FAILED and self._data.get("modal") is True:
            outcome = Outcome.CANT_TELL
        tags = [tag for tag in _list(entry.get("tags"), MAX_RULES) if isinstance(tag, str)]
        wcag = with_stricter((*wcag_from_tags(tags), *_ALSO_FAILS.get(name, ())))
        is_practice = BEST_PRACTICE_TAG in tags and not wcag
        for node in nodes:
            own = Outcome.CANT_TELL if name == "aria-valid-attr-value" and self._may_come(node) else outcome
            finding = self._finding(name, own, wcag, entry, node)
            if is_practice:
                finding = replace(finding, outcome=Outcome.BEST_PRACTICE)
            self._settle(name, finding.outcome)
            self._findings.append(finding)
        cut = entry.get("cut")
        if isinstance(cut, int) and cut > 0:
            key = f"{rule_id(name)}:more"
            self._not_run[key] = cut_short(cut)

    def _finding(
        self, name: str, outcome: Outcome, wcag: tuple[str, ...], entry: dict[str, Any], node: dict[str, Any]
    ) -> Finding:
        message = describe(name, outcome, list(self._reasons(node.get("why"))))
        element = self._element(node)
        rule = rule_id(name)
        return Finding(
            rule=rule,
            engine=ENGINE,
            outcome=outcome,
            url=self._url,
            message=message.text,
            message_id=message.id,
            arguments=message.arguments,
            target=tuple(_text(part) for part in _list(node.get("target"), MAX_TARGETS) if isinstance(part, str)),
            wcag=wcag,
            impact=_impact(node.get("impact")) or _impact(entry.get("impact")),
            snippet=_text(node.get("html", ""), SNIPPET_MAX_CHARS),
            fingerprint=fingerprint(rule, element, message.id),
            component=component(rule, element),
            region=region(element),
            help_url=help_url(name, self._version),
        )

    def _may_come(self, node: dict[str, Any]) -> bool:
        """Return whether all that is wrong are references to elements that may be made when they are needed."""
        reasons = [r for r in self._reasons(node.get("why")) if r.check == "aria-valid-attr-value"]
        names = {name for r in reasons for name in _REFERENCE.findall(str(r.data.get("value", "")))}
        role = self._element(node).attributes.get("role", "")
        return bool(names) and names <= _OPTIONAL_REFERENCES and role not in _NEEDS_WHAT_IT_CONTROLS

    def _reasons(self, why: object) -> Iterator[Reason]:
        for item in _list(why, MAX_REASONS):
            if not isinstance(item, list) or len(item) != 4:
                continue
            group, check, index, data = item
            if isinstance(group, str) and isinstance(check, str):
                message = self._messages[index] if _is_index(index, self._messages) else ""
                yield Reason(group, _text(check, 60), _text(message), _arguments(data))

    def _element(self, node: dict[str, Any]) -> Element:
        raw = node.get("attributes")
        pairs = list(raw.items())[:MAX_ATTRIBUTES] if isinstance(raw, dict) else []
        attributes = {_text(name, 60): _text(value) for name, value in pairs if isinstance(value, str)}
        return Element(
            tag=_text(node.get("tag", ""), 60),
            attributes=attributes,
            text=_text(node.get("text", "")),
            path=tuple(self._path(node.get("parent"))),
        )

    def _path(self, index: object) -> list[Step]:
        path: list[Step] = []
        while len(path) < MAX_PATH and _is_index(index, self._steps):
            step = self._steps[index]
            if not isinstance(step, list) or len(step) != 5:
                break
            index, tag, own_id, role, classes = step
            path.append(Step(_text(tag, 60), _text(own_id), _text(role), tuple(_text(classes).split())))
        return path[::-1]

    def _gaps(self) -> None:
        errors = self._data.get("errors")
        for name, reason in list(errors.items())[:MAX_RULES] if isinstance(errors, dict) else []:
            if isinstance(name, str) and _RULE_NAME.fullmatch(name):
                self._not_run[rule_id(name)] = f"The rule stopped with an error: {_text(reason)}"
        frames = [f for f in _list(self._data.get("framesNotTested"), MAX_NODES_PER_RULE) if isinstance(f, list)]
        if self._data.get("framesDropped"):
            reason = _text(self._data["framesDropped"])
            self._not_run["axe:frames"] = f"No frame in this page was tested: {reason}"
        elif frames:
            places = ", ".join(" > ".join(_text(part, 200) for part in frame) for frame in frames)
            self._not_run["axe:frames"] = _text(f"{len(frames)} frames did not answer and were not tested: {places}")
        stuck = _list(self._data.get("stuck"), MAX_NODES_PER_RULE)
        if stuck:
            names = ", ".join(_text(name, 60) for name in stuck[:MAX_ALTERED_SHOWN])
            self._not_run["axe:page"] = f"The page replaced built-in functions for good, so results may lack: {names}"


def _list(value: object, most: int) -> list[Any]:
    return value[:most] if isinstance(value, list) else []


def _text(value: object, most: int = MAX_TEXT_CHARS) -> str:
    """Return `value` as text that can be stored: no NUL, no lone surrogates, at most `most` characters."""
    if not isinstance(value, str | int | float):
        return ""
    text = str(value)[:most].replace("\x00", "\ufffd")
    return text.encode("utf-8", "replace").decode("utf-8")


def _is_index(index: object, items: list[Any]) -> TypeGuard[int]:
    return isinstance(index, int) and not isinstance(index, bool) and 0 <= index < len(items)


def _impact(value: object) -> Impact | None:
    return Impact(value) if isinstance(value, str) and value in set(Impact) else None


def _arguments(data: object) -> Arguments:
    """Return a check's data as plain arguments; data that is a single value is called `value`."""
    if isinstance(data, str | int | float):
        return {"value": _plain(data)}
    if not isinstance(data, dict):
        return {}
    pairs = list(data.items())[:MAX_ATTRIBUTES]
    return {_text(k, 60): _plain(v) for k, v in pairs if isinstance(v, str | int | float)}


def _plain(value: str | int | float) -> str | int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _text(value)
    return value if abs(value) < 1e15 else _text(value)  # NaN and infinity are text too: JSON has neither
