"""What the commands around the register share: the database, who works, and tables that go to a file or a terminal."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from sqlalchemy import Engine

from cli.console import fail, say
from cli.exit_codes import Exit
from cli.running import guarded
from monitoring.places import DATABASE
from monitoring.sheets import Table, write_table
from reports.escape import terminal_text
from store.database import open_database

Command = TypeVar("Command", bound=Callable[..., Any])

database_option = click.option(
    "--database",
    default=DATABASE,
    envvar="CURBCUT_DATABASE",
    show_default=True,
    metavar="FILE|URL",
    help="The monitoring database: a file, or an address such as postgresql+psycopg://host/name. "
    "[env: CURBCUT_DATABASE]",
)
collected_option = click.option(
    "--collected",
    "is_collected",
    is_flag=True,
    help="Read the results that curbcut campaign collect has copied into the database, not the campaigns' folders.",
)
name_option = click.option("--name", metavar="NAME", help="Who does this; your account's name if left out.")


@contextmanager
def opened(database: str, *, new: bool = False) -> Iterator[Engine]:
    """Open the monitoring database; only what may begin a register makes a `new` one."""
    if not new and "://" not in database and not Path(database).is_file():
        fail(
            f"There is no monitoring database {database}. Begin one with: curbcut register import FILE, "
            "or name another with --database.",
            Exit.USAGE,
        )
    engine = guarded(lambda: open_database(database))
    try:
        yield engine
    finally:
        engine.dispose()


def account(name: str | None) -> str:
    """Return who works: the name given, or the account's."""
    try:
        return name or getpass.getuser()
    except (OSError, KeyError):
        return fail("Say who you are with --name.", Exit.USAGE)


def save(path: Path, tables: Sequence[Table], *, title: str, facts: Mapping[str, Any] | None = None) -> None:
    """Write tables to a file and say so."""
    guarded(lambda: write_table(path, tables, title=title, facts=facts))
    say(f"Written: {path}")


def show(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a small table in columns."""
    lines = [[terminal_text(str(cell)) for cell in row] for row in (headers, *rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(headers))]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def many(count: int, one: str, more: str = "") -> str:
    """Return a count with its noun."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"
