"""docs/style-facts.md: what style guides ask for, and our rules for it, from `styleguide/evaluation/facts.yaml`."""

from __future__ import annotations

from docs.parts import table
from styleguide.evaluation.facts import Fact, read_facts

PAGE = "docs/style-facts.md"
INTRODUCTION = """# What style guides ask for, and our rules for it

Government style guides ask for {count} things that a machine might check. {covered} of them have rules here, of which
some are on only with `--confidence medium` or `low`, or in the guides that ask for them; {left} have none, each for a
reason. [The rules](rules.md) name the guides that say so.
"""


def pages() -> dict[str, str]:
    """Return the whole page."""
    facts = read_facts()
    covered = [fact for fact in facts if fact.rules]
    left = [fact for fact in facts if not fact.rules]
    introduction = INTRODUCTION.format(count=len(facts), covered=len(covered), left=len(left))
    rows = [(fact.id, fact.title, " ".join(f"`{rule}`" for rule in fact.rules), fact.note) for fact in covered]
    parts = [
        introduction,
        f"## With rules\n\n{table(('fact', 'what it is', 'rules', 'what they leave out'), rows)}\n",
        f"## Without a rule\n\n{table(('fact', 'what it is', 'why'), [_left(fact) for fact in left])}\n",
    ]
    return {PAGE: "\n".join(parts)}


def _left(fact: Fact) -> tuple[str, str, str]:
    return fact.id, fact.title, fact.not_a_rule
