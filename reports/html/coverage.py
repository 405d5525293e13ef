"""The pages on what ran where: every rule with its pages, and the pages that were looked at more closely."""

from __future__ import annotations

from sqlalchemy import Connection

from reports import analysis
from reports.html.links import page_href
from reports.html.render import Site
from reports.html.tables import Cell, Column, write_list
from reports.wording import Foreign, say, to_say
from store.looks import LEAST_PAGES, SHARE_OF_PAGES

RULE_COLUMNS = (
    Column(to_say("Rule")),
    Column(to_say("Kind")),
    Column(to_say("Criteria")),
    Column(to_say("Ran on pages"), "number"),
    Column(to_say("Pages with barriers"), "number"),
    Column(to_say("Pages with questions"), "number"),
    Column(to_say("Could not run on"), "number"),
)
LOOK_COLUMNS = (Column(to_say("Page")), Column(to_say("What happened")), Column(to_say("Why this page"), "long"))


def write(site: Site, connection: Connection, scan_id: int) -> None:
    """Write the list of rules and the list of closer looks."""
    rules = analysis.rule_coverage(connection, scan_id)
    n_looked_at = analysis.count_looked_at(connection, scan_id)
    write_list(
        site,
        "rules",
        "rules.html",
        caption=say("Rules and the pages they ran on"),
        noun=say("rules"),
        columns=RULE_COLUMNS,
        rows=(_rule_row(rule) for rule in rules),
        n_rows=len(rules),
        section="criteria",
        n_looks=n_looked_at,
    )
    write_list(
        site,
        "closer-looks",
        "closer-looks.html",
        caption=say("Pages looked at more closely"),
        noun=say("pages"),
        columns=LOOK_COLUMNS,
        rows=(_look_row(row) for row in analysis.looks(connection, scan_id)),
        n_rows=analysis.count_looks(connection, scan_id),
        section="criteria",
        n_looked_at=n_looked_at,
        share=f"{SHARE_OF_PAGES:.0%}".replace("%", " %"),
        least=LEAST_PAGES,
        is_thorough=bool(analysis.load_scan(connection, scan_id).settings.get("thorough")),
    )


def _rule_row(rule: analysis.RuleCoverage) -> list[Cell]:
    return [
        Cell(rule.title, address=rule.help_url, note=rule.id),
        Cell(rule.kind_label),
        Cell(", ".join(rule.wcag) or "–"),
        Cell(rule.n_ran),
        Cell(rule.n_failed),
        Cell(rule.n_cant_tell),
        Cell(rule.n_not_run),
    ]


def _look_row(row: analysis.LookRow) -> list[Cell]:
    return [
        Cell(row.title or row.url, href=page_href(row.page_id), note=row.url, lang=row.lang),
        Cell(row.label, tone="" if row.state == "checked" else "state-failed"),
        Cell(Foreign(row.why), note=Foreign(row.detail)),
    ]
