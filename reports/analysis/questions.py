"""The questions that a scan left to people, as a list to go through: what names each, but not what it says.

A large scan leaves tens of thousands. Whoever answers them sees one at a time, and `issue` gives that one in full.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, Text, cast, distinct, func, select

from checks.model import Outcome
from reports.analysis.issues import IMPACT_ORDER, asked_criteria, issue_id, of_profile
from store.schema import finding


@dataclass(frozen=True, slots=True)
class Question:
    """What `issues` would group into one issue, with the success criteria it is about."""

    rule: str
    component: str
    wcag: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id of the issue."""
        return issue_id(self.rule, self.component, Outcome.CANT_TELL)


def questions(connection: Connection, scan_id: int) -> list[Question]:
    """Return every question in the order of `issues`: those on most pages first."""
    wcag = func.min(cast(finding.c.wcag, Text)).label("wcag")
    query = (
        select(finding.c.rule, finding.c.component, wcag)
        .where(finding.c.scan_id == scan_id, finding.c.outcome == str(Outcome.CANT_TELL))
        .group_by(finding.c.rule, finding.c.component)
        .order_by(
            func.count(distinct(finding.c.url_id)).desc(),
            func.max(IMPACT_ORDER).desc(),
            func.count().desc(),
            finding.c.rule,
            finding.c.component,
        )
    )
    asked = asked_criteria(connection, scan_id)
    known: dict[str, tuple[str, ...]] = {}
    found = []
    for rule, component, text in connection.execute(query).all():
        if text not in known:
            known[text] = of_profile(json.loads(text), asked)
        found.append(Question(rule, component, known[text]))
    return found


def count_questions(connection: Connection, scan_id: int) -> int:
    """Return how many issues wait for a person. It reads one index only, so a list of many scans can show it."""
    ours = (finding.c.scan_id == scan_id, finding.c.outcome == str(Outcome.CANT_TELL))
    groups = select(finding.c.rule, finding.c.component).where(*ours).distinct().subquery()
    total: int = connection.execute(select(func.count()).select_from(groups)).scalar_one()
    return total
