"""A scan from settings to database, with a made-up browser: how it ends, resumes, and what a full disk does to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.exc import OperationalError

from checks.model import Page
from crawler import crawl as crawl_module
from crawler.errors import BrowserUnusableError, SiteError
from crawler.render.capture import Capture, Picks
from scan import run as run_module
from scan.errors import DiskFullError, UsageError
from scan.run import DATABASE, ScanEnd, run_scan, start_addresses
from scan.settings import load
from store import database
from store.database import open_database
from store.errors import LedgerInUseError
from store.results import read_scan
from store.schema import ScanState, State, page, scan, url

SITE = "http://127.0.0.1:9"
PAGES = 12
FULL = "database or disk is full"


class FakeRenderer:
    """A browser made of nothing: page N links to the next three; each title is long, so that the file grows."""

    can_look = False

    def __init__(self) -> None:
        self.captured: list[str] = []
        self.fails: dict[int, Exception] = {}
        self.n_starts = 0

    async def start(self) -> None:
        self.n_starts += 1

    async def close(self) -> None: ...

    def version(self) -> str:
        return "Fake 1"

    async def capture(self, address: str, *, named: bool, picks: Picks) -> Capture:
        number = int(address.rpartition("/")[2] or 0)
        self.captured.append(address)
        if number in self.fails:
            raise self.fails[number]
        captured = Page(address, address, f"<p>Page {number}.</p>", http_status=200, title="long " * 400, lang="en")
        picks(captured)
        links = tuple((f"{SITE}/{n}", "") for n in range(number + 1, number + 4) if n < PAGES)
        return Capture(captured, links, "", (), 1)


@pytest.fixture
def renderer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeRenderer:
    fake = FakeRenderer()
    monkeypatch.setattr(crawl_module, "renderer_for", lambda *_args, **_options: fake)
    monkeypatch.chdir(tmp_path)
    return fake


def _scan(folder: Path, *, resume: bool = False, start: str = f"{SITE}/", **flags: Any) -> ScanEnd:
    settings = load({"only": "style", "robots": False, "sitemaps": False, "tabs": 2} | flags)
    return run_scan(settings, [start], folder, resume=resume)


def _rows(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        return {row.url: row.state for row in connection.execute(select(url.c.url, url.c.state))}


def _assert_whole(end: ScanEnd) -> None:
    """Every page checked, and written once."""
    assert end.state is ScanState.COMPLETE
    assert set(_rows(end.engine).values()) == {State.CHECKED}
    assert end.counts.known == PAGES
    with end.engine.connect() as connection:
        assert len(connection.execute(select(page.c.url_id)).all()) == PAGES
        assert len(connection.execute(select(scan.c.id)).all()) == 1
    end.engine.dispose()


def test_a_scan_finds_every_page(renderer: FakeRenderer, tmp_path: Path) -> None:
    end = _scan(tmp_path / "scan")
    assert read_scan(end.engine).versions["browser"] == "Fake 1"
    _assert_whole(end)
    assert sorted(renderer.captured) == sorted({f"{SITE}/{n or ''}" for n in range(PAGES)})


def test_a_page_that_fails_is_a_row(renderer: FakeRenderer, tmp_path: Path) -> None:
    renderer.fails = {3: SiteError("crashed", "the page crashed the browser"), 5: RuntimeError("odd")}
    end = _scan(tmp_path / "scan")
    states = _rows(end.engine)
    assert (states[f"{SITE}/3"], states[f"{SITE}/5"], end.state) == ("failed", "failed", ScanState.COMPLETE)
    assert end.counts[State.CHECKED] == PAGES - 2
    end.engine.dispose()


def test_a_limit_can_be_raised(renderer: FakeRenderer, tmp_path: Path) -> None:
    end = _scan(tmp_path / "scan", max_pages=4)
    assert (end.state, end.counts[State.CHECKED]) == (ScanState.LIMITED, 4)
    end.engine.dispose()
    _assert_whole(_scan(tmp_path / "scan", resume=True))


def test_a_scan_that_has_ended_is_not_begun_again(renderer: FakeRenderer, tmp_path: Path) -> None:
    _scan(tmp_path / "scan").engine.dispose()
    renderer.captured.clear()
    again = _scan(tmp_path / "scan", resume=True, format="json", max_findings=3)
    assert (read_scan(again.engine).notes, renderer.captured, renderer.n_starts) == ([], [], 1)
    _assert_whole(again)


def test_a_scan_at_its_limit_stays_there(renderer: FakeRenderer, tmp_path: Path) -> None:
    _scan(tmp_path / "scan", max_pages=4).engine.dispose()
    again = _scan(tmp_path / "scan", resume=True, max_pages=4)
    assert (again.state, again.counts[State.CHECKED], read_scan(again.engine).notes) == (ScanState.LIMITED, 4, [])
    again.engine.dispose()


def test_minutes_are_a_limit_for_good(renderer: FakeRenderer, tmp_path: Path) -> None:
    """What the pages in work still find after the time is up is over the limit, too."""
    end = _scan(tmp_path / "scan", max_minutes=1e-9)
    assert end.state is ScanState.LIMITED
    assert end.counts[State.CHECKED] <= 2
    end.engine.dispose()
    _assert_whole(_scan(tmp_path / "scan", resume=True))


def test_a_browser_that_dies_for_good_ends_the_scan_and_loses_nothing(renderer: FakeRenderer, tmp_path: Path) -> None:
    renderer.fails = {4: BrowserUnusableError("gone")}
    with pytest.raises(BrowserUnusableError):
        _scan(tmp_path / "scan")
    engine = open_database(tmp_path / "scan" / DATABASE, read_only=True)
    states = _rows(engine)
    assert read_scan(engine).state == ScanState.INTERRUPTED
    engine.dispose()
    assert "leased" not in states.values()
    assert states[f"{SITE}/4"] == "pending"
    renderer.fails = {}
    _assert_whole(_scan(tmp_path / "scan", resume=True))


def test_a_second_scan_is_refused(renderer: FakeRenderer, tmp_path: Path) -> None:
    with FileLock(tmp_path / f"{DATABASE}.lock"), pytest.raises(LedgerInUseError, match="Another scan is running"):
        _scan(tmp_path)


def test_resuming_needs_the_same_start_and_the_same_checks(renderer: FakeRenderer, tmp_path: Path) -> None:
    _scan(tmp_path / "scan", max_pages=1).engine.dispose()
    with pytest.raises(UsageError, match=f"started at {SITE}/"):
        _scan(tmp_path / "scan", resume=True, start="http://127.0.0.1:10/")
    with pytest.raises(UsageError, match="another guide"):
        _scan(tmp_path / "scan", resume=True, guide="govuk")


def test_a_scan_killed_before_it_wrote_anything_can_be_resumed(renderer: FakeRenderer, tmp_path: Path) -> None:
    open_database(tmp_path / "scan" / DATABASE).dispose()
    _assert_whole(_scan(tmp_path / "scan", resume=True))


def test_start_addresses_are_completed_and_joined() -> None:
    assert start_addresses(["Example.org", "https://example.org/", " http://a.example/x "]) == (
        ("https://example.org/", "http://a.example/x"),
        ("https://Example.org", "http://a.example/x"),
    )
    for wrong in ("mailto://x", "http://", ""):
        with pytest.raises(UsageError):
            start_addresses([wrong])


def test_a_full_disk_ends_the_scan_and_a_resume_completes_it(
    renderer: FakeRenderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure = database._configure_sqlite
    empty = open_database(tmp_path / "empty.sqlite")
    with empty.connect() as connection:
        tables: int = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    empty.dispose()

    def configure_small(connection: sqlite3.Connection, record: Any) -> None:
        configure(connection, record)
        connection.execute(f"PRAGMA max_page_count={tables + 27}")  # 4 KiB each: rules take about 20

    with monkeypatch.context() as patch:
        patch.setattr(database, "_configure_sqlite", configure_small)
        with pytest.raises(DiskFullError, match="go on with --resume"):
            _scan(tmp_path / "scan")
    assert 0 < _checked(tmp_path / "scan") < PAGES
    _assert_whole(_scan(tmp_path / "scan", resume=True))


def _checked(folder: Path) -> int:
    engine = open_database(folder / DATABASE, read_only=True)
    states = list(_rows(engine).values())
    engine.dispose()
    return states.count("checked")


class FillsUp:
    """Lets so many writes through, counting commits, and then says that the disk is full."""

    def __init__(self, writes: int) -> None:
        self.left = writes
        self.refused = 0

    def attach(self, engine: Engine) -> None:
        event.listen(engine, "before_cursor_execute", self._before)
        event.listen(engine, "commit", self._commit)

    def _before(self, _connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("SELECT", "PRAGMA")):
            self._write(statement)

    def _commit(self, connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        if driver.in_transaction:
            self._write("COMMIT")

    def _write(self, statement: str) -> None:
        self.left -= 1
        if self.left < 0:
            self.refused += 1
            raise OperationalError(statement, {}, sqlite3.OperationalError(FULL))


@pytest.fixture
def filling(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], FillsUp]:
    def fill(writes: int) -> FillsUp:
        disk = FillsUp(writes)

        def opened(location: Path) -> Engine:
            engine = open_database(location)
            disk.attach(engine)
            return engine

        monkeypatch.setattr(run_module, "open_database", opened)
        return disk

    return fill


@pytest.mark.timeout(60)
@pytest.mark.parametrize("writes", range(0, 60, 3))
def test_a_disk_that_fills_up_at_any_write(
    writes: int, renderer: FakeRenderer, tmp_path: Path, filling: Callable[[int], FillsUp]
) -> None:
    disk = filling(writes)
    with pytest.raises(DiskFullError):
        _scan(tmp_path / "scan")
    assert disk.refused
    filling(10_000)
    _assert_whole(_scan(tmp_path / "scan", resume=True))
