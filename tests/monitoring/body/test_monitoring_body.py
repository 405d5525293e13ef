"""The report to a body: what became of each barrier, all parts, and files that pass our own rules."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine

from checks.catalogue import catalogue
from checks.documents.run import check_document
from checks.standards import default_profile
from cli.main import main
from monitoring.body.content import Addressed
from monitoring.body.write import write
from monitoring.campaign.run import site_folder
from monitoring.register.load import load
from monitoring.rehearsal.country import POPULATION, Country, invent
from monitoring.rehearsal.fill import fill
from monitoring.rehearsal.templates import BY_ID
from monitoring.sample import keep
from monitoring.sheets import write_table
from reports.wording import speaking
from store.database import open_database

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> tuple[Country, Engine, Path]:
    folder = tmp_path_factory.mktemp("bodies")
    country = invent(6, seed=3, down=0.0)
    write_table(folder / "register.csv", [country.register()], title="Register")
    engine = open_database(folder / "monitoring.sqlite")
    load(engine, folder / "register.csv", who="Ada")
    sites = {site.url: site for site in country.sites}
    rules = catalogue(default_profile())
    for year in (2025, 2026):
        kept = keep.draw_sample(
            engine, name=f"{year}-simplified", population=POPULATION, year=year, method="simplified", seed=1,
            recurring=0.5, who="Ada",
        )  # fmt: skip
        for member in kept.current:
            url = member["site"]["url"]
            fill(sites[url], year, site_folder(folder / f"{year}-simplified", url), default_profile(), rules)
    return country, engine, folder


def report(folder: Path, *more: str) -> str:
    done = CliRunner().invoke(
        main,
        [
            "report", "body", "2026-simplified", "--database", str(folder / "monitoring.sqlite"), "--campaigns",
            str(folder), "--out", str(folder / "out"), *more,
        ],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    return done.stderr


def test_each_body_gets_what_was_planted_and_what_became_of_it(country: tuple[Country, Engine, Path]) -> None:
    planned, engine, folder = country
    assert "5 of 5 reports written." in report(folder, "--no-pdf")
    then = {member["site"]["url"] for member in keep.read_sample(engine, "2025-simplified").current}
    compared = 0
    for site in planned.sites:
        own = site_folder(folder / "out" / "2026-simplified", site.url)
        if not own.exists():
            continue
        book = CalamineWorkbook.from_path(str(own / "report.ods"))
        texts = "\n".join(row[1] for row in book.get_sheet_by_name("Report").to_python())
        for defect in (name for name in site.planted[2026] if not BY_ID[name].asks):
            assert f"Rule: {BY_ID[defect].rule}" in texts
        if site.url not in then:
            assert "There is no earlier scan" in texts
            continue
        compared += 1
        rows = book.get_sheet_by_name("Barriers by what became of them").to_python()[1:]
        counts = {str(row[0]): int(str(row[1]).split(" of ")[0]) for row in rows}
        old, new = ({n for n in site.planted[year] if not BY_ID[n].asks} for year in (2025, 2026))
        assert (counts["Mended"], counts["Still there"], counts["New"]) == (
            len(old - new),
            len(old & new),
            len(new - old),
        )
    assert compared >= 2


@pytest.mark.browser
def test_pages_and_pdf_pass_our_own_rules(country: tuple[Country, Engine, Path], tmp_path: Path) -> None:
    """One look by Curbcut itself, at both kinds of report, with WCAG 2.2 AA; and the PDF by the rules for documents."""
    planned, engine, folder = country
    current = {member["site"]["url"] for member in keep.read_sample(engine, "2026-simplified").current}
    worst = max((site for site in planned.sites if site.url in current), key=lambda site: len(site.planted[2026]))
    report(folder, "--site", worst.url)
    own = site_folder(folder / "out" / "2026-simplified", worst.url)
    result = check_document(own / "index.pdf", url="https://a.example/index.pdf", declared="pdf")
    assert result.reason == "", result.detail
    assert [(f.rule, f.outcome, f.message) for f in result.findings if f.outcome == "failed"] == []
    assert result.facts.tagged
    done = CliRunner().invoke(
        main,
        [
            "report", "member-state", "--year", "2025", "--year", "2026", "--database",
            str(folder / "monitoring.sqlite"), "--campaigns", str(folder), "--out", str(folder / "member-state"),
        ],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    site = tmp_path / "built"
    for name, source in (("body", own), ("member-state", folder / "member-state")):
        shutil.copytree(source, site / name, ignore=shutil.ignore_patterns("*.pdf", "*.ods", "*.odt"))
    checked = subprocess.run(
        [sys.executable, "-m", "cli.main", "check", str(site), "--only", "wcag", "--profile", "wcag22-aa", "--format",
         "text"],
        cwd=ROOT, capture_output=True, text=True, timeout=250, check=False,
    )  # fmt: skip
    assert "2 pages checked. The rules found nothing" in checked.stdout, checked.stdout + checked.stderr


VERSIONS = {"browser", "none", "playwright", "python", "rehearsal", "scrapy", "selenium", "textstat"}
DATA = re.compile(r"https?://\S+|\bWCAG\b[ \d.,]*|(axe|curbcut)/[\w-]+|EN 301 549|UTC|\b(lxml|axe-core|curbcut)\b")


def test_a_report_is_whole_in_another_language_and_direction(
    country: tuple[Country, Engine, Path], tmp_path: Path, arabic: str
) -> None:
    """Each text is a message of the catalogue, says that it is in English, or comes from the site or the register."""
    planned, _, folder = country
    site = next(site for site in planned.sites if site_folder(folder / "2026-simplified", site.url).exists())
    scans = [site_folder(folder / f"{year}-simplified", site.url) for year in (2026, 2025)]
    with speaking(arabic):
        page = write(scans[0], tmp_path / "out", Addressed(site.url, site.body, "", "2025"), before=scans[1],
                     with_pdf=False)  # fmt: skip
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")
    assert soup.html is not None
    assert (soup.html["lang"], soup.html["dir"]) == (arabic, "rtl")
    for english in soup.select('[lang="en"]'):
        english.decompose()
    for code in soup.find_all(string=re.compile("^<")):
        code.extract()
    plain = soup.get_text("\n")
    while "⟦" in plain:
        plain = re.sub("⟦[^⟦⟧]*⟧", "", plain)
    told = {line.strip() for line in DATA.sub("", plain).split("\n") if re.search("[a-z]{2}", line)}
    assert told <= {site.body, *VERSIONS, "V3.2.1 (level AA)", "main", "report.ods"}
