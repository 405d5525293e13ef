"""`curbcut report body`: write the reports to public sector bodies on their sites."""

from __future__ import annotations

from pathlib import Path

import click

from cli.console import fail, say
from cli.exit_codes import Exit
from cli.monitoring import database_option, opened
from cli.options import lang_option
from cli.running import guarded
from monitoring.body.content import Addressed
from monitoring.body.write import write
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
    with opened(database) as engine:
        kept = guarded(lambda: read_sample(engine, sample))
    before = last or kept.row["facts"]["sample_of_last_period"]
    known = {member["site"]["url"]: member["site"] for member in kept.current}
    unknown = [address for address in sites if address not in known]
    if unknown:
        fail(f"{unknown[0]} is not in the sample {sample}. Its sites: curbcut sample show {sample}", Exit.USAGE)
    written = 0
    for address in sites or known:
        scan = site_folder(campaigns / safe_name(sample), address)
        if not is_done(scan):
            say(f"{address}: no report, because it has no result (curbcut campaign status {sample}).")
            continue
        old = site_folder(campaigns / safe_name(before), address) if before else None
        if old is not None and not is_done(old):
            old = None
        about = Addressed(address, known[address]["body"], monitored_by, before if old and before else "")
        folder = site_folder(out / safe_name(sample), address)
        with speaking(lang):
            page = guarded(lambda: write(scan, folder, about, before=old, with_pdf=pdf))  # noqa: B023 - called at once
        say(f"Written: {page}")
        written += 1
    say(f"{written} of {len(sites or known)} reports written.")
