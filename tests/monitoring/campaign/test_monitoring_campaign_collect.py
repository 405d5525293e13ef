"""All scans of a campaign in one database, SQLite and (where a server is named) PostgreSQL: nothing lost or doubled.

CURBCUT_TEST_POSTGRESQL names an empty PostgreSQL database, such as postgresql+psycopg://postgres@127.0.0.1/curbcut;
the tests make their tables in it and take them away again.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, Engine, func, inspect, select, text

from checks.catalogue import catalogue
from checks.standards import default_profile
from cli.main import main
from monitoring.campaign.run import site_folder
from monitoring.rehearsal.country import Country, invent
from monitoring.rehearsal.fill import fill
from monitoring.sample import keep
from monitoring.sheets import write_table
from reports import analysis
from scan.run import DATABASE
from store.database import open_database
from store.schema import finding, metadata, page, scan
from store.schema_monitoring import sample_scan

SERVER = os.environ.get("CURBCUT_TEST_POSTGRESQL", "")
YEAR = 2026


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.skipif(not SERVER, reason="no server is named"))]
)
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield str(tmp_path / "monitoring.sqlite") if request.param == "sqlite" else SERVER
    if request.param == "postgresql":
        engine = open_database(SERVER)
        with engine.begin() as connection:
            metadata.drop_all(connection)
            connection.execute(text("DROP TABLE alembic_version"))
        engine.dispose()


@pytest.fixture
def country(tmp_path: Path, location: str) -> Country:
    made = invent(6, seed=3, down=0.0)
    write_table(tmp_path / "register.csv", [made.register()], title="Register")
    run(location, "register", "import", str(tmp_path / "register.csv"), "--name", "Ada")
    run(
        location, "sample", "draw", "--population", "100000", "--year", str(YEAR), "--method", "simplified", "--seed",
        "1", "--name", "Ada",
    )  # fmt: skip
    engine = open_database(location)
    sites = {site.url: site for site in made.sites}
    urls = [member["site"]["url"] for member in keep.read_sample(engine, f"{YEAR}-simplified").current]
    engine.dispose()
    for url in urls[1:]:
        fill(sites[url], YEAR, folder(tmp_path, url), default_profile(), catalogue(default_profile()))
    return made


def folder(base: Path, url: str) -> Path:
    return site_folder(base / "scans", url)


def run(location: str, *arguments: str) -> str:
    done = CliRunner().invoke(main, [*arguments, "--database", location])
    assert done.exit_code == 0, done.output
    return done.output


def said(connection: Connection, scan_id: int) -> tuple[object, ...]:
    """What reports say of a scan, without the numbers of its rows."""
    return (
        analysis.totals(connection, scan_id),
        analysis.finding_totals(connection, scan_id),
        analysis.criteria_results(connection, scan_id),
        [(each.id, each.n_places, each.example.message) for each in analysis.issues(connection, scan_id)],
    )


def counts(engine: Engine) -> Counter[str]:
    tables = (scan, page, finding, sample_scan)
    with engine.connect() as connection:
        return Counter({t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables})


@pytest.mark.usefixtures("country")
def test_scans_are_the_same_in_one_database(location: str, tmp_path: Path) -> None:
    collect = ("campaign", "collect", f"{YEAR}-simplified", "--out", str(tmp_path / "scans"))
    assert "4 sites copied, 0 were there already, 1 have no result yet." in run(location, *collect)
    engine = open_database(location)
    first = counts(engine)
    with engine.connect() as connection:
        links = connection.execute(select(sample_scan)).all()
        for link in links:
            file = open_database(Path(link.folder) / DATABASE, read_only=True)
            with file.connect() as own:
                assert said(own, link.number) == said(connection, link.scan_id)
            file.dispose()
    assert first["finding"] > len(links)

    assert "0 sites copied, 4 were there already" in run(location, *collect)
    assert counts(engine) == first

    file = open_database(Path(links[0].folder) / DATABASE)
    with file.begin() as own:  # as a later scan would
        own.execute(scan.update().values(finished_at="2027-01-01T00:00:00+00:00"))
    file.dispose()
    assert "1 sites copied, 3 were there already" in run(location, *collect)
    assert counts(engine) == first
    with engine.connect() as connection:
        times = connection.execute(select(scan.c.finished_at).order_by(scan.c.finished_at.desc())).scalars().all()
    assert times[0] == "2027-01-01T00:00:00+00:00"
    assert "sample_scan" in inspect(engine).get_table_names()
    engine.dispose()
