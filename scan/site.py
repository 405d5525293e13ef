"""Compares the pages of a scan when all are checked: runs the rules that need many pages and writes what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Engine

from checks.model import Judgement
from checks.rule import Rule
from checks.run import check_site
from checks.site import PageFacts, SiteView
from store.comparison import read_facts, write_comparison
from styleguide.guides import Guide
from styleguide.site import PageFacts as TextFacts
from styleguide.site import judge_site

LEAST_PAGES = 2

STYLE_FACTS = "style"
"""Among a page's facts: what the style rules noted."""


def compare_pages(engine: Engine, scan_id: int, rules: Iterable[Rule], guide: Guide | None = None) -> list[str]:
    """Run the rules and write their findings in one transaction; return what did not run, one sentence each.

    May be called again after a resumed scan: what an earlier call wrote is replaced.
    """
    if sum(1 for _ in read_facts(engine, scan_id)) < LEAST_PAGES:
        return []
    not_run = _compare_barriers(engine, scan_id, [rule for rule in rules if rule.kind == "site"])
    if guide is not None:
        not_run += _compare_texts(engine, scan_id, guide)
    return not_run


def _compare_barriers(engine: Engine, scan_id: int, chosen: list[Rule]) -> list[str]:
    def pages() -> Iterable[PageFacts]:
        return (PageFacts(**row) for row in read_facts(engine, scan_id))

    if not chosen:
        return []
    result = check_site(SiteView(pages), chosen)
    judged = {
        key: Judgement(tuple(result.findings.get(key, ())), outcomes) for key, outcomes in result.rule_outcomes.items()
    }
    with engine.begin() as connection:
        write_comparison(connection, scan_id, [rule.id for rule in chosen], judged)
    return _sentences(result.not_run)


def _compare_texts(engine: Engine, scan_id: int, guide: Guide) -> list[str]:
    """Let the style rules compare the pages. What they found on one page alone gives way to what the site shows."""

    def pages() -> Iterator[TextFacts]:
        for row in read_facts(engine, scan_id):
            notes = row["facts"].get(STYLE_FACTS, {})
            yield TextFacts(row["url"], row["lang"], notes, row["same_as"] or row["content_hash"])

    result = judge_site(pages, guide.compared)
    url_ids = {row["url"]: row["url_id"] for row in read_facts(engine, scan_id) if row["url"] in result.rule_outcomes}
    judged = {
        url_ids[url]: Judgement(tuple(result.findings.get(url, ())), outcomes)
        for url, outcomes in result.rule_outcomes.items()
    }
    with engine.begin() as connection:
        write_comparison(connection, scan_id, [r.id for r in guide.compared if r.id not in result.not_run], judged)
    return _sentences(result.not_run)


def _sentences(not_run: Mapping[str, str]) -> list[str]:
    return [f"{rule} did not run. {reason}" for rule, reason in not_run.items()]
