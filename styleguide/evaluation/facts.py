"""Which of the facts in government style guides we check, by which rules, and why not the others.

A fact is one thing that guides ask for and a machine might check, such as "no question as a heading". The list is
`facts.yaml`; `docs/style-facts.md` shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from styleguide.yaml_entries import read_entry

FILE = "facts.yaml"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: our rules for it, or why there is none. `note` tells what rules leave out of it."""

    id: str
    title: str
    rules: tuple[str, ...]
    not_a_rule: str
    note: str


def read_facts() -> tuple[Fact, ...]:
    """Return all facts in the order of the file. RuleFileError for one without rules or a reason."""
    entry = read_entry(files(__package__).joinpath(FILE).read_text("utf-8"), FILE)
    facts = []
    for fact_id in entry:
        one = entry.entry(fact_id)
        one.only("title", "rules", "not_a_rule", "note")
        if ("rules" in one) == ("not_a_rule" in one):
            raise entry.wrong(fact_id, "a fact needs “rules”, or “not_a_rule” with the reason.")
        reason = one.text("not_a_rule") if "not_a_rule" in one else ""
        facts.append(Fact(fact_id, one.text("title"), one.texts("rules"), reason, one.text("note", default="")))
    return tuple(facts)
