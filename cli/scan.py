"""`curbcut scan`: a whole site."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from cli.console import fail, say
from cli.exit_codes import Exit
from cli.options import lang_option, settings_options
from cli.running import finish, guarded, scan, settings_to_scan
from crawler.addresses import is_loopback
from crawler.urls import host_of
from reports.escape import safe_name
from reports.wording import ENGLISH
from scan.run import DATABASE, start_addresses
from store.database import open_database
from store.results import read_scan
from store.schema import ScanState

SCANS = Path("curbcut-scans")
DONE = (ScanState.COMPLETE,)


@click.command("scan")
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Folder for the scan.")
@click.option("--resume", is_flag=True, help="Go on with the unfinished scan of this site (or the one in --out).")
@lang_option
@settings_options()
def command(urls: tuple[str, ...], out: Path | None, resume: bool, lang: str, **flags: Any) -> None:
    """Scan a whole site: every page in scope, rendered, checked, and reported.

    Writes one folder: the database curbcut.sqlite, and the HTML report in report/. Ctrl-C stops cleanly, and
    --resume goes on.
    """
    settings = settings_to_scan(flags)
    starts, _ = guarded(lambda: start_addresses(urls))
    if not settings.contact and not all(is_loopback(host_of(u)) for u in starts):
        say("Tell the sites how to reach you: --contact you@example.org (or contact = ... in curbcut.toml).")
    folder = out or (_unfinished(starts) if resume else _new_folder(starts))
    _refuse_mix_up(folder, resume=resume)
    end = scan(settings, urls, folder, resume=resume)
    is_whole = settings.by_size and end.state is ScanState.LIMITED  # what the choice left out stays out
    spoken = "" if lang == ENGLISH else f" --lang {lang}"
    go_on = "" if is_whole else f"curbcut scan {' '.join(urls)} --resume --out {folder}{spoken}"
    finish(settings, end, folder, go_on=go_on, lang=lang)


def _site_name(starts: tuple[str, ...]) -> str:
    return safe_name(host_of(starts[0]))


def _new_folder(starts: tuple[str, ...]) -> Path:
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    return SCANS / f"{_site_name(starts)}-{stamp}"


def _unfinished(starts: tuple[str, ...]) -> Path:
    """Return the newest folder with a scan of this site that has not ended."""
    pattern = re.compile(re.escape(_site_name(starts)) + r"-\d{8}-\d{6}")
    folders = [f for f in SCANS.glob("*") if pattern.fullmatch(f.name) and (f / DATABASE).is_file()]
    for folder in sorted(folders, reverse=True):
        engine = guarded(lambda f=folder: open_database(f / DATABASE))  # type: ignore[misc]
        state = guarded(lambda e=engine: read_scan(e)).state  # type: ignore[misc]
        engine.dispose()
        if state not in DONE:
            return folder
    fail(
        f"There is no unfinished scan of {starts[0]} in {SCANS}/. Leave out --resume to start one, "
        "or name its folder with --out.",
        Exit.USAGE,
    )


def _refuse_mix_up(folder: Path, *, resume: bool) -> None:
    """Never write a new scan over an old one, and never resume nothing."""
    exists = (folder / DATABASE).is_file()
    if exists and not resume:
        fail(f"There is a scan in {folder} already. Go on with it by --resume, or choose another --out.", Exit.USAGE)
    if resume and not exists:
        fail(f"There is no scan in {folder} to resume. Leave out --resume to start one.", Exit.USAGE)
