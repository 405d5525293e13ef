"""What only shows when several drafts are read in one call: two spellings of one term, texts with the same title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reports.style.model import Place, PlacedFinding, StyleText
from styleguide.site import PageFacts, judge_site

if TYPE_CHECKING:
    from styleguide.guides import Guide
    from styleguide.input import Draft
    from styleguide.rules import Rule

_Spot = tuple[str, tuple[str, ...], tuple[int, int] | None]
"""A text's name, the selectors of an element in it, and the words meant; None for all of its words."""


@dataclass(slots=True)
class Across:
    """Collects of each text of a call what the comparing rules note of it, and where that stands in its source."""

    facts: list[PageFacts] = field(default_factory=list)
    rules: dict[str, Rule] = field(default_factory=dict)
    places: dict[_Spot, tuple[Place, str, tuple[int, int]]] = field(default_factory=dict)

    def add(self, draft: Draft, facts: PageFacts | None, guide: Guide) -> None:
        """Keep what a text tells of itself. The text need not be kept for that."""
        if facts is None or not facts.notes:
            return
        self.facts.append(replace(facts, identity=draft.name))
        self.rules |= {rule.id: rule for rule in guide.compared}
        wanted = set(_spots(draft.name, facts.notes))
        elements = {target for _, target, _ in wanted}
        for block in draft.document.blocks:
            if block.target not in elements:
                continue
            for spot in wanted:
                name, target, span = spot
                start, end = span or (0, len(block.text))
                if target == block.target and end <= len(block.text):
                    place = Place(*draft.locate(block, start, end))
                    self.places.setdefault((name, target, span), (place, block.text[start:end], (start, end)))

    def findings(self) -> dict[str, list[PlacedFinding]]:
        """Return what shows across the texts, by their names; nothing where there is only one."""
        if len(self.facts) < 2:
            return {}
        result = judge_site(lambda: self.facts, self.rules.values())
        placed: dict[str, list[PlacedFinding]] = {}
        for name, findings in result.findings.items():
            for finding in findings:
                span = finding.span if finding.span != (0, 0) else None
                spot = self.places.get((name, finding.target, span))
                if spot is not None:
                    place, words, at = spot
                    severity = self.rules[finding.rule].severity
                    placed.setdefault(name, []).append(PlacedFinding(finding, place, severity, words, at))
        return placed


def with_findings(text: StyleText, more: list[PlacedFinding]) -> StyleText:
    """Return the text with these findings among its own, in order of place; what it has at the same place stays."""
    known = {(found.finding.rule, found.place.block, found.span) for found in text.findings}
    new = [found for found in more if (found.finding.rule, found.place.block, found.span) not in known]
    merged = sorted((*text.findings, *new), key=lambda found: (found.place.start, found.place.block, found.span))
    return replace(text, findings=tuple(merged)) if new else text


def _spots(name: str, notes: Mapping[str, Mapping[str, object]]) -> list[_Spot]:
    """Return the places that the notes of the comparing rules name: an element, or some words of it."""
    found: list[_Spot] = []
    waiting: list[Mapping[str, object]] = list(notes.values())
    while waiting:
        note = waiting.pop()
        target, span = note.get("target"), note.get("span")
        if isinstance(target, list):
            words = (int(span[0]), int(span[1])) if isinstance(span, list) else None
            found.append((name, tuple(map(str, target)), words))
        else:
            waiting += [inner for inner in note.values() if isinstance(inner, Mapping)]
    return found
