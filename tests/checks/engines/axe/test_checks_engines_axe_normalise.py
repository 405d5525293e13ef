"""axe's results are believed only as far as they can be checked."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.engines import axe
from checks.engines.axe._messages import Reason, describe
from checks.model import SNIPPET_MAX_CHARS, Impact, Outcome

URL = "http://elm.example/"


def node(**parts: Any) -> dict[str, Any]:
    return {
        "target": ["#frame", "img"],
        "impact": "critical",
        "html": '<img src="a.png">',
        "tag": "img",
        "attributes": {"src": "a.png"},
        "text": "",
        "parent": 1,
        "why": [["any", "has-alt", 0, None], ["any", "aria-label", 1, None]],
    } | parts


def raw(**parts: Any) -> dict[str, Any]:
    rule = {"id": "image-alt", "group": "violations", "impact": "critical", "tags": ["wcag2a", "wcag111"], "cut": 0}
    return {
        "axe": "4.12.1",
        "rules": [rule | {"nodes": [node()]}],
        "passed": ["html-has-lang"],
        "inapplicable": ["video-caption"],
        "errors": {},
        "framesNotTested": [],
        "messages": ["No alt", "No label"],
        "steps": [[-1, "body", "", "", ""], [0, "header", "", "", "site css-1x2"]],
        "stuck": [],
    } | parts


def test_a_violation_is_a_failed_finding() -> None:
    result = axe.normalise(raw(), URL)
    (finding,) = result.findings
    assert (finding.rule, finding.engine, finding.outcome) == ("axe/image-alt", "axe", Outcome.FAILED)
    assert finding.message == "This image has no text alternative."
    assert finding.message_id == "image-alt"
    assert (finding.wcag, finding.impact) == (("1.1.1",), Impact.CRITICAL)
    assert finding.target == ("#frame", "img")
    assert (finding.region, finding.snippet) == ("header", '<img src="a.png">')
    assert finding.help_url == "https://dequeuniversity.com/rules/axe/4.12/image-alt"
    assert result.rule_outcomes == {
        "axe/image-alt": Outcome.FAILED,
        "axe/html-has-lang": Outcome.PASSED,
        "axe/video-caption": Outcome.INAPPLICABLE,
    }
    assert result.not_run == {}


def test_an_incomplete_result_is_a_question_with_its_evidence() -> None:
    why = [["any", "color-contrast", 0, {"messageKey": "bgImage", "fgColor": "#ffffff"}]]
    rule = {"id": "color-contrast", "group": "incomplete", "tags": ["wcag143"], "nodes": [node(why=why)]}
    (finding,) = axe.normalise(raw(rules=[rule]), URL).findings
    assert finding.outcome is Outcome.CANT_TELL
    assert finding.message == "A picture lies behind this text, so its contrast could not be measured. Look at it."
    assert finding.message_id == "color-contrast/color-contrast.bgImage"
    assert finding.arguments == {"messageKey": "bgImage", "fgColor": "#ffffff"}


@pytest.mark.parametrize(
    ("modal", "outcome"), [(True, Outcome.CANT_TELL), (False, Outcome.FAILED), (1, Outcome.FAILED)]
)
def test_what_is_out_of_reach_behind_a_dialog_is_a_question(modal: object, outcome: Outcome) -> None:
    rules = [{"id": "frame-focusable-content", "group": "violations", "tags": ["wcag211"], "nodes": [node(why=[])]}]
    result = axe.normalise(raw(rules=rules, modal=modal), URL)
    (finding,) = result.findings
    assert (finding.outcome, result.rule_outcomes["axe/frame-focusable-content"]) == (outcome, outcome)
    assert ("dialog" in finding.message) is (outcome is Outcome.CANT_TELL)
    (other,) = axe.normalise(raw(modal=modal), URL).findings
    assert other.outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("value", "role", "outcome"),
    [
        ('aria-controls="menu"', "", Outcome.CANT_TELL),
        ('aria-controls="menu", aria-owns="list"', "button", Outcome.CANT_TELL),
        ('aria-controls="menu"', "combobox", Outcome.FAILED),
        ('aria-controls="menu", aria-expanded="maybe"', "", Outcome.FAILED),
        ('aria-checked="maybe"', "", Outcome.FAILED),
    ],
)
def test_a_reference_to_what_may_come_later_is_a_question(value: str, role: str, outcome: Outcome) -> None:
    wrong = node(why=[["all", "aria-valid-attr-value", 0, value]], attributes={"role": role})
    rules = [{"id": "aria-valid-attr-value", "group": "violations", "tags": ["wcag412"], "nodes": [wrong]}]
    result = axe.normalise(raw(rules=rules), URL)
    (finding,) = result.findings
    assert (finding.outcome, result.rule_outcomes["axe/aria-valid-attr-value"]) == (outcome, outcome)
    assert value in finding.message


def test_a_page_that_reloads_fails_the_criteria_without_a_limit_too() -> None:
    rules = [{"id": "meta-refresh", "group": "violations", "tags": ["wcag221"], "nodes": [node(why=[])]}]
    (finding,) = axe.normalise(raw(rules=rules), URL).findings
    assert finding.wcag == ("2.2.1", "2.2.4", "3.2.5")


def test_a_rule_that_fails_and_asks_has_failed() -> None:
    rules = [{"id": "label", "group": group, "tags": [], "nodes": [node()]} for group in ("violations", "incomplete")]
    result = axe.normalise(raw(rules=rules, passed=["label"]), URL)
    assert result.rule_outcomes["axe/label"] is Outcome.FAILED
    assert [finding.outcome for finding in result.findings] == [Outcome.FAILED, Outcome.CANT_TELL]


def test_json_text_and_data_say_the_same() -> None:
    assert axe.normalise(json.dumps(raw()), URL) == axe.normalise(raw(), URL)


@pytest.mark.parametrize(
    ("given_", "key", "reason"),
    [
        (None, "axe", "not run"),
        ("", "axe", "not JSON"),
        ("[" * 100_000, "axe", "not JSON"),
        ("x" * 8_000_001, "axe", "larger than the limit"),
        ([], "axe", "not a result"),
        ({}, "axe", "not a result"),
        ({"violations": []}, "axe", "not a result"),
        ({"error": "No <html>"}, "axe", "could not run: No <html>"),
        (raw(errors={"list": "boom"}), "axe/list", "stopped with an error: boom"),
        (raw(framesNotTested=[["#ad"], ["#f", "#g"]]), "axe:frames", "2 frames .* #ad, #f > #g"),
        (raw(framesDropped="timed out"), "axe:frames", "No frame .* timed out"),
        (raw(stuck=["Array.prototype.map"]), "axe:page", "Array.prototype.map"),
    ],
)
def test_what_is_missing_is_said(given_: object, key: str, reason: str) -> None:
    result = axe.normalise(given_, URL)
    assert list(result.not_run) == [key]
    assert re.search(reason, result.not_run[key])


def test_what_was_cut_is_said() -> None:
    rules = [raw()["rules"][0] | {"cut": 49_800}]
    result = axe.normalise(raw(rules=rules), URL)
    assert result.not_run == {"axe/image-alt:more": "49800 more elements have this result and are not listed."}


@pytest.mark.parametrize(
    "parts",
    [
        {"target": "img"},
        {"target": [1, None, "img"]},
        {"impact": "deadly"},
        {"html": 7},
        {"html": "x" * 10_000},
        {"attributes": [1]},
        {"attributes": {"src": {"a": 1}}},
        {"why": "because"},
        {"why": [["any", "has-alt"], 3, ["any", 1, 1, 1], ["any", "has-alt", 99, [1]]]},
        {"why": [["any", "color-contrast", True, {"contrastRatio": float("inf"), "x": [1], "y": True}]]},
        {"parent": "1"},
        {"parent": 10**9},
        {"text": "\ud800\x00"},
        {"tag": None},
    ],
)
def test_rubbish_in_a_node_is_left_out(parts: dict[str, Any]) -> None:
    rules = [raw()["rules"][0] | {"nodes": [node(**parts)]}]
    (finding,) = axe.normalise(raw(rules=rules), URL).findings
    assert finding.message
    assert len(finding.snippet) <= SNIPPET_MAX_CHARS
    json.dumps(finding.arguments, allow_nan=False)
    "".join((finding.snippet, *finding.target)).encode()


def test_steps_that_go_in_circles_end() -> None:
    (finding,) = axe.normalise(raw(steps=[[1, "a", "", "", ""], [0, "b", "", "", ""]]), URL).findings
    assert finding.component


def test_names_that_are_no_rules_are_left_out() -> None:
    rules = [raw()["rules"][0] | {"id": name} for name in ("<script>", "", 4, "x" * 100)]
    result = axe.normalise(raw(rules=rules, passed=["=cmd()", None], inapplicable="x"), URL)
    assert (result.findings, result.rule_outcomes) == ((), {})


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(raw() | node())), inner, max_size=5)
    ),
    max_leaves=20,
)


@given(anything, st.sampled_from(sorted(raw())), st.sampled_from(sorted(node())))
def test_nothing_raises(value: Any, in_result: str, in_node: str) -> None:
    axe.normalise(value, URL)
    axe.normalise(raw(**{in_result: value}), URL)
    axe.normalise(raw(rules=[raw()["rules"][0] | {"nodes": [node(**{in_node: value}), value]}]), URL)


def test_a_message_without_its_data_falls_back_to_the_rules_own() -> None:
    reasons = [Reason("any", "color-contrast", "Insufficient", {"contrastRatio": 2})]
    message = describe("color-contrast", Outcome.FAILED, reasons)
    assert message.text == "This text does not stand out enough from its background."


def test_a_rule_of_a_newer_axe_speaks_in_axes_own_words() -> None:
    message = describe("brand-new", Outcome.FAILED, [Reason("all", "new-check", "Is  wrong.", {})])
    assert message.text == "This element fails axe-core's rule brand-new: Is wrong."
    assert message.id == "brand-new/new-check"


def test_braces_in_a_pages_data_stay_as_they_are() -> None:
    reasons = [Reason("none", "only-listitems", "", {"values": "{values} {0} {nodeName}"})]
    assert describe("list", Outcome.FAILED, reasons).text.endswith("are not list items: {values} {0} {nodeName}.")


@pytest.mark.parametrize(
    ("tags", "numbers"),
    [
        (["wcag2a", "wcag111"], ("1.1.1",)),
        (["wcag1411"], ("1.4.11",)),
        (["wcag412", "wcag244"], ("2.4.4", "4.1.2")),
        (["wcag2aa", "EN-9.1.4.3", "wcag999", "best-practice"], ()),
    ],
)
def test_criteria_come_from_tags(tags: list[str], numbers: tuple[str, ...]) -> None:
    assert axe.wcag_from_tags(tags) == numbers
