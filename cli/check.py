"""`curbcut check`: just these pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from cli.checking import asked_from, checking, target_options
from cli.console import fail, say
from cli.exit_codes import Exit
from cli.options import SCAN_ONLY, settings_options
from cli.running import check_end, guarded, print_format, settings_from, tell_ci, write_files, write_format
from reports.ci.formats import FORMATS
from scan.checking import Asked, Checked
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
    settings = settings_from(flags)
    files = _files(outputs)
    formats = settings.format or (() if files else ("text",))
    printed = [f for f in formats if f in PRINTED]
    if len(printed) > 1:
        fail(f"Only one format can go to standard output, not {' and '.join(printed)}. See --output.", Exit.USAGE)
    if "html" in formats and out is None:
        fail("Name a folder for the HTML report with --out DIR.", Exit.USAGE)
    if "new" in settings.fail_on and settings.baseline is None:
        fail("What is new is told by a baseline: add --baseline FILE (see: curbcut baseline write --help).", Exit.USAGE)
    sys.exit(guarded(lambda: _check(settings, asked, printed, files, out)))


def _check(settings: Settings, asked: Asked, printed: list[str], files: dict[Path, str], out: Path | None) -> Exit:
    with checking(settings, asked) as done:
        if out is not None and done.end is not None:
            for path in write_files(done.end, ["html"], out).values():
                say(f"Written: {path}")
        for path, name in files.items():
            _write(done, name, path)
        for name in printed:
            if name in FORMATS:
                FORMATS[name](done.report, sys.stdout)
            elif done.end is not None:
                print_format(done.end, name)
        tell_ci(done.report)
        return check_end(settings, done.report, done.end)


def _files(outputs: tuple[str, ...]) -> dict[Path, str]:
    """Return {file: format} of the `--output` options."""
    files: dict[Path, str] = {}
    for text in outputs:
        name, equals, path = text.partition("=")
        if not equals or not path or name not in PRINTED:
            fail(f"--output takes FORMAT=FILE with a format of {', '.join(PRINTED)}; not {text}.", Exit.USAGE)
        files[Path(path)] = name
    return files


def _write(done: Checked, name: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_format(done.report, done.end, name, path)
    say(f"Written: {path}")
