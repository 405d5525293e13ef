"""How often is a finding right? Findings on real pages, read and labelled by a person, counted by rule.

A label names a finding by its page, rule and context, so that it stays true while the rules around it change.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from statistics import median

from checks.model import Finding, Page
from styleguide.check import check_page
from styleguide.guides import known_guides, load_guide
from styleguide.rules import CONFIDENCES

LABELS = "labels.tsv"
RIGHT, WRONG = "right", "wrong"
ENOUGH = 0.9
"""The share of right findings that high confidence stands for."""

MIN_SAMPLE = 5
"""Labels below which a share says little; such a rule is listed but not judged."""

MIN_PAGE_WORDS = 200
"""Words a page needs before its findings per 1,000 words mean something."""

_FIELDS = ("page", "rule", "fingerprint", "verdict", "words")


@dataclass(frozen=True, slots=True)
class Label:
    """One finding and whether it was right."""

    page: str
    rule: str
    fingerprint: str
    verdict: str
    words: str


def read_labels() -> tuple[Label, ...]:
    """Return the labels in the repository."""
    text = files(__package__).joinpath(LABELS).read_text("utf-8")
    return tuple(Label(**row) for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def write_labels(labels: Iterable[Label], file: Path) -> None:
    """Write labels as tab-separated values, one a line."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", quoting=csv.QUOTE_NONE, escapechar=None, lineterminator="\n")
        writer.writerow(_FIELDS)
        for label in labels:
            writer.writerow([" ".join(getattr(label, name).split()) for name in _FIELDS])


def findings_in(folder: Path, guides: Iterable[str], confidence: str) -> Iterator[tuple[str, Finding]]:
    """Yield page and finding for each HTML file below `folder`, each finding once whatever guides share its rule."""
    loaded = [load_guide(name, confidence) for name in guides]
    for file in sorted(folder.rglob("*.html")):
        page = file.relative_to(folder).as_posix()
        html = file.read_text("utf-8", "replace")
        seen: set[tuple[str, str]] = set()
        for guide in loaded:
            for finding in check_page(Page(page, page, html), guide).findings:
                if (finding.rule, finding.fingerprint) not in seen:
                    seen.add((finding.rule, finding.fingerprint))
                    yield page, finding


@dataclass(frozen=True, slots=True)
class Precision:
    """The labels of one rule."""

    rule: str
    confidence: str
    right: int
    wrong: int

    @property
    def share(self) -> float:
        """The share of findings that were right."""
        return self.right / (self.right + self.wrong)


