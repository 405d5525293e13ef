"""`curbcut report compare`: what became of the findings of one scan in another."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cli.console import say
from cli.options import lang_option, only_html
from cli.running import guarded
from reports import analysis
from reports.comparison import comment, document, html, lines, model
from reports.wording import speaking
from scan.opened import reading
from scan.version import VERSION

FOLDER = Path("curbcut-comparison")
PRINTED = {"text": lines.write, "json": document.write, "markdown": comment.write}


@click.command("compare")
@click.argument("old", type=click.Path(path_type=Path), metavar="OLD")
@click.argument("new", type=click.Path(path_type=Path), metavar="NEW")
@click.option(
    "--format", "format_", type=click.Choice((*PRINTED, "html")), default="text", show_default=True,
    help="What to write.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=FOLDER, show_default=True, metavar="DIR",
    help="Folder to write html into.",
)  # fmt: skip
@lang_option
def command(old: Path, new: Path, format_: str, out: Path, lang: str) -> None:
    """Compare two scans of one site: what was mended, is still there, is new, and what cannot be told.

    OLD and NEW are folders of scans, or the curbcut.sqlite in them. What was not looked at again, or by another version
    of a rule, never counts as mended. html goes to a folder, all others to standard output.
    --lang is for html; the other formats are in English.
    """
    only_html(lang, format_)
    with speaking(lang):
        comparison = guarded(lambda: _read(old, new))
        if format_ == "html":
            say(f"Written: {guarded(lambda: html.write(comparison, out, version=VERSION))}")
        else:
            PRINTED[format_](comparison, sys.stdout)


def _read(old: Path, new: Path) -> model.Comparison:
    with reading(old) as before, reading(new) as now, before.connect() as then, now.connect() as since:
        return model.read(then, analysis.latest_scan_id(then), since, analysis.latest_scan_id(since))
