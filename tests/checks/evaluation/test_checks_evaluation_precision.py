"""Labels of findings on real pages: they are whole, and their counts are right."""

from __future__ import annotations

import json

from checks.catalogue import catalogue
from checks.evaluation.precision import (
    FIELDS,
    OUTCOMES,
    VERDICTS,
    Label,
    by_rule,
    found,
    read_labels,
    report,
    row,
    sample,
)
from checks.standards import profiles


def label(rule: str, page: str, outcome: str = "cantTell", verdict: str = "") -> Label:
    return Label(rule, page, "main > p", "0a", outcome, verdict)


def test_every_label_is_whole_and_of_a_rule_that_is_there() -> None:
    known = {info.id for profile in profiles().values() for info in catalogue(profile)}
    labels = read_labels()
    assert len({item.key for item in labels}) == len(labels) >= 100
    for item in labels:
        assert item.rule in known
        assert item.outcome in OUTCOMES
        assert item.verdict in VERDICTS
        assert item.note


def test_a_label_is_a_line_of_the_file() -> None:
    line = row(Label("a/b", "/", "main\t> p", "0a", "failed", "right", "so\nit is"))
    assert dict(zip(FIELDS, line.split("\t"), strict=True))["note"] == "so it is"


def test_findings_are_taken_from_a_scans_json_lines_without_style() -> None:
    finding = {"rule": "a/b", "engine": "axe", "outcome": "failed", "target": "p", "fingerprint": "0a"}
    page = {"url": "http://elm.example:81/bus?line=1", "findings": [finding, {**finding, "engine": "style"}]}
    assert list(found([json.dumps(page)])) == [Label("a/b", "/bus", "p", "0a", "failed")]


def test_a_sample_holds_all_failures_and_some_questions_of_each_rule_the_same_each_time() -> None:
    labels = [label("a/b", f"/{number}") for number in range(9)]
    labels += [label("a/c", f"/{number}", "failed") for number in range(4)]
    chosen = sample(labels, 3)
    assert [item.outcome for item in chosen] == ["cantTell"] * 3 + ["failed"] * 4
    assert chosen == sample(reversed(labels), 3)


def test_what_is_unclear_counts_against_a_rule() -> None:
    labels = [label("a/b", "/1", "failed", "right"), label("a/b", "/2", "failed", "unclear"), label("a/b", "/3")]
    failures = by_rule(item for item in labels if item.verdict)
    assert [(item.right, item.wrong, item.unclear, item.share) for item in failures] == [(1, 0, 1, 0.5)]
    assert "| `a/b` | 1 | 0 | 1 | 50 % |" in report(labels[:2])
