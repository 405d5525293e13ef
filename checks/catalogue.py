"""Lists what we check against WCAG: the engines' rules and our own."""

from __future__ import annotations

from checks.documents.run import rules_for as document_rules_for
from checks.engines import engines
from checks.engines.engine import Orders
from checks.model import RuleInfo
from checks.run import rules_for
from checks.standards import Profile


def catalogue(profile: Profile, orders: Orders | None = None) -> tuple[RuleInfo, ...]:
    """Return every rule that looks at a criterion of this profile: the engines' by id, our own, those for documents.

    `orders` says what a scan asks of the engines; by default nothing but the profile.
    """
    own = tuple(rule.info for rule in rules_for(profile.criteria))
    documents = tuple(rule.info for rule in document_rules_for(profile.document_criteria))
    asked = orders or Orders(profile)
    return tuple(info for engine in engines() for info in engine.rule_infos(asked)) + own + documents
