"""Compares the pages of a scan when all are checked: runs the rules of the kind `site` and writes what they find."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Engine

from checks.model import Judgement
from checks.rule import Rule
from checks.run import check_site
from checks.site import PageFacts, SiteView
from store.comparison import read_facts, write_comparison

LEAST_PAGES = 2


def compare_pages(engine: Engine, scan_id: int, rules: Iterable[Rule]) -> list[str]:
    """Run the rules and write their findings in one transaction; return what did not run, one sentence each.

    May be called again after a resumed scan: what an earlier call wrote is replaced.
    """
    chosen = [rule for rule in rules if rule.kind == "site"]

    def pages() -> Iterable[PageFacts]:
        return (PageFacts(**row) for row in read_facts(engine, scan_id))

    if not chosen or sum(1 for _ in pages()) < LEAST_PAGES:
        return []
    result = check_site(SiteView(pages), chosen)
    judged = {
        key: Judgement(tuple(result.findings.get(key, ())), outcomes) for key, outcomes in result.rule_outcomes.items()
    }
    with engine.begin() as connection:
        write_comparison(connection, scan_id, [rule.id for rule in chosen], judged)
    return [f"{rule} did not run. {reason}" for rule, reason in result.not_run.items()]
