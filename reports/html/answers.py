"""The list of questions that people have answered."""

from __future__ import annotations

from sqlalchemy import Connection

from reports import analysis
from reports.html.render import Site
from reports.html.tables import Cell, Column, write_list
from reports.wording import moment, say, to_say
from store.verdicts import answers

LABELS = {
    "passed": to_say("No barrier"),
    "failed": to_say("A barrier"),
    "inapplicable": to_say("Does not apply"),
}
COLUMNS = (
    Column(to_say("Rule")),
    Column(to_say("Answer"), choices=tuple(LABELS.values())),
    Column(to_say("Who")),
    Column(to_say("When")),
    Column(to_say("Why"), "long"),
)


def write(site: Site, connection: Connection, scan_id: int) -> None:
    """Write the answers that hold in this scan."""
    titles = {rule.id: rule.title for rule in analysis.rule_coverage(connection, scan_id)}
    given = answers(connection, scan_id)
    write_list(
        site,
        "answered",
        "answered.html",
        caption=say("Questions that people have answered"),
        noun=say("answers"),
        columns=COLUMNS,
        rows=(
            [
                Cell(titles.get(row.rule, row.rule), note=row.rule),
                Cell(say(LABELS[row.outcome])),
                Cell(row.name),
                Cell(moment(row.decided_at)),
                Cell(row.note or "–"),
            ]
            for row in given
        ),
        n_rows=len(given),
        section="questions",
    )
