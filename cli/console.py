"""Prints: results to standard output, everything else to standard error; nothing from a site reaches a terminal raw."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

import click

from cli.exit_codes import Exit

if TYPE_CHECKING:
    from rich.console import Console


def error_console() -> Console:
    """Return the console for progress and messages."""
    from rich.console import Console  # noqa: PLC0415 # what only prints starts sooner without it

    return Console(stderr=True, highlight=False, markup=False)


def say(text: str) -> None:
    """Tell the person something on standard error."""
    click.echo(text, err=True)


def fail(text: str, code: Exit) -> NoReturn:
    """Print an error that says what to do, and exit."""
    click.echo(f"curbcut: {text}", err=True)
    sys.exit(code)
