"""`curbcut demo`: the bundled demo town."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from cli.console import say
from cli.options import lang_option, settings_options
from cli.running import finish, scan, settings_from
from cli.scan import SCANS
from demo.server import serve


@click.command("demo")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Folder for the scan.")
@lang_option
@settings_options(
    "format", "profile", "guide", "only", "best_practices", "driver", "selenium_url", "browser", "axe_script", "tabs"
)
def command(out: Path | None, lang: str, **flags: Any) -> None:
    """Scan the bundled demo town and show the report.

    The town is made up. Its site has planted barriers and clumsy texts, so that you see what Curbcut finds.
    """
    settings = settings_from(flags)
    folder = out or SCANS / f"demo-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    with serve() as origin:
        end = scan(settings, [origin + "/"], folder)
    say("The demo town was served for this scan only: its addresses in the report no longer answer.")
    finish(settings, end, folder, lang=lang)
