"""Reads what is compared between the pages of a scan, and writes what the comparison found."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, delete, select, update

from checks.model import Judgement
from store.results import REPORTED, save_findings
from store.schema import finding, page, url
from store.verdicts import count_again


def read_facts(engine: Engine, scan_id: int) -> Iterator[dict[str, Any]]:
    """Yield each checked page by address: `url_id`, `url`, `title`, `lang`, `content_hash`, `same_as`, `facts`."""
    query = (
        select(page.c.url_id, url.c.url, page.c.title, page.c.lang, page.c.content_hash, page.c.same_as, page.c.facts)
        .join(url, url.c.id == page.c.url_id)
        .where(page.c.scan_id == scan_id)
        .order_by(url.c.url)
    )
    with engine.connect() as connection:
        for row in connection.execute(query, execution_options={"yield_per": 200}):
            yield {**row._mapping, "facts": row.facts or {}}


def write_comparison(
    connection: Connection, scan_id: int, rules: Collection[str], judged: Mapping[int, Judgement]
) -> None:
    """Write findings and outcomes of rules that compare pages, by URL id, in place of what these rules said before."""
    connection.execute(delete(finding).where(finding.c.scan_id == scan_id, finding.c.rule.in_(list(rules))))
    for url_id, judgement in judged.items():
        known = connection.execute(select(page.c.rule_outcomes).where(page.c.url_id == url_id)).scalar_one()
        outcomes = {**known, **judgement.rule_outcomes}
        connection.execute(update(page).where(page.c.url_id == url_id).values(rule_outcomes=outcomes))
        save_findings(connection, scan_id, url_id, [f for f in judgement.findings if f.outcome in REPORTED])
    count_again(connection, scan_id)
