"""Do the rules see that a text became better? Counts findings of “before” and “after”, and compares their grades."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from styleguide.check import find
from styleguide.formulas import FORMULAS
from styleguide.guides import DEFAULT_GUIDE, Guide, known_guides, load_guide
from styleguide.input.draft import DraftFormat, read_text
from styleguide.readability import count_prose
from styleguide.words import tokenise

MIN_WORDS = 40
"""Words the “before” of a passage has at least; a shorter one is a phrase, which one rule decides."""

_GUIDES: Mapping[str, str] = {"AU-DTA": "australia", "VA.gov": "va", "Canada.ca": "canada", "GOV.UK": "govuk"}
"""The profile of each guide that pairs are from, where its name is another."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One text before and after an editor's work."""

    id: str
    guide: str
    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured on a pair. A grade is None where there is none, and not rounded, so that none is lost."""

    pair: Pair
    profile: str
    rules_before: Counter[str]
    rules_after: Counter[str]
    grade_before: float | None
    grade_after: float | None

    @property
    def findings(self) -> tuple[int, int]:
        """The number of findings before and after."""
        return self.rules_before.total(), self.rules_after.total()


def read_pairs(file: Path) -> tuple[Pair, ...]:
    """Return the pairs of a JSON file: a list of objects with `id`, `guide`, `before`, `after`, and maybe `kind`."""
    items: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return tuple(
        Pair(str(item["id"]), str(item["guide"]), str(item.get("kind", "")), item["before"], item["after"])
        for item in items
    )


def passages(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return the pairs that are long enough to be judged as text."""
    return tuple(pair for pair in pairs if len(pair.before.split()) >= MIN_WORDS)


def judge(pairs: Iterable[Pair], confidence: str) -> Iterator[Outcome]:
    """Yield what the profile of each pair's own guide says of it."""
    for pair in pairs:
        name = _GUIDES.get(pair.guide, pair.guide.lower())
        guide = load_guide(name if name in known_guides() else DEFAULT_GUIDE, confidence)
        before, grade_before = _measure(pair.before, guide)
        after, grade_after = _measure(pair.after, guide)
        yield Outcome(pair, guide.name, before, after, grade_before, grade_after)


def _measure(text: str, guide: Guide) -> tuple[Counter[str], float | None]:
    document = read_text(text, "pair.md", format_=DraftFormat.MARKDOWN, lang="en").document
    rules: Counter[str] = Counter()
    for finding in find(document, guide, "").findings:  # places that are found and not listed count too
        rules[finding.rule] += 1 + int(finding.arguments.get("more_on_page", 0))
    counts = count_prose(document.blocks, "en")
    # A pair compares like with like, so passages too short for a score of their own count too.
    return rules, FORMULAS["en"][0].score(counts, "en") if counts.sentences else None


def table(outcomes: Iterable[Outcome]) -> str:
    """Return the results in words: better, the same and worse, by findings and by grade. The same is not better."""
    rows = list(outcomes)
    several = [row for row in rows if row.pair.kind == "passage"]
    lines = [_table(rows, f"{len(rows)} texts of {MIN_WORDS} words and more")]
    if several and len(several) < len(rows):
        lines.append(
            _table(several, f"{len(several)} of them are whole passages, the others single sentences and lists")
        )
    return "\n\n".join(lines)


def _table(rows: list[Outcome], title: str) -> str:
    return "\n".join(
        (
            title,
            "",
            f"{'':14}{'better':>10}{'same':>10}{'worse':>10}{'no score':>10}",
            _row("by findings", [outcome.findings for outcome in rows]),
            _row("by grade", [(outcome.grade_before, outcome.grade_after) for outcome in rows]),
            *_said_of_same_words(rows),
        )
    )


def _said_of_same_words(rows: Iterable[Outcome]) -> Iterator[str]:
    """Say how many of the same grade kept their words: where only marks or the order changed, no formula sees it."""
    same = [row.pair for row in rows if row.grade_before is not None and row.grade_before == row.grade_after]
    count = sum(_words(pair.before) == _words(pair.after) for pair in same)
    if count:
        yield f"Of the {len(same)} with the same grade {count} {'has' if count == 1 else 'have'} the same words, too."


def _words(text: str) -> list[str]:
    return sorted(token.word for token in tokenise(text))


def _row(name: str, pairs: Iterable[tuple[float | None, float | None]]) -> str:
    counts = Counter(_compare(before, after) for before, after in pairs)
    total = counts.total() or 1
    cells = [f"{counts[key]} ({100 * counts[key] / total:.0f}%)" for key in ("better", "same", "worse", "none")]
    return f"{name:14}" + "".join(f"{cell:>10}" for cell in cells)


def _compare(before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return "none"
    return "better" if after < before else "worse" if after > before else "same"


def details(outcomes: Iterable[Outcome]) -> str:
    """Return a line for each pair that is not better, with the rules on both sides or the two grades."""
    lines = []
    for outcome in outcomes:
        name = f"{outcome.pair.id} ({outcome.profile})"
        before, after = outcome.findings
        if after >= before:
            rules = [dict(side) for side in (outcome.rules_before, outcome.rules_after)]
            lines.append(f"{name}: findings {before} -> {after}  {rules[0]} -> {rules[1]}")
        if _compare(outcome.grade_before, outcome.grade_after) != "better":
            lines.append(f"{name}: grade {outcome.grade_before} -> {outcome.grade_after}")
    return "\n".join(lines)
