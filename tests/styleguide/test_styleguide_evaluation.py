"""The measures of the rules: labels that hold, pairs that get better."""

from __future__ import annotations

from pathlib import Path

import pytest

from styleguide.evaluation.pairs import Pair, judge, passages, read_pairs, table
from styleguide.evaluation.precision import (
    ENOUGH,
    MIN_SAMPLE,
    RIGHT,
    WRONG,
    Label,
    by_rule,
    read_labels,
    report,
    rule_confidences,
    write_labels,
)

PAIRS = Path(__file__).parents[3] / "shared" / "data" / "style" / "pairs.json"


def test_labels_are_many_and_each_is_one_finding() -> None:
    labels = read_labels()
    assert len(labels) >= 600
    assert len({(label.page, label.rule, label.fingerprint) for label in labels}) == len(labels)
    assert {label.verdict for label in labels} == {RIGHT, WRONG}


def test_rules_that_are_on_are_right_nine_times_in_ten() -> None:
    judged = [row for row in by_rule(read_labels(), rule_confidences()) if row.right + row.wrong >= MIN_SAMPLE]
    assert len(judged) > 20
    for row in judged:
        assert row.confidence != "high" or row.share >= ENOUGH, row


def test_report_names_rules_without_enough_labels() -> None:
    labels = [Label("a.html", "plain/and-or", str(n), RIGHT if n else WRONG, "and/or") for n in range(10)]
    labels.append(Label("a.html", "plain/gone", "1", RIGHT, "x"))
    text = report(labels, [])
    assert "| `plain/and-or` | high | 9 | 1 | 90% |" in text
    assert "| `plain/gone` | retired | 1 | 0 | too few |" in text


def test_report_counts_only_labels_of_findings_that_are_still_made() -> None:
    labels = [Label("a.html", "plain/and-or", str(n), RIGHT if n else WRONG, "and/or") for n in range(10)]
    labels.append(Label("a.html", "plain/passive-voice", "1", WRONG, "is paid"))
    text = report(labels, [], {("a.html", "plain/and-or", str(n)) for n in range(1, 10)})
    assert "| `plain/and-or` | high | 9 | 0 | 100% |" in text
    assert "Not counted: 1 labels, 1 of them wrong" in text
    # What is off by default is not found today; its labels say why.
    assert "| `plain/passive-voice` | low | 0 | 1 | too few |" in text


def test_report_names_rules_that_found_nothing() -> None:
    text = report([], [], {("a.html", "plain/and-or", "1")})
    _, unmet = text.split("## On by default and not met")
    assert "- de: `plain/abbreviation-de`" in unmet
    assert "`plain/legal-word`" in unmet
    assert "`plain/and-or`" not in unmet
    assert "not met" not in report([], [])


def test_labels_are_written_as_they_are_read(tmp_path: Path) -> None:
    write_labels([Label("a.html", "plain/x", "f", RIGHT, "two\twords\nhere")], tmp_path / "labels.tsv")
    assert (tmp_path / "labels.tsv").read_text().splitlines()[1] == "a.html\tplain/x\tf\tright\ttwo words here"


def test_pair_is_judged_by_its_own_guide() -> None:
    pair = Pair("1", "AU-DTA", "sentence", "In order to park, pay prior to May.", "To park, pay before May.")
    [outcome] = judge([pair], "high")
    assert outcome.profile == "australia"
    assert outcome.findings == (2, 0)
    assert "by findings 1 (100%) 0 (0%) 0 (0%) 0 (0%)" in " ".join(table([outcome]).split())


def test_pairs_that_keep_their_words_are_counted() -> None:
    kept = Pair("1", "18F", "sentence", "Pay the fee. Note: write to us.", "Note: write to us. Pay the fee.")
    changed = Pair("2", "18F", "sentence", "Pay prior to May.", "Pay before May.")
    assert "Of the 1 with the same grade 1 has the same words, too." in table(judge([kept, changed], "high"))
    assert "the same words" not in table(judge([changed], "high"))


def test_short_pairs_are_no_passages() -> None:
    assert not passages([Pair("1", "18F", "phrase", "Pay prior to May.", "Pay before May.")])


@pytest.mark.skipif(not PAIRS.exists(), reason="the pairs are not in this checkout")
def test_real_passages_get_better() -> None:
    outcomes = list(judge(passages(read_pairs(PAIRS)), "high"))
    better = sum(after < before for before, after in (outcome.findings for outcome in outcomes))
    worse = sum(after > before for before, after in (outcome.findings for outcome in outcomes))
    assert better >= 0.9 * len(outcomes)
    assert worse <= 0.02 * len(outcomes)


@pytest.mark.skipif(not PAIRS.exists(), reason="the pairs are not in this checkout")
def test_real_passages_get_a_better_grade() -> None:
    outcomes = list(judge(passages(read_pairs(PAIRS)), "high"))
    grades = [(item.grade_before or 0, item.grade_after or 0, item.pair.kind == "passage") for item in outcomes]
    assert not [pair for pair in grades if pair[1] > pair[0]]
    assert sum(after < before for before, after, is_passage in grades if is_passage) >= 0.95 * sum(g[2] for g in grades)
    # In a few texts only numerals, stops or the order changed: no formula can tell those apart.
    assert sum(after < before for before, after, _ in grades) >= 0.85 * len(grades)
