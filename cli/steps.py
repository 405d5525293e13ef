"""`curbcut steps`: check pages behind forms and logins."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from cli.check import PRINTED
from cli.console import fail, say
from cli.exit_codes import Exit
from cli.options import PATTERNS, SCAN_ONLY, settings_options
from cli.running import Ended, exit_code, guarded, print_format, settings_to_scan, write_files
from scan.settings import Settings
from scan.steps.page import write_page
from scan.steps.run import check_steps, show_steps
from scan.steps.script import Script, read_script


@click.group("steps")
def command() -> None:
    """Check pages behind forms and logins: a script says where to go, what to fill in and what to press."""


@command.command("run")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Only show each step, with a picture, in a page in the folder of --out.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Folder for the page or the report."
)
@settings_options(without=(*SCAN_ONLY, *PATTERNS, "driver", "selenium_url"))
def run(file: Path, dry_run: bool, out: Path | None, **flags: Any) -> None:
    """Do the steps of FILE in a browser and check the pages that they lead to.

    Secrets come from the environment: write ${NAME} in FILE. They are left out of reports, logs and pictures.
    """
    settings = settings_to_scan({**flags, "robots": False})
    script = guarded(lambda: read_script(file, os.environ))
    if dry_run:
        _show(settings, script, out)
        return
    formats = settings.format or ("text",)
    printed = [name for name in formats if name in PRINTED]
    if len(printed) > 1:
        fail(f"Only one format can go to standard output, not {' and '.join(printed)}.", Exit.USAGE)
    if "html" in formats and out is None:
        fail("Name a folder for the HTML report with --out DIR.", Exit.USAGE)
    with tempfile.TemporaryDirectory(prefix="curbcut-") as scratch:
        end = guarded(lambda: check_steps(settings, script, Path(scratch)))
        ended = Ended(end, baseline=settings.baseline)
        if out is not None:
            for path in write_files(ended, ["html"], out).values():
                say(f"Written: {path}")
        for name in printed:
            print_format(ended, name)
        code = exit_code(settings, ended)
        end.engine.dispose()
    sys.exit(code)


def _show(settings: Settings, script: Script, out: Path | None) -> None:
    if out is None:
        fail("Name a folder for the dry run's page with --out DIR.", Exit.USAGE)
    shown = guarded(lambda: show_steps(settings, script))
    path = guarded(lambda: write_page(script, shown, out))
    for number, one in enumerate(shown, start=1):
        click.echo(f"{number}. {one.step.says}: {'failed' if one.problem else one.address}")
    say(f"Written: {path}")
    if shown and shown[-1].problem:
        fail(shown[-1].problem, Exit.USAGE)
