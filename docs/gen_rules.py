"""docs/rules.md: every rule of every profile and style guide, by success criterion."""

from __future__ import annotations

from collections.abc import Iterable

from checks.catalogue import catalogue
from checks.engines.engine import Orders
from checks.model import BEST_PRACTICE, RuleInfo
from checks.standards import criteria, default_profile, profiles
from docs.parts import table
from styleguide.guides import known_guides, load_guide

PAGE = "docs/rules.md"
INTRODUCTION = """# Rules

What Curbcut looks for. `curbcut rules` lists the rules of one profile and style guide; `curbcut rules RULE`
tells whom a barrier hinders, how to mend it, and what the rule rests on. Rules that begin with `axe/` are run
by axe-core. A rule that serves several success criteria stands under each.

Rules find barriers; they cannot show that a criterion is met. A criterion that is not listed here has no
rule: only people can test it.
"""

PRACTICES = """No success criterion asks for these. They run only when asked for, and are never failures.
"""


def pages() -> dict[str, str]:
    """Return the whole page."""
    barriers = {info.id: info for profile in profiles().values() for info in catalogue(profile)}
    sections = [INTRODUCTION]
    asked = Orders(default_profile(), best_practices=True)
    for criterion in criteria().values():
        rules = [info for info in barriers.values() if criterion.num in info.wcag]
        if rules:
            sections.append(f"## {criterion.num} {criterion.handle} (level {criterion.level})\n\n{_table(rules)}\n")
    practices = [info for info in catalogue(asked.profile, asked) if info.kind == BEST_PRACTICE]
    sections.append(f"## Best practices (`--best-practices`)\n\n{PRACTICES}\n{_table(practices)}\n")
    sections += [f"## Style guide `{name}`\n\n{_table(load_guide(name).infos)}\n" for name in known_guides()]
    return {PAGE: "\n".join(sections)}


def _table(rules: Iterable[RuleInfo]) -> str:
    rows = [(f"`{info.id}`", info.title, info.impact or "") for info in sorted(rules, key=lambda info: info.id)]
    return table(("rule", "what must hold, or what it finds", "impact"), rows)
