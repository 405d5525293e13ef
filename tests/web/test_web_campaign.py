"""The Campaign screen: is there where monitoring is, shows samples, sites by state and trends, and changes nothing."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import Engine
from starlette.testclient import TestClient

from monitoring.campaign.run import site_folder
from monitoring.member_state import trends
from monitoring.member_state.rounds import read_rounds
from monitoring.register.load import load
from monitoring.sample import keep
from monitoring.sample.keep import read_sample
from scan.opened import reading
from store.database import open_database
from web.app import make_app
from web.config import WebConfig
from web.shelf import Shelf

HERE = "http://127.0.0.1:8642"
SAMPLE = "2026-simplified"


@pytest.fixture(scope="module")
def app(monitored: WebConfig) -> TestClient:
    return TestClient(make_app(monitored), base_url=HERE, follow_redirects=False)


@pytest.fixture
def engine(monitored: WebConfig) -> Iterator[Engine]:
    opened = open_database(monitored.database, read_only=True)
    yield opened
    opened.dispose()


def soup(app: TestClient, path: str) -> BeautifulSoup:
    answer = app.get(path)
    assert answer.status_code == 200, path
    return BeautifulSoup(answer.text, "lxml")


def test_the_menu_has_it_only_where_there_is_monitoring(app: TestClient, tmp_path: Path) -> None:
    assert "/campaign" in {link["href"] for link in soup(app, "/write").select("nav a")}
    bare = TestClient(make_app(WebConfig(tmp_path, database=str(tmp_path / "none.sqlite"))), base_url=HERE)
    assert "/campaign" not in {link["href"] for link in soup(bare, "/write").select("nav a")}
    assert "curbcut register import FILE" in bare.get("/campaign").text
    assert bare.get("/campaign/trends").status_code == 404
    assert not (tmp_path / "none.sqlite").exists()


def test_samples_and_register_are_listed(app: TestClient) -> None:
    page = soup(app, "/campaign")
    assert [row.th.a.get_text() for row in page.select("tbody tr")] == ["2026-simplified", "2025-simplified"]
    register = soup(app, "/campaign/register")
    assert len(register.select("tbody tr")) == 8
    assert "0 sites" in soup(app, "/campaign/register?words=%25nobody&level=x").select_one("[role=status]").get_text()


def test_each_site_has_its_state_reason_and_scan(app: TestClient, engine: Engine, monitored: WebConfig) -> None:
    page = soup(app, f"/campaign/samples/{SAMPLE}")
    kept = read_sample(engine, SAMPLE)
    rows = {row.th.bdi.get_text(): row for row in page.select("#table tbody tr")}
    assert list(rows) == [member["site"]["url"] for member in kept.current]
    for number, member in enumerate(kept.current):
        url, row = member["site"]["url"], rows[member["site"]["url"]]
        assert member["reason"] in row.get_text()
        scan = site_folder(monitored.campaigns / SAMPLE, url)
        if number == 0:
            assert ("Not begun" in row.get_text(), row.th.a) == (True, None)
        else:
            assert row.th.a["href"] == f"/scans/{Shelf(monitored.folder).key(scan)}"
            assert app.get(row.th.a["href"]).status_code == 200
    listed = {link.get("href") for link in soup(app, "/scans").select("main a")}
    assert not listed & {row.th.a["href"] for row in rows.values() if row.th.a}
    again = page.select("#table td a")
    assert len(again) >= 2
    compared = soup(app, again[0]["href"])
    assert "What became of the findings" in compared.h1.get_text()
    done = soup(app, f"/campaign/samples/{SAMPLE}?state=done").select("#table tbody tr")
    shown = re.search(r"(\d+) of (\d+) sites", page.select_one(".lead").get_text())
    assert (len(done), len(rows)) == tuple(map(int, shown.groups()))
    assert "Register and sample by group" in page.get_text()
    assert app.get("/campaign/samples/none").status_code == 404


def test_trends_are_the_figures_of_the_report(app: TestClient, engine: Engine, monitored: WebConfig) -> None:
    page = soup(app, "/campaign/trends")
    table = page.select_one("table")
    assert [cell.get_text() for cell in table.select("thead th")] == [
        "Criterion", "2025 (2025-simplified)", "2026 (2026-simplified)",
    ]  # fmt: skip
    rounds = read_rounds(engine, years=(2025, 2026), samples=(), campaigns=monitored.campaigns)
    shown = {row.th.get_text().split()[0]: [cell.get_text() for cell in row.select("td")] for row in table.select("tr")}
    for place, each in enumerate(rounds):
        failing = [tested.failed for _, tested in each.tested]
        for number in set().union(*failing):
            expected = f"{sum(number in one for one in failing)} of {len(failing)} ("
            assert shown[number][place].startswith(expected)
    assert len(page.select("svg.bar")) >= 2 * min(12, len(shown) - 1)


def test_trends_are_read_once_and_then_only_what_has_changed(
    monitored: WebConfig, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    calls: list[int] = []
    opened: list[Path] = []
    monkeypatch.setattr("web.campaign.read_trends", lambda *given: calls.append(1) or trends.read_trends(*given))
    monkeypatch.setattr("monitoring.member_state.rounds.reading", lambda path: opened.append(path) or reading(path))
    config = replace(monitored, campaigns=tmp_path / "campaigns", database=str(tmp_path / "monitoring.sqlite"))
    shutil.copytree(monitored.campaigns, config.campaigns)
    shutil.copy(monitored.database, config.database)
    app = TestClient(make_app(config), base_url=HERE)
    for _ in range(3):
        assert "2026 (" in app.get("/campaign/trends").text
        assert app.get(f"/campaign/samples/{SAMPLE}").status_code == 200
    assert len(calls) == 1
    assert len(opened) == len(set(opened)) > 2
    changed = opened[0]
    os.utime(changed)
    app.get("/campaign/trends")
    assert len(calls) == 2
    assert opened.count(changed) == 2
    assert len(opened) == len(set(opened)) + 1
    engine = open_database(config.database)
    (tmp_path / "more.csv").write_text("url,body,level\nhttps://new.example/,New,local\n", encoding="utf-8")
    load(engine, tmp_path / "more.csv", who="Ada")
    gone = read_sample(engine, SAMPLE).current[-1]["site"]["url"]
    keep.replace(engine, SAMPLE, remove=gone, add="https://new.example/", reason="Gone.", who="Ada")
    engine.dispose()
    app.get("/campaign/trends")
    assert len(calls) == 3


def test_a_database_that_is_none_is_told(monitored: WebConfig, tmp_path: Path) -> None:
    (tmp_path / "bad.sqlite").write_bytes(b"no database" * 100)
    app = TestClient(make_app(replace(monitored, database=str(tmp_path / "bad.sqlite"))), base_url=HERE)
    answer = app.get("/campaign")
    assert answer.status_code == 500
    assert "The monitoring database cannot be read" in answer.text
