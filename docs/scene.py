"""What the pictures in docs/ show: the demo town before and after something was mended, and a made-up country."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from checks.catalogue import catalogue
from checks.standards import default_profile
from demo.server import TOWN, serve
from docs.parts import ROOT
from monitoring.campaign.run import site_folder
from monitoring.places import CAMPAIGNS, DATABASE
from monitoring.register.load import load
from monitoring.rehearsal.country import POPULATION, YEARS, invent
from monitoring.rehearsal.fill import fill
from monitoring.sample import keep
from monitoring.sheets import write_table
from store.database import open_database

MENDED = {
    '<button type="submit"><span class="magnifier"': '<button aria-label="Search"><span class="magnifier"',
    'harbour.svg" width="1200" height="400">': 'harbour.svg" width="1200" height="400" alt="Fishing boats at sunset">',
}
BROKEN = {"<h2>Find a service</h2>": '<h2>Find a service</h2>\n<p><img src="/assets/img/crest.svg" width="44"></p>'}
GONE = ("events.html",)
BEFORE, NOW, PAGE, SAMPLE = "velmarsh-spring", "velmarsh-autumn", "page-velmarsh", f"{YEARS[-1]}-simplified"
"""The folders of the two scans and of the check of one page, and the newest sample."""

PORT = 8931
NOT_BEGUN = 2
"""Sites of the last year that were not scanned yet."""


def make(folder: Path) -> None:
    """Write the whole scene into `folder`. CalledProcessError where a scan fails, OSError where the port is taken."""
    folder.mkdir(parents=True, exist_ok=True)
    with serve(TOWN, port=PORT) as origin:
        _run("cli.main", "scan", "--out", str(folder / BEFORE), f"{origin}/")
        _run("web.page_child", "--out", str(folder / PAGE), f"{origin}/")
    with TemporaryDirectory() as scratch, serve(mended_town(Path(scratch, "town")), port=PORT) as origin:
        _run("cli.main", "scan", "--out", str(folder / NOW), f"{origin}/")
    monitor(folder)


def _run(*program: str) -> None:
    subprocess.run([sys.executable, "-m", *program], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603


def mended_town(folder: Path) -> Path:
    """Copy the town into `folder`, with some barriers mended, one more, and a page less; return the folder."""
    shutil.copytree(TOWN, folder)
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        changed = text
        for old, new in (MENDED | BROKEN).items():
            changed = changed.replace(old, new)
        if changed != text:
            page.write_text(changed, encoding="utf-8")
    for name in GONE:
        (folder / name).unlink()
    return folder


def monitor(folder: Path) -> None:
    """Write the register of a made-up country into `folder`, its samples of three years and their campaigns."""
    country = invent(60, seed=4, address="https://www.body-{number}.example/", down=0.08)
    write_table(folder / "register.csv", [country.register()], title="Register")
    engine = open_database(folder / DATABASE)
    load(engine, folder / "register.csv", who="Ada")
    (folder / "register.csv").unlink()
    sites = {site.url: site for site in country.sites}
    rules = catalogue(default_profile())
    for year in YEARS:
        name = f"{year}-simplified"
        kept = keep.draw_sample(
            engine, name=name, population=POPULATION, year=year, method="simplified", seed=year, recurring=0.4,
            who="Ada",
        )  # fmt: skip
        for member in kept.current[NOT_BEGUN if year == YEARS[-1] else 0 :]:
            url = member["site"]["url"]
            fill(sites[url], year, site_folder(folder / CAMPAIGNS / name, url), default_profile(), rules)
    engine.dispose()
