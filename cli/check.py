"""`curbcut check`: just these pages."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from cli.console import fail, say
from cli.exit_codes import Exit
from cli.options import SCAN_ONLY, settings_options
from cli.running import exit_code, guarded, print_format, scan, settings_from, write_files
from monitoring.pages.keep import read as read_pages
from scan.errors import UsageError
from scan.run import ScanEnd
from scan.settings import Settings
from scan.targets import opened
from store.results import rename_urls

PRINTED = ("text", "json", "jsonl", "csv")


@click.command("check")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@click.option(
    "--urls-from",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Read more targets from this file, one a line; - reads standard input; .yaml: what `curbcut pages` wrote.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Folder for the HTML report."
)
@settings_options(without=SCAN_ONLY)
def command(targets: tuple[str, ...], urls_from: Path | None, out: Path | None, **flags: Any) -> None:
    """Check just these pages: addresses, HTML files, or a folder of built HTML.

    Prints what was found on standard output. No links are followed and robots.txt is not asked: you named the pages.
    Only where links of one name lead to different addresses of the same site are these opened, to be compared.
    """
    settings = settings_from({**flags, "robots": False, "thorough": True})
    formats = settings.format or ("text",)
    printed = [f for f in formats if f in PRINTED]
    if len(printed) > 1:
        fail(f"Only one format can go to standard output, not {' and '.join(printed)}.", Exit.USAGE)
    if "html" in formats and out is None:
        fail("Name a folder for the HTML report with --out DIR.", Exit.USAGE)
    wanted = [*targets, *guarded(lambda: _read(urls_from))]
    if not wanted:
        fail("Name at least one page: an address, an HTML file, or a folder.", Exit.USAGE)
    with tempfile.TemporaryDirectory(prefix="curbcut-") as scratch:
        folder = Path(scratch)
        sys.exit(guarded(lambda: _check(settings, wanted, printed, folder, out)))


def _check(settings: Settings, wanted: list[str], printed: list[str], folder: Path, out: Path | None) -> Exit:
    with opened(wanted) as addresses:
        end: ScanEnd = scan(settings, addresses, folder, follow=False)
        rename_urls(end.engine, end.scan_id, {a: shown for a, shown in addresses.items() if a != shown})
        if out is not None:
            for path in write_files(end, ["html"], out).values():
                say(f"Written: {path}")
        for name in printed:
            print_format(end, name)
        code = exit_code(settings, end)
        end.engine.dispose()
    return code


def _read(urls_from: Path | None) -> list[str]:
    if urls_from is None:
        return []
    if urls_from.suffix.lower() in (".yaml", ".yml"):
        return list(read_pages(urls_from).urls)
    read: Callable[[], str] = sys.stdin.read if str(urls_from) == "-" else lambda: urls_from.read_text("utf-8-sig")
    try:
        lines = [line.strip() for line in read().splitlines()]
    except UnicodeDecodeError as error:
        raise UsageError(f"{urls_from} is not a text file in UTF-8.") from error
    return [line for line in lines if line and not line.startswith("#")]
