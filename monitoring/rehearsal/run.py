"""Rehearses three years of monitoring in the made-up country, from the register to the report to the Commission."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from checks.catalogue import catalogue
from checks.model import RuleInfo
from checks.standards import default_profile
from monitoring.body import write as body
from monitoring.body.content import Addressed
from monitoring.campaign.run import Campaign, site_folder
from monitoring.campaign.status import SiteStatus, is_done
from monitoring.member_state import write as member_state
from monitoring.member_state.content import About
from monitoring.member_state.rounds import read_rounds
from monitoring.register.load import load
from monitoring.register.read import sites
from monitoring.rehearsal.country import POPULATION, YEARS, Country, PlannedSite, invent
from monitoring.rehearsal.fill import fill
from monitoring.rehearsal.server import serving
from monitoring.rehearsal.truth import Truth, differences
from monitoring.sample import keep
from monitoring.sheets import write_table
from scan.run import DATABASE
from store.database import open_database

SCAN = ("--only", "wcag", "--delay", "0", "--pages-per-template", "0", "--tabs", "1", "--max-pages", "15")
WHO = "Rehearsal"
METHODS = ("simplified", "in-depth")


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a rehearsal did: figures that were compared, how they differ, sites crawled, filled and without a result."""

    figures: int
    differences: Sequence[str]
    crawled: int
    filled: int
    reports: int
    report: Path


@dataclass(frozen=True, slots=True)
class Size:
    """How large a rehearsal is: bodies, sites to crawl in each year (`deep` of them in depth), how many at once."""

    bodies: int = 400
    live: int = 60
    deep: int = 4
    workers: int = 2
    live_years: tuple[int, ...] = YEARS


def rehearse(folder: Path, size: Size, *, seed: int = 1, tell: Callable[[str], None] = print) -> Rehearsed:
    """Rehearse in an empty folder. Sites that are not crawled are filled with what is planted in them."""
    profile = default_profile()
    rules = catalogue(profile)
    with serving() as server:
        country = invent(size.bodies, seed=seed, address=server.address)
        server.show(country)
        planned = {site.url: site for site in country.sites}
        engine = _register(folder, country)
        crawled: set[tuple[str, int, str]] = set()
        filled = 0
        for year in YEARS:
            server.year = year
            for method in METHODS:
                wanted = size.live if method == "simplified" else size.deep
                live = wanted if year in size.live_years else 0
                name, urls = _sample(engine, year, method)
                urls.sort(key=lambda url: (-len(planned[url].planted[year]), planned[url].number))
                chosen = urls[:live]  # those with most planted
                tell(f"{name}: {len(urls)} sites, {len(chosen)} of them crawled.")
                _crawl(folder / name, chosen, size.workers, tell)
                crawled |= {(url, year, method) for url in chosen}
                filled += _fill(folder / name, planned, year, urls[live:], rules)
    rounds = read_rounds(engine, years=YEARS, samples=(), campaigns=folder)
    report = folder / "member-state"
    member_state.write(rounds, report, About("the made-up country", WHO))
    reports = _bodies(folder, [(url, year) for url, year, method in crawled if method == "simplified"])
    engine.dispose()

    def look(url: str, year: int, method: str) -> Path | None:
        is_crawled = (url, year, method) in crawled
        return site_folder(folder / f"{year}-{method}", url) / DATABASE if is_crawled else None

    truth = Truth(country, folder / "monitoring.sqlite", profile, rules, look)
    written = json.loads((report / "figures.json").read_text(encoding="utf-8"))["figures"]
    return Rehearsed(len(written), differences(written, truth.figures), len(crawled), filled, reports, report)


def _register(folder: Path, country: Country) -> Engine:
    write_table(folder / "register.csv", [country.register()], title="Register")
    engine = open_database(folder / "monitoring.sqlite")
    load(engine, folder / "register.csv", who=WHO)
    return engine


def _sample(engine: Engine, year: int, method: str) -> tuple[str, list[str]]:
    """Draw a sample, and replace one site of the second year's by hand, as happens."""
    name = f"{year}-{method}"
    kept = keep.draw_sample(
        engine, name=name, population=POPULATION, year=year, method=method, seed=year, recurring=0.4, who=WHO
    )
    if year == YEARS[1] and method == "simplified":
        chosen = {member["site"]["url"] for member in kept.current}
        with engine.connect() as connection:
            spare = next(site["url"] for site in sites(connection) if site["url"] not in chosen)
        gone = kept.current[-1]["site"]["url"]
        keep.replace(engine, name, remove=gone, add=spare, reason="The site was closed down.", who=WHO)
        kept = keep.read_sample(engine, name)
    return name, [member["site"]["url"] for member in kept.current]


def _crawl(folder: Path, urls: Sequence[str], workers: int, tell: Callable[[str], None]) -> None:
    def overview(statuses: list[SiteStatus]) -> None:
        ended = sum(each.state in ("done", "failed") for each in statuses)
        tell(f"  {ended} of {len(statuses)} crawled")

    if urls:
        Campaign(folder, SCAN, workers, overview).run(urls)


def _fill(
    folder: Path, planned: Mapping[str, PlannedSite], year: int, urls: Iterable[str], rules: Sequence[RuleInfo]
) -> int:
    count = 0
    for url in urls:
        fill(planned[url], year, site_folder(folder, url), default_profile(), rules)
        count += 1
    return count


def _bodies(folder: Path, crawled: Iterable[tuple[str, int]]) -> int:
    """Write the reports to the bodies of crawled sites that have a result."""
    written = 0
    for url, year in sorted(crawled):
        scan, last = (site_folder(folder / f"{y}-simplified", url) for y in (year, year - 1))
        if is_done(scan):
            out = folder / "bodies" / str(year) / scan.name
            before = last if is_done(last) else None
            body.write(scan, out, Addressed(url, WHO), before=before, with_pdf=False)
            written += 1
    return written


def main() -> int:
    """Rehearse at full size, or as large as the arguments say; 0 if every figure is as planted."""
    import argparse  # noqa: PLC0415
    import tempfile  # noqa: PLC0415
    import time  # noqa: PLC0415

    full = Size()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, default=full.bodies, help="bodies of the country, one site each")
    parser.add_argument("--live", type=int, default=full.live, help="sites to crawl in each year")
    parser.add_argument(
        "--deep", type=int, default=full.deep, help="sites of the in-depth sample to crawl in each year"
    )
    parser.add_argument("--workers", type=int, default=full.workers, help="sites to crawl at once")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="empty folder to keep everything in; nothing is kept if left out")
    asked = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        folder: Path = asked.out or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        done = rehearse(folder, Size(asked.bodies, asked.live, asked.deep, asked.workers), seed=asked.seed)
    for line in done.differences:
        print(line)  # noqa: T201 - a program of its own
    print(  # noqa: T201
        f"{done.crawled} scans crawled, {done.filled} filled, {done.reports} reports to bodies. "
        f"{len(done.differences) or 'No'} differences between {done.figures} figures and what was planted. "
        f"{time.monotonic() - started:.0f} s."
    )
    return 1 if done.differences else 0
