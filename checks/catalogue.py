"""Lists what we check against WCAG: axe's rules and our own."""

from __future__ import annotations

from checks.documents.run import rules_for as document_rules_for
from checks.engines import axe
from checks.model import RuleInfo
from checks.run import rules_for
from checks.standards import Profile


def catalogue(profile: Profile, axe_version: str | None = None) -> tuple[RuleInfo, ...]:
    """Return every rule that looks at a criterion of this profile: axe's by id, our own by id, those for documents.

    `axe_version` is that of the axe-core script in use, for the addresses of its help pages; by default the
    bundled one's.
    """
    own = tuple(rule.info for rule in rules_for(profile.criteria))
    documents = tuple(rule.info for rule in document_rules_for(profile.document_criteria))
    return axe.rule_infos(profile.axe_tags, axe_version) + own + documents
