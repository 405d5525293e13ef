"""Writes the report: a folder with HTML, OpenDocument text, and all figures as CSV, JSON and ODS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from monitoring.member_state.compute import compute
from monitoring.member_state.content import About, build
from monitoring.member_state.figures import DEFINITIONS, Figure, Figures
from monitoring.member_state.rounds import Round
from monitoring.sheets import Table, write_table
from monitoring.writing import html, odt
from monitoring.writing.blocks import Report
from reports.html.folder import replacing
from reports.wording import say, to_say

FILES = {
    "report.odt": to_say("the same report to go on writing in"),
    "figures.ods": to_say("all figures, the sites they come from, and what each figure is"),
    "figures.csv": to_say("all figures"),
    "sites.csv": to_say("the sites: what each figure was counted from"),
    "figures.json": to_say("all of it for programs"),
    "data-dictionary.csv": to_say("what each figure is"),
}
DICTIONARY = ("figure", "title", "count", "of", "subject", "interval", "value")
SITES = (
    "year", "method", "sample", "site", "body", "level", "services", "territory", "recurring", "nominated by",
    "result", "standard", "pages", "documents", "failing criteria", "criteria", "statement",
)  # fmt: skip


def write(rounds: Sequence[Round], folder: Path, about: About) -> tuple[Report, Figures]:
    """Write the report into `folder`, in place of an older one there.

    Its words are in the language that is spoken (`reports.wording.speaking`); the data beside it are in English, so
    that figures of several countries can be put together. Raises MonitoringError, OSError.
    """
    figures = compute(rounds)
    report = build(rounds, figures, about)
    files = {name: say(what) for name, what in FILES.items()}
    with replacing(folder) as fresh:
        html.write(report, fresh, brand=say("Report to the Commission: draft"), files=files)
        odt.write(report, fresh / "report.odt")
        tables = data_tables(rounds, figures)
        facts = {"title": report.title, "samples": [each.sample for each in rounds]}
        for name in ("figures.ods", "figures.csv", "figures.json"):
            write_table(fresh / name, tables, title=report.title, facts=facts)
        write_table(fresh / "sites.csv", tables[1:], title=report.title)
        write_table(fresh / "data-dictionary.csv", tables[2:], title=report.title)
    return report, figures


def data_tables(rounds: Sequence[Round], figures: Figures) -> list[Table]:
    """Return the figures, the sites, and the data dictionary."""
    names = [each.name for each in fields(Figure)]
    return [
        Table("figures", names, [[getattr(figure, name) for name in names] for figure in figures.all]),
        Table("sites", SITES, [row for each in rounds for row in _site_rows(each)]),
        Table(
            "dictionary",
            DICTIONARY,
            [[name, d.title, d.count, d.of, d.subject, d.interval, d.value] for name, d in DEFINITIONS.items()],
        ),
    ]


def _site_rows(each: Round) -> list[list[str | int]]:
    rows: list[list[str | int]] = []
    for site in each.sites:
        tested = site.tested
        found = sorted(tested.failed, key=lambda num: [int(part) for part in num.split(".")]) if tested else []
        statement = "" if tested is None or tested.statement is None else "found" if tested.statement else "not found"
        rows.append(
            [
                each.year, each.method, each.sample, site.url, site.body, site.level, "; ".join(site.services),
                site.territory, "yes" if site.is_recurring else "no", site.nominated_by,
                "yes" if tested else site.why, tested.profile if tested else "", tested.n_pages if tested else 0,
                tested.n_documents if tested else 0, len(found), ", ".join(found), statement,
            ]
        )  # fmt: skip
    return rows
