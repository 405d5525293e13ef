"""`curbcut campaign`: scan every site of a sample."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import click

from cli.console import say
from cli.exit_codes import Exit
from cli.monitoring import database_option, opened, show
from cli.running import guarded
from monitoring.campaign.collect import collect
from monitoring.campaign.run import Campaign, site_folder
from monitoring.campaign.status import SiteStatus, read_status
from monitoring.errors import MonitoringError
from monitoring.pages import keep
from monitoring.pages.propose import propose
from monitoring.places import CAMPAIGNS
from monitoring.sample.keep import Kept, read_sample
from reports.escape import safe_name, terminal_text
from store.errors import StoreError

IN_DEPTH_PAGES = 500
"""Pages of a site from which an in-depth page sample is chosen, unless told otherwise."""

PROPOSED = "pages-proposed.yaml"

folder_option = click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Folder for the scans of all sites."
)


@click.group("campaign")
def command() -> None:
    """Scan every site of a sample, several at once, and see how they stand."""


@command.command("run", context_settings={"ignore_unknown_options": True})
@click.argument("sample", metavar="SAMPLE")
@click.argument("scan_options", nargs=-1, type=click.UNPROCESSED, metavar="[-- SCAN OPTIONS]")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=max(1, (os.cpu_count() or 1) // 2), metavar="N",
    help="Scan this many sites at once; half the processors if left out.",
)  # fmt: skip
@click.option(
    "--max-pages", type=click.IntRange(1), metavar="N",
    help="Of each site at most. Left out: simplified monitoring chooses by the site's size, in-depth takes 500.",
)  # fmt: skip
@folder_option
@database_option
def run(  # noqa: PLR0917 - click names each
    sample: str, scan_options: tuple[str, ...], workers: int, max_pages: int | None, out: Path | None, database: str
) -> None:
    """Scan the sites of SAMPLE; call it again to go on after a stop or a crash.

    Each site has a folder with its scan and report. What follows -- goes to each `curbcut scan`. Two sites of one host
    are never scanned at once. A site that fails is tried again after all others, and then listed with its reason.
    How many pages of a site are checked follows from its size and complexity (simplified monitoring); of each site of
    an in-depth sample a page sample is proposed in its folder.
    """
    kept, folder = _sample(database, sample), _folder(out, sample)
    urls, is_simplified = _urls(kept), kept.row["method"] == "simplified"
    bound = ["--max-pages", str(max_pages)] if max_pages else []
    pages = ["--by-size", *bound] if is_simplified else bound or ["--max-pages", str(IN_DEPTH_PAGES)]
    scanned = None if is_simplified else _propose
    campaign = Campaign(folder, (*pages, *scan_options), workers, _overview, scanned)
    statuses = guarded(lambda: campaign.run(urls))
    _list(statuses)
    if campaign.stopped:
        say(f"Stopped. Go on with: curbcut campaign run {sample}")
        sys.exit(Exit.INTERRUPTED)


@command.command("status")
@click.argument("sample", metavar="SAMPLE")
@folder_option
@database_option
def status(sample: str, out: Path | None, database: str) -> None:
    """Show how each site of the sample stands: pages checked, and why a site failed."""
    folder = _folder(out, sample)
    _list([read_status(url, site_folder(folder, url)) for url in _urls(_sample(database, sample))])


@command.command("collect")
@click.argument("sample", metavar="SAMPLE")
@click.option("--pictures/--no-pictures", default=False, show_default=True, help="Copy the screenshots, too.")
@folder_option
@database_option
def collect_(sample: str, pictures: bool, out: Path | None, database: str) -> None:
    """Copy the finished scans of SAMPLE into the monitoring database, for questions across sites.

    Call it again at any time, also while the campaign runs: what is there already stays, and a newer scan of a site
    takes the place of the older one.
    """
    kept, folder = _sample(database, sample), _folder(out, sample)
    with opened(database) as engine:
        done = guarded(lambda: collect(engine, kept, folder, pictures=pictures))
    say(f"{done.copied} sites copied, {done.known} were there already, {done.missing} have no result yet.")


def _sample(database: str, sample: str) -> Kept:
    with opened(database) as engine:
        return guarded(lambda: read_sample(engine, sample))


def _urls(kept: Kept) -> list[str]:
    return [each["site"]["url"] for each in kept.current]


def _propose(folder: Path) -> None:
    """Propose the page sample of a site; what stands in the way is told, and the scan counts all the same."""
    try:
        keep.write(propose(folder), folder / PROPOSED)
    except (MonitoringError, StoreError) as error:
        say(f"No pages were proposed in {folder}: {error}")


def _folder(out: Path | None, sample: str) -> Path:
    return out or CAMPAIGNS / safe_name(sample)


def _overview(statuses: list[SiteStatus]) -> None:
    counts = Counter(each.state for each in statuses)
    pages = sum(each.pages for each in statuses)
    now = ", ".join(f"{each.url} ({each.pages})" for each in statuses if each.state == "running")
    words = ", ".join(f"{counts[state]} {state}" for state in ("done", "running", "interrupted", "failed", "waiting"))
    say(f"{len(statuses)} sites: {words}; {pages:,} pages." + (f" Now: {terminal_text(now)}" if now else ""))


def _list(statuses: list[SiteStatus]) -> None:
    show(("site", "state", "pages", "reason"), [(s.url, s.state, s.pages, s.reason) for s in statuses])
    _overview(statuses)
