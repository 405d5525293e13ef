"""Real passages from government guides, before and after somebody made them plainer (facts from beside the repo)."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from styleguide.input.draft import read_text
from styleguide.readability import count_prose, score

PAIRS = Path(__file__).parents[3] / "shared" / "data" / "style" / "pairs.json"
MIN_PASSAGE_WORDS = 40


def grade(text: str) -> float:
    document = read_text(text, "passage", lang="en").document
    found = score(count_prose(document.blocks, "en"), "en", min_words=1).grade
    assert found is not None
    return found


@pytest.mark.skipif(not PAIRS.is_file(), reason="the pairs are not beside the repository")
def test_the_plainer_passage_has_the_better_grade() -> None:
    pairs = [
        (pair["before"], pair["after"])
        for pair in json.loads(PAIRS.read_text("utf-8"))
        if min(len(pair["before"].split()), len(pair["after"].split())) >= MIN_PASSAGE_WORDS
    ]
    found: Counter[str] = Counter()
    for before, after in pairs:
        difference = grade(after) - grade(before)
        found["better" if difference < 0 else "worse" if difference > 0 else "same"] += 1
    # Where only numerals, stops or the order changed, no formula can tell: those are neither better nor worse.
    assert len(pairs) > 20
    assert found["worse"] <= 0.02 * len(pairs), found
    assert found["better"] >= 0.95 * (found["better"] + found["worse"]), found
    assert found["better"] >= 0.75 * len(pairs), found
