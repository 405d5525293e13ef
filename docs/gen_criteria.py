"""docs/criteria.md: criterion by criterion, which rules look at it, what they can say, and what is left to people."""

from __future__ import annotations

from checks.documents.run import all_rules as all_document_rules
from checks.engines import axe
from checks.model import RuleInfo
from checks.run import all_rules
from checks.standards import Clause, Criterion, criteria, left_to_people, other_clauses, profile
from docs.parts import table

PAGE = "docs/criteria.md"
PROFILE = "en301549-v4.1.1"
"""The profile with most criteria of levels A and AA: those of WCAG 2.2."""

INTRODUCTION = """# Success criteria and who looks at them

For each criterion of WCAG 2.2 at levels A and AA: the rules that can find a barrier, those that put a question to a
person, and what no rule of any kind can judge. A rule may do both.

{able} of {all} criteria have a rule that can find a barrier or ask; {fails} have one that can find a barrier.
{left}Criterion 4.1.1 is met by definition and is left out.
"""

CLAUSES = """## Other clauses of EN 301 549

Clauses that are no success criteria of WCAG. No machine here looks at any of them: people must, where they concern the
site. What concerns websites was read from Annex A by others, and not compared with the standard. Of V4.1.1 only what it
changes is listed; a star marks a title in our words.
"""
_WEB = {
    "always": "yes",
    "conditional": "where it has the feature",
    "not-listed": "not listed",
    "documents": "documents only",
    "unknown": "not known",
}
_CERTAINTY = {
    "standard": "number and title from the standard",
    "unverified": "list of sub-clauses not verified",
    "secondary": "from secondary sources",
}


def pages() -> dict[str, str]:
    """Return the whole page."""
    chosen = [criteria()[num] for num in profile(PROFILE).criteria if num not in profile(PROFILE).satisfied]
    failing, asking = _by_criterion()
    able = [c for c in chosen if c.num in failing or c.num in asking]
    others = [c.num for c in chosen if c not in able]
    head = INTRODUCTION.format(
        able=len(able),
        all=len(chosen),
        fails=sum(c.num in failing for c in chosen),
        left=f"For the others ({', '.join(others)}) only people can test. " if others else "",
    )
    return {PAGE: "\n".join([head, *(_section(c, failing, asking) for c in chosen), _clauses()])}


def _by_criterion() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the ids of rules that can fail, and of those that can ask, by criterion."""
    failing: dict[str, list[str]] = {}
    asking: dict[str, list[str]] = {}

    def note(table: dict[str, list[str]], info: RuleInfo) -> None:
        for num in info.wcag:
            table.setdefault(num, []).append(info.id)

    for info in axe.rule_infos(profile(PROFILE).axe_tags):  # axe leaves what it cannot tell to a person, in every rule
        note(failing, info)
        note(asking, info)
    for rule in (*all_rules(), *all_document_rules()):
        outcomes = {key.split(".")[0] for key in rule.messages}
        if "failed" in outcomes:
            note(failing, rule.info)
        if "cantTell" in outcomes:
            note(asking, rule.info)
    return failing, asking


def _section(criterion: Criterion, failing: dict[str, list[str]], asking: dict[str, list[str]]) -> str:
    return (
        f"## {criterion.num} {criterion.handle} (level {criterion.level})\n\n"
        f"- Can find a barrier: {_list(failing.get(criterion.num, []))}\n"
        f"- Can ask a person: {_list(asking.get(criterion.num, []))}\n"
        f"- Left to people: {left_to_people()[criterion.num]}\n"
    )


def _list(rules: list[str]) -> str:
    return ", ".join(f"`{rule}`" for rule in sorted(rules)) or "no rule"


def _clauses() -> str:
    head = ("clause", "title", "version", "concerns websites", "how sure")
    return f"{CLAUSES}\n{table(head, (_row(clause) for clause in other_clauses()))}\n"


def _row(clause: Clause) -> tuple[str, ...]:
    title = clause.title + (f" (was {clause.was})" if clause.was else "") + (" *" if clause.is_our_title else "")
    return clause.num, title, clause.version, _WEB[clause.web], _CERTAINTY[clause.certainty]
