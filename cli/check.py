"""`curbcut check`: just these pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, TextIO

import click

from cli.checking import asked_from, checking, target_options
from cli.console import fail, say
from cli.exit_codes import Exit
from cli.options import SCAN_ONLY, settings_options
from cli.running import Ended, exit_code, guarded, print_format, settings_to_scan, tell_ci, write_files
from reports.ci.formats import FORMATS
from reports.ci.model import CiReport
from reports.output import replacing
from scan.checking import Asked
from scan.settings import Settings

PRINTED = ("text", "json", "jsonl", "csv", *FORMATS)


@click.command("check")
@target_options
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Folder for the HTML report."
)
@click.option("--output", "outputs", multiple=True, metavar="FORMAT=FILE", help="Also write this format to this file.")
@click.option(
    "--repeat", type=click.IntRange(1, 20), default=1, metavar="N", help="Check N times; tell what did not agree."
)
@settings_options(without=SCAN_ONLY)
def command(out: Path | None, outputs: tuple[str, ...], repeat: int, **flags: Any) -> None:
    """Check just these pages: addresses, HTML files, or a folder of built HTML.

    Prints what was found on standard output. No links are followed and robots.txt is not asked: you named the pages.
    Only where links of one name lead to different addresses of the same site are these opened, to be compared.
    """
    asked = asked_from(flags, repeat=repeat)
    settings = settings_to_scan(flags)
    files = _files(outputs)
    formats = settings.format or (() if files else ("text",))
    printed = [f for f in formats if f in PRINTED]
    if len(printed) > 1:
        fail(f"Only one format can go to standard output, not {' and '.join(printed)}. See --output.", Exit.USAGE)
    if "html" in formats and out is None:
        fail("Name a folder for the HTML report with --out DIR.", Exit.USAGE)
    sys.exit(guarded(lambda: _check(settings, asked, printed, files, out)))


def _check(settings: Settings, asked: Asked, printed: list[str], files: dict[Path, str], out: Path | None) -> Exit:
    with checking(settings, asked) as done:
        ended = Ended(done.end, report=done.report) if done.end is not None else None
        if out is not None and ended is not None:
            for path in write_files(ended, ["html"], out).values():
                say(f"Written: {path}")
        for path, name in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(path) as stream:
                _print(ended, done.report, name, stream)
            say(f"Written: {path}")
        for name in printed:
            _print(ended, done.report, name, sys.stdout)
        tell_ci(done.report)
        return exit_code(settings, ended) if ended is not None else Exit.DONE


def _print(ended: Ended | None, report: CiReport, name: str, stream: TextIO) -> None:
    """Write one format; where nothing was checked, what needs a scan is empty."""
    if ended is not None:
        print_format(ended, name, stream)
    elif name in FORMATS:
        FORMATS[name](report, stream)


def _files(outputs: tuple[str, ...]) -> dict[Path, str]:
    """Return {file: format} of the `--output` options."""
    files: dict[Path, str] = {}
    for text in outputs:
        name, equals, path = text.partition("=")
        if not equals or not path or name not in PRINTED:
            fail(f"--output takes FORMAT=FILE with a format of {', '.join(PRINTED)}; not {text}.", Exit.USAGE)
        files[Path(path)] = name
    return files