def by_rule(labels: Iterable[Label], confidences: Mapping[str, str]) -> list[Precision]:
    """Return the precision of each labelled rule, in order of their ids; a rule that is gone has no confidence."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for label in labels:
        counts[label.rule][label.verdict] += 1
    return [
        Precision(rule, confidences.get(rule, "retired"), found[RIGHT], found[WRONG])
        for rule, found in sorted(counts.items())
    ]


def rule_confidences() -> dict[str, str]:
    """Return the confidence of each rule that some guide holds."""
    return {rule.id: rule.confidence for name in known_guides() for rule in load_guide(name, CONFIDENCES[-1]).rules}


def rules_on_by_default() -> dict[str, frozenset[str]]:
    """Return the languages (none: all) of each rule that is on in some guide and reads single pages."""
    return {rule.id: rule.languages for name in known_guides() for rule in load_guide(name).rules}


def still_made(labels: Iterable[Label], made: Collection[tuple[str, str, str]]) -> tuple[list[Label], list[Label]]:
    """Return the labels whose finding (page, rule, fingerprint) the rules still make, and the others.

    A rule that is not on by default makes no finding here: its labels say why, and stay.
    """
    on = rules_on_by_default()
    kept: list[Label] = []
    gone: list[Label] = []
    for label in labels:
        is_made = label.rule not in on or (label.page, label.rule, label.fingerprint) in made
        (kept if is_made else gone).append(label)
    return kept, gone


@dataclass(frozen=True, slots=True)
class Density:
    """Findings per 1,000 words over pages of running text."""

    guide: str
    pages: int
    median: float
    ninth_decile: float


def density(folder: Path, guide_name: str) -> Density:
    """Return how thick a guide's default findings stand on the pages below `folder`."""
    guide = load_guide(guide_name)
    shares: list[float] = []
    for file in sorted(folder.rglob("*.html")):
        result = check_page(Page(file.name, file.name, file.read_text("utf-8", "replace")), guide)
        words = result.readability.words if result.readability else 0
        if words >= MIN_PAGE_WORDS:
            shares.append(1000 * len(result.findings) / words)
    shares.sort()
    return (
        Density(guide_name, len(shares), median(shares), shares[9 * len(shares) // 10])
        if shares
        else Density(guide_name, 0, 0.0, 0.0)
    )


def report(
    labels: Iterable[Label], densities: Iterable[Density], made: Collection[tuple[str, str, str]] | None = None
) -> str:
    """Return the Markdown page with the tables. `made` are the findings of today: page, rule and fingerprint."""
    kept, gone = still_made(labels, made) if made is not None else (list(labels), [])
    rows = by_rule(kept, rule_confidences())
    on = [row for row in rows if row.confidence == "high"]
    right, total = sum(row.right for row in on), sum(row.right + row.wrong for row in on)
    lines = [
        "# Precision of the style rules",
        "",
        "Generated by `python -m styleguide.evaluation precision`; edit the labels, not this page.",
        "",
        "Findings on real government pages, each read: is the advice right at this place, by the guide that holds",
        "the rule? The labels are in `styleguide/evaluation/labels.tsv`. A rule is on by default (high confidence)",
        f"only while nine in ten are right; with fewer than {MIN_SAMPLE} labels it is not judged. The rules were",
        "mended on the same pages, so a share on other pages may be lower.",
        "",
        f"{sum(row.right + row.wrong for row in rows)} labels. Rules that are on by default: {total} labels, "
        f"{100 * right / max(total, 1):.1f}% right.",
        *_said_of_gone(gone),
        "",
        "| Rule | Confidence | Right | Wrong | Precision |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    for row in rows:
        share = f"{100 * row.share:.0f}%" if row.right + row.wrong >= MIN_SAMPLE else "too few"
        lines.append(f"| `{row.rule}` | {row.confidence} | {row.right} | {row.wrong} | {share} |")
    if made is not None:
        lines += _not_met({rule for _, rule, _ in made})
    shown = [item for item in densities if item.pages]
    if shown:
        lines += [
            "",
            "## Findings per 1,000 words",
            "",
            f"Default rules, on pages of at least {MIN_PAGE_WORDS} words of running text.",
            "",
            "| Guide | Pages | Median page | One page in ten has more than |",
            "| --- | ---: | ---: | ---: |",
            *(f"| {item.guide} | {item.pages} | {item.median:.1f} | {item.ninth_decile:.1f} |" for item in shown),
        ]
    return "\n".join(lines) + "\n"


def _said_of_gone(gone: Collection[Label]) -> Iterator[str]:
    if gone:
        wrong = sum(label.verdict == WRONG for label in gone)
        yield ""
        yield f"Not counted: {len(gone)} labels, {wrong} of them wrong, of findings that are no longer made or listed."


def _not_met(met: Collection[str]) -> list[str]:
    """Return the section that names the rules which found nothing to be right or wrong about."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    on = rules_on_by_default()
    for rule, languages in sorted(on.items()):
        if rule not in met:
            groups[", ".join(sorted(languages)) or "all languages"].append(rule)
    count = sum(map(len, groups.values()))
    return [
        "",
        "## On by default and not met",
        "",
        f"{count} of {len(on)} rules that are on by default found nothing on these pages, which are in English.",
        "Nothing is measured of them but their own examples.",
        "",
        *(f"- {language}: {', '.join(f'`{rule}`' for rule in rules)}" for language, rules in sorted(groups.items())),
    ]
