"""`curbcut report body`: write the reports to public sector bodies on their sites."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
from sqlalchemy import Engine

from cli.console import fail, say
from cli.exit_codes import Exit
from cli.monitoring import collected_option, database_option, opened
from cli.options import lang_option
from cli.running import guarded
from monitoring.body.content import Addressed
from monitoring.body.write import Collected, Scan, write
from monitoring.campaign.collect import collected
from monitoring.campaign.run import site_folder
from monitoring.campaign.status import is_done
from monitoring.places import CAMPAIGNS
from monitoring.sample.keep import read_sample
from reports.escape import safe_name
from reports.wording import speaking

FOLDER = Path("curbcut-bodies")


@click.command("body")
@click.argument("sample", metavar="SAMPLE")
@click.option("--site", "sites", multiple=True, metavar="URL", help="Only these sites of the sample.")
@click.option("--last", metavar="SAMPLE", help="Compare with this sample; that of the period before if left out.")
@click.option(
    "--campaigns", type=click.Path(path_type=Path, file_okay=False), default=CAMPAIGNS, show_default=True,
    metavar="DIR", help="Folder that holds a folder for each sample's campaign.",
)  # fmt: skip
@collected_option
@click.option("--by", "monitored_by", default="", metavar="NAME", help="The monitoring body, named in the report.")
@click.option("--pdf/--no-pdf", default=True, show_default=True, help="Print a PDF, too, through the browser.")
@lang_option
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=FOLDER, show_default=True, metavar="DIR",
    help="Folder to write into: one folder for each site.",
)  # fmt: skip
@database_option
def command(  # noqa: PLR0917 - click names each
    sample: str,
    sites: tuple[str, ...],
    last: str | None,
    campaigns: Path,
    is_collected: bool,
    monitored_by: str,
    pdf: bool,
    out: Path,
    lang: str,
    database: str,
) -> None:
    """Write a report to the body of each site of SAMPLE that has a result: HTML, ODS and PDF.

    Each says what was tested, the results per clause, the issues by their effect with how to mend them, what is wrong
    with the accessibility statement and the documents, and what is mended, still there and new since last time.
    """
    written = 0
    with opened(database) as engine:
        kept = guarded(lambda: read_sample(engine, sample))
        before = last or kept.row["facts"]["sample_of_last_period"] or ""
        known = {member["site"]["url"]: member["site"] for member in kept.current}
        unknown = [address for address in sites if address not in known]
        if unknown:
            fail(f"{unknown[0]} is not in the sample {sample}. Its sites: curbcut sample show {sample}", Exit.USAGE)
        where = None if is_collected else campaigns
        now, then = (guarded(partial(_scans, engine, name, where)) for name in (sample, before))
        for address in sites or known:
            scan, old = now(address), then(address)
            if scan is None:
                say(f"{address}: no report, because it has no result (curbcut campaign status {sample}).")
                continue
            about = Addressed(address, known[address]["body"], monitored_by, before if old else "")
            folder = site_folder(out / safe_name(sample), address)
            with speaking(lang):
                page = guarded(partial(write, scan, folder, about, before=old, with_pdf=pdf))
            say(f"Written: {page}")
            written += 1
    say(f"{written} of {len(sites or known)} reports written.")


def _scans(engine: Engine, sample: str, campaigns: Path | None) -> Callable[[str], Scan | None]:
    """Return what gives the finished scan of a site of a sample: from its campaign, or the collected ones."""
    if not sample:
        return lambda _: None
    if campaigns is not None:
        folder = campaigns / safe_name(sample)
        return lambda address: where if is_done(where := site_folder(folder, address)) else None
    kept = read_sample(engine, sample)
    with engine.connect() as connection:
        numbers = collected(connection, kept.row["id"])
    found = {
        member["site"]["url"]: Collected(engine, numbers[member["site_id"]])
        for member in kept.current
        if member["site_id"] in numbers
    }
    return found.get
