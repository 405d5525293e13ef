"""How a page is built for its reader: lists, headings, links, emphasis. One named check in code, one rule in YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from styleguide.kinds import _structure_emphasis, _structure_headings, _structure_links, _structure_lists
from styleguide.kinds._structure import Check, Settings
from styleguide.reading import Reading
from styleguide.rules import Hit, Kind, Rule, Source, Term
from styleguide.yaml_entries import Entry

CHECKS: Mapping[str, Check] = {
    **_structure_lists.CHECKS,
    **_structure_headings.CHECKS,
    **_structure_links.CHECKS,
    **_structure_emphasis.CHECKS,
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The check a rule asks for, and its settings."""

    check: Check
    settings: Settings


def _read(entry: Entry, sources: Mapping[str, Source]) -> tuple[Chosen, tuple[Term, ...]]:
    name = entry.choice("check", tuple(CHECKS))
    if CHECKS[name].needs_max and entry.whole("max") is None:
        raise entry.wrong("max", f"the check “{name}” needs a limit; add “max: 7”.")
    said = tuple(text.casefold() for text in entry.texts("said_by"))
    return Chosen(CHECKS[name], Settings(entry.whole("max") or 0, said)), ()


def _find(rule: Rule, reading: Reading) -> Iterator[Hit]:
    chosen: Chosen = rule.parameters
    return chosen.check.find(rule, reading, chosen.settings)


KIND = Kind("structure", ("check", "max", "said_by"), ("phrase", "count", "limit", "level", "other"), _read, _find)
