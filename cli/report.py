"""`curbcut report`: write the report of a scan again."""

from __future__ import annotations

from pathlib import Path

import click

from cli.console import say
from cli.running import EXCHANGE, guarded, print_format, write_files
from scan.run import DATABASE, ScanEnd
from store.database import open_database
from store.ledger import Counts
from store.results import read_scan
from store.schema import ScanState

FORMATS = ("html", "json", "jsonl", "csv", "text", *EXCHANGE)


@click.command("report")
@click.argument("scan", type=click.Path(path_type=Path), metavar="SCAN")
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="html", show_default=True, help="What to write."
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Folder to write into.")
def command(scan: Path, format_: str, out: Path | None) -> None:
    """Write the report of a scan again. SCAN is its folder, or the curbcut.sqlite in it.

    html goes to a folder; all others go to standard output, or into --out for json and csv. earl is EARL 1.0 in
    JSON-LD, wcag-em an evaluation for W3C's WCAG-EM Report Tool, openacr a draft for OpenACR in YAML.
    """
    database = scan / DATABASE if scan.is_dir() else scan
    engine = guarded(lambda: open_database(database, read_only=True))
    row = guarded(lambda: read_scan(engine))
    end = ScanEnd(engine, row.id, ScanState(row.state), Counts({}))
    if format_ == "html" or (out is not None and format_ in ("json", "csv")):
        folder = out or database.parent
        folder.mkdir(parents=True, exist_ok=True)
        for path in guarded(lambda: write_files(end, [format_], folder)).values():
            say(f"Written: {path}")
    else:
        guarded(lambda: print_format(end, format_))
    engine.dispose()
