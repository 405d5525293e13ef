"""`curbcut register`: the list of sites that a monitoring body chooses from."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from cli.console import fail, say
from cli.exit_codes import Exit
from cli.monitoring import account, database_option, many, name_option, opened, save, show
from cli.running import guarded
from monitoring.register import read
from monitoring.register.load import Imported, load
from monitoring.register.model import FIELDS, LEVELS, SERVICES, RowError
from monitoring.sheets import Table
from reports.escape import csv_cell, terminal_text

SHOWN_ERRORS = 20


@click.group("register")
def command() -> None:
    """Keep the register: public sector bodies, their sites, and what the samples are drawn by.

    It lives in one database, with everything that was ever imported and when it changed.
    """


def _known_encoding(_: click.Context, __: click.Parameter, name: str | None) -> str | None:
    if not name:
        return None
    try:
        "".encode(name)  # refuses what is no encoding of text, too, such as base64
        return codecs.lookup(name).name
    except LookupError:
        fail(f"--encoding {name} is no encoding. Some are: utf-8, cp1250, cp1252, cp1257, iso8859_2.", Exit.USAGE)


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@database_option
@name_option
@click.option(
    "--column", "named", multiple=True, metavar="OURS=THEIRS", help=f"Which column is which: {', '.join(FIELDS)}."
)
@click.option("--complete", is_flag=True, help="The file is the whole register: sites not in it leave the register.")
@click.option(
    "--encoding", metavar="NAME", callback=_known_encoding,
    help="The encoding of a CSV file, such as cp1250 or iso8859_2; if left out, UTF-8 or what it seems to be.",
)  # fmt: skip
@click.option(
    "--rejected", type=click.Path(path_type=Path), metavar="FILE", help="Write the refused rows here, as CSV."
)
def import_(  # noqa: PLR0917 - click names each
    file: Path,
    database: str,
    name: str | None,
    named: tuple[str, ...],
    complete: bool,
    encoding: str | None,
    rejected: Path | None,
) -> None:
    """Bring in a CSV, XLSX or ODS file: one row a site.

    Columns: url, body and level (state, regional, local, public law); and where known services (of the Decision's nine,
    parted by ; or ,), territory (NUTS or LAU code), name, operator, contact, nominated by. Rows that are not right are
    listed with line and reason, and the others are kept. Importing again updates the register; its history stays.
    """
    if not file.is_file():
        fail(f"There is no file {file}.", Exit.USAGE)  # before a database is begun for it
    with opened(database, new=True) as engine, _refusals(rejected) as refuse:
        result = guarded(
            lambda: load(
                engine,
                file,
                who=account(name),
                named=_named(named),
                complete=complete,
                encoding=encoding,
                refuse=refuse,
            )
        )
    _tell(result, rejected)
    if result.counts["rows"] and result.counts["rows"] == result.counts["refused"]:
        fail("No row could be taken over.", Exit.USAGE)


def _named(pairs: tuple[str, ...]) -> dict[str, str]:
    named = {}
    for pair in pairs:
        ours, sign, theirs = pair.partition("=")
        ours = ours.strip().replace(" ", "_")
        if not sign or ours not in FIELDS:
            fail(f"--column {pair} is not of the form OURS=THEIRS, with OURS one of: {', '.join(FIELDS)}.", Exit.USAGE)
        named[ours] = theirs.strip().strip("'\"")
    return named


class _Refusals:
    """Writes refused rows as they come."""

    def __init__(self, path: Path) -> None:
        import csv  # noqa: PLC0415

        self._stream = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._stream)
        self._writer.writerow(("line", "reason", "cells"))

    def __call__(self, error: RowError) -> None:
        self._writer.writerow([error.line, *(csv_cell(text) for text in ("; ".join(error.reasons), *error.cells))])

    def close(self) -> None:
        """Close the file."""
        self._stream.close()


@contextmanager
def _refusals(path: Path | None) -> Iterator[_Refusals | None]:
    if path is None:
        yield None
        return
    refusals = guarded(lambda: _Refusals(path))
    try:
        yield refusals
    finally:
        refusals.close()


def _tell(result: Imported, rejected: Path | None) -> None:
    for error in result.errors[:SHOWN_ERRORS]:
        click.echo(f"line {error.line}: {terminal_text('; '.join(error.reasons))}")
    more = result.counts["refused"] - SHOWN_ERRORS
    if more > 0:
        click.echo(f"and {many(more, 'row')} more" + ("." if rejected else "; write all with --rejected FILE."))
    for remark in result.remarks:
        say(terminal_text(remark))
    parts = [f"{result.counts[what]:,} {what}" for what in ("added", "changed", "unchanged", "refused")]
    if result.counts["left out"]:
        parts.append(f"{result.counts['left out']:,} left the register")
    click.echo(f"{many(result.counts['rows'], 'row')}: {', '.join(parts)}.")
    if rejected:
        say(f"Written: {rejected}")


@command.command("list")
@database_option
@click.option("--level", metavar="LEVEL", help="Only this level: state, regional, local, public law.")
@click.option("--service", type=click.Choice(SERVICES), help="Only sites with this service.")
@click.option("--find", "text", metavar="WORD", help="Only sites with this in body, name or address.")
@click.option("--all", "unlisted", is_flag=True, help="Also sites that have left the register.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1), metavar="N", help="Show at most N.")
def list_(  # noqa: PLR0917 - click names each
    database: str, level: str | None, service: str | None, text: str | None, unlisted: bool, limit: int
) -> None:
    """List the sites, and how many there are of each level."""
    key = guarded(lambda: read.level_key(level)) if level else ""
    with opened(database) as engine, engine.connect() as connection:
        found = read.sites(connection, level=key, service=service or "", text=text or "", unlisted=unlisted)
        shown: list[tuple[object, ...]] = []
        counts = dict.fromkeys(LEVELS, 0)
        for site in found:
            counts[site["level"]] += 1
            if len(shown) < limit:
                shown.append((site["id"], site["url"], site["body"], read.level_word(site["level"]), _territory(site)))
    show(("id", "url", "body", "level", "territory"), shown)
    total = sum(counts.values())
    if total > len(shown):
        say(f"The first {len(shown)} of {total:,}. Show more with --limit.")
    say(f"{many(total, 'site')}: " + ", ".join(f"{count:,} {read.level_word(key)}" for key, count in counts.items()))


def _territory(site: Mapping[str, Any]) -> str:
    return " ".join(code for code in (site["nuts"], site["lau"]) if code)


@command.command("show")
@click.argument("address", metavar="SITE")
@database_option
def show_(address: str, database: str) -> None:
    """Show one site, by address or number, with its history."""
    with opened(database) as engine:
        with engine.connect() as connection:
            site = guarded(lambda: read.find_site(connection, address))
        changes = read.history(engine, site["id"])
    for header, cell in zip(read.HEADERS, next(iter(read.as_table(iter([site])).rows)), strict=True):
        click.echo(f"{header + ':':14} {terminal_text(str(cell)) or '-'}")
    click.echo("history:")
    for change in changes:
        click.echo(f"  {change.at}  {change.what} by {terminal_text(change.who)} from {terminal_text(change.file)}")
        for field, before in change.before.items():
            click.echo(
                f"    {field}: {terminal_text(str(before))!r} became {terminal_text(str(change.after[field]))!r}"
            )


@command.command("export")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@database_option
@click.option("--all", "unlisted", is_flag=True, help="Also sites that have left the register.")
def export(file: Path | None, database: str, unlisted: bool) -> None:
    """Write the register as CSV, JSON, XLSX or ODS, by the file's ending; without FILE as CSV to standard output.

    What is written can be imported again.
    """
    import csv  # noqa: PLC0415

    with opened(database) as engine, engine.connect() as connection:
        table: Table = read.as_table(read.sites(connection, unlisted=unlisted))
        if file is not None:
            save(file, [table], title="Register of public sector sites")
            return
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(table.columns)
        for row in table.rows:
            writer.writerow([csv_cell(cell) for cell in row])
