"""Two years of a small country's monitoring, in scan databases that hold what was planted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from checks.catalogue import catalogue
from checks.standards import default_profile
from monitoring.campaign.run import site_folder
from monitoring.member_state.rounds import Round, read_rounds
from monitoring.register.load import load
from monitoring.rehearsal.country import POPULATION, YEARS, Country, invent
from monitoring.rehearsal.fill import fill
from monitoring.sample import keep
from monitoring.sheets import write_table
from store.database import open_database


@dataclass(frozen=True)
class Monitored:
    """The country, its monitoring database and its campaigns."""

    country: Country
    engine: Engine
    folder: Path

    def rounds(self) -> list[Round]:
        return read_rounds(self.engine, years=YEARS[:2], samples=(), campaigns=self.folder)


@pytest.fixture(scope="package")
def rounds(monitored: Monitored) -> list[Round]:
    return monitored.rounds()


@pytest.fixture(scope="package")
def monitored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monitored]:
    folder = tmp_path_factory.mktemp("country")
    country = invent(12, seed=1, down=0.15)
    write_table(folder / "register.csv", [country.register()], title="Register")
    engine = open_database(folder / "monitoring.sqlite")
    load(engine, folder / "register.csv", who="Ada")
    rules = catalogue(default_profile())
    sites = {site.url: site for site in country.sites}
    for year in YEARS[:2]:
        kept = keep.draw_sample(
            engine, name=f"{year}-simplified", population=POPULATION, year=year, method="simplified", seed=year,
            recurring=0.5, who="Ada",
        )  # fmt: skip
        for member in kept.current:
            url = member["site"]["url"]
            fill(sites[url], year, site_folder(folder / f"{year}-simplified", url), default_profile(), rules)
    yield Monitored(country, engine, folder)
    engine.dispose()
