"""`curbcut doctor`: is everything here that a scan needs?"""

from __future__ import annotations

import sys

import click

from cli.exit_codes import Exit
from scan.doctor import diagnose, is_fit


@click.command("doctor")
def command() -> None:
    """See whether this machine has everything a scan needs, and how to mend what is missing."""
    checks = diagnose()
    for check in checks:
        mark = "ok     " if check.ok else ("MISSING" if check.needed else "note   ")
        click.echo(f"{mark}  {check.name}: {check.found}")
        if not check.ok and check.mend:
            click.echo(f"         Mend it with: {check.mend}")
    fit = is_fit(checks)
    click.echo("\nReady to scan." if fit else "\nNot ready: mend what is missing, then run curbcut doctor again.")
    sys.exit(Exit.DONE if fit else Exit.BROWSER)
