"""`curbcut report`: write the report of a scan again, compare two, or write a report of a monitoring body."""

from __future__ import annotations

from pathlib import Path

import click

from cli.console import say
from cli.options import lang_option, only_html
from cli.report_body import command as body
from cli.report_compare import command as compare
from cli.report_member_state import command as member_state
from cli.running import EXCHANGE, Ended, guarded, print_format, write_files
from reports.ci.formats import FORMATS as CI_FORMATS
from scan.opened import database_of
from scan.run import ScanEnd
from store.database import open_database
from store.ledger import Counts
from store.results import read_scan
from store.schema import ScanState

FORMATS = ("html", "json", "jsonl", "csv", "text", *CI_FORMATS, *EXCHANGE)


OF_SCAN = "scan"


class ReportGroup(click.Group):
    """Takes `report SCAN` for `report scan SCAN`: a report is of a scan unless it is said otherwise."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command in where the first argument names none."""
        if args and args[0] not in (*self.commands, *ctx.help_option_names):
            args = [OF_SCAN, *args]
        return super().parse_args(ctx, args)


@click.group("report", cls=ReportGroup, subcommand_metavar="[scan] SCAN | COMMAND [ARGS]...")
def command() -> None:
    """Write the report of a scan again, in any format, compare two, or write the reports of a monitoring body."""


command.add_command(member_state)
command.add_command(body)
command.add_command(compare)


@command.command(OF_SCAN)
@click.argument("scan", type=click.Path(path_type=Path), metavar="SCAN")
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="html", show_default=True, help="What to write."
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Folder to write into.")
@lang_option
def of_scan(scan: Path, format_: str, out: Path | None, lang: str) -> None:
    """Write the report of a scan again. SCAN is its folder, or the curbcut.sqlite in it.

    html goes to a folder; all others go to standard output, or into --out for json and csv. earl is EARL 1.0 in
    JSON-LD, wcag-em an evaluation for W3C's WCAG-EM Report Tool, openacr a draft for OpenACR in YAML. --lang is for
    html; the other formats are in English.
    """
    only_html(lang, format_)
    database = database_of(scan)
    engine = guarded(lambda: open_database(database, read_only=True))
    row = guarded(lambda: read_scan(engine))
    ended = Ended(ScanEnd(engine, row.id, ScanState(row.state), Counts({})))
    if format_ == "html" or (out is not None and format_ in ("json", "csv")):
        folder = out or database.parent
        folder.mkdir(parents=True, exist_ok=True)
        for path in guarded(lambda: write_files(ended, [format_], folder, lang=lang)).values():
            say(f"Written: {path}")
    else:
        guarded(lambda: print_format(ended, format_))
    engine.dispose()
