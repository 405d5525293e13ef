"""A client that speaks to the app as a browser does, without a network."""

from __future__ import annotations

import json
import re
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from PIL import Image
from starlette.testclient import TestClient

from benchmarks.fake_scan import write_fake_scan
from checks.catalogue import catalogue
from checks.standards import default_profile
from monitoring.campaign.run import site_folder
from monitoring.places import CAMPAIGNS, DATABASE
from monitoring.register.load import load
from monitoring.rehearsal.country import POPULATION, invent
from monitoring.rehearsal.fill import fill
from monitoring.sample import keep
from monitoring.sheets import write_table
from reports import analysis
from reports import html as html_report
from scan.page_picture import PICTURE, PLACES
from store.database import open_database
from web.app import make_app
from web.config import WebConfig
from web.shelf import Shelf

HERE = "http://127.0.0.1:8642"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(make_app(WebConfig(tmp_path)), base_url=HERE, follow_redirects=False) as made:
        yield made


@pytest.fixture
def key(client: TestClient) -> str:
    """The value that the app's own forms carry."""
    found = re.search(r'name="form_key" value="([^"]+)"', client.get("/write").text)
    assert found is not None
    return found.group(1)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two scans of the same town, one of them broken off, and something that is no scan."""
    root = tmp_path_factory.mktemp("scans")
    for name, state in (("one", "complete"), ("deep/er/two", "interrupted")):
        engine = open_database(root / name / "curbcut.sqlite")
        scan_id = write_fake_scan(engine, n_pages=5, n_findings=60, n_not_checked=4, state=state)
        if name == "one":
            html_report.write(engine, scan_id, root / name / "report")
        engine.dispose()
    _check_of_a_page(root / "page-x")
    (root / "no-scan").mkdir()
    (root / "no-scan" / "curbcut.sqlite").write_bytes(b"hello" * 100)
    (root / "secret.txt").write_text("secret", encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def monitored(tmp_path_factory: pytest.TempPathFactory) -> WebConfig:
    """A made-up country with a register, samples of two years, and their campaigns; one site was not scanned."""
    root = tmp_path_factory.mktemp("monitored")
    country = invent(8, seed=3, down=0.2)
    write_table(root / "register.csv", [country.register()], title="Register")
    engine = open_database(root / DATABASE)
    load(engine, root / "register.csv", who="Ada")
    sites = {site.url: site for site in country.sites}
    rules = catalogue(default_profile())
    for year in (2025, 2026):
        kept = keep.draw_sample(
            engine, name=f"{year}-simplified", population=POPULATION, year=year, method="simplified", seed=1,
            recurring=0.5, who="Ada",
        )  # fmt: skip
        for member in kept.current[year - 2025 :]:
            url = member["site"]["url"]
            where = site_folder(root / CAMPAIGNS / f"{year}-simplified", url)
            fill(sites[url], year, where, default_profile(), rules)
    engine.dispose()
    return WebConfig(root, database=str(root / DATABASE), campaigns=root / CAMPAIGNS)


CAMPAIGN_SCREENS = ("/campaign", "/campaign/register", "/campaign/trends", "/campaign/samples/2026-simplified")


@pytest.fixture(scope="session")
def screens(folder: Path) -> tuple[str, ...]:
    """The address of every screen that can be opened without a form."""
    key = Shelf(folder).key(folder / "one")
    scan = f"/scans/{key}"
    page = f"/check/{Shelf(folder).key(folder / 'page-x')}"
    compare = f"/scans/compare?old={Shelf(folder).key(folder / 'deep/er/two')}&new={key}"
    return (
        "/write",
        "/check",
        page,
        "/scans",
        scan,
        f"{scan}/findings",
        compare,
        "/review",
        f"/review/{key}",
        *CAMPAIGN_SCREENS,
    )


def _check_of_a_page(folder: Path) -> None:
    """Write what the check of one page leaves: a scan of one page, its picture and the places of its elements."""
    engine = open_database(folder / "curbcut.sqlite")
    scan_id = write_fake_scan(engine, n_pages=1, n_findings=12, n_not_checked=0)
    with engine.connect() as connection:
        number = next(iter(analysis.pages(connection, scan_id))).id
        targets = [issue.example.target for issue in analysis.page_issues(connection, scan_id, number)]
    engine.dispose()
    boxes = [[list(target), [100, 40 + 90 * n, 300, 60]] for n, target in enumerate(dict.fromkeys(targets)) if n != 1]
    size = {"width": 1280, "height": 2000, "page_height": 2500}
    (folder / PLACES).write_text(json.dumps({**size, "boxes": boxes}), encoding="utf-8")
    Image.new("RGB", (1280, 2000), "#dddddd").save(folder / PICTURE, quality=30)


@pytest.fixture(scope="module")
def origin(folder: Path, monitored: WebConfig) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    app = make_app(WebConfig(folder, database=monitored.database, campaigns=monitored.campaigns))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Stand in for `curbcut scan`: write down the arguments, then wait for Ctrl-C."""
    program = tmp_path / "child.py"
    program.write_text(
        "import os, signal, sys, time\n"
        "print(sys.argv[1:], flush=True)\n"
        "print('pid', os.getpid(), flush=True)\n"
        "if 'fails.example' in sys.argv[-1]: print('curbcut: No browser could be started.'); sys.exit(6)\n"
        "signal.signal(signal.SIGINT, lambda *_: sys.exit(4))\n"
        "print('ready', flush=True)\n"
        "time.sleep(600)\n",
        encoding="utf-8",
    )
    runner = tmp_path / "python"
    runner.write_text(f'#!/bin/sh\nshift 2\nexec {sys.executable} {program} "$@"\n', encoding="utf-8")
    runner.chmod(0o755)
    monkeypatch.setattr("web.runs.sys.executable", str(runner))
    return program
