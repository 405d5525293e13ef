"""Prints: results to standard output, everything else to standard error; nothing from a site reaches a terminal raw."""

from __future__ import annotations

import errno
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


def fail_for_system(error: OSError) -> NoReturn:
    """Tell what the system refused and exit with 2.

    A full disk is raised again: cli/main tells it, for every command. So is a reader of standard output that went away,
    as `head` does: that needs no word.
    """
    if error.errno in (errno.ENOSPC, errno.EPIPE):
        raise error
    fail(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), Exit.USAGE)
