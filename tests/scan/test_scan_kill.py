"""Nothing lost, nothing twice: real scans, killed or interrupted at random moments, end as undisturbed ones do.

`make torture` kills fifty times (or `CURBCUT_TORTURE` times).
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psutil
import pytest

from benchmarks.site import Site, serve_site
from benchmarks.site_pages import planted
from cli.exit_codes import Exit
from scan.run import DATABASE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]

ROOT = Path(__file__).parents[2]
PAGES, SMALL_PAGES, WORDS = 300, 50, 30
KILLS, KILLS_OF_ONE_SCAN = 5, 10
TORTURE = int(os.environ.get("CURBCUT_TORTURE", "50"))
STARTING_S = (0.3, 3.0)
"""Every scan's first kill falls here: while modules load, the tables are made, the browser starts."""

GONE_WITHIN_S = 30.0
WAIT_S = 120.0
FINAL = ("checked", "not_a_page", "out_of_scope", "disallowed", "failed", "over_limit")


RUNS: list[Run] = []
"""Every scan started; one that outlives its test, because that failed, is killed."""


@pytest.fixture(autouse=True)
def no_scan_outlives_its_test() -> Iterator[None]:
    yield
    while RUNS:
        run = RUNS.pop()
        if run.process.poll() is None:
            run.kill_group()


@dataclass
class Run:
    """One `curbcut scan` in a session of its own."""

    origin: str
    folder: Path
    resume: bool = False
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self.log = self.folder.with_suffix(".log")
        command = [
            sys.executable, "-m", "cli.main", "scan", f"{self.origin}/", "--out", str(self.folder), "--tabs", "3",
            "--pages-per-template", "1", "--only", "wcag", "--format", "json", *(["--resume"] if self.resume else []),
        ]  # fmt: skip
        environment = {k: v for k, v in os.environ.items() if not k.startswith("CURBCUT_TORTURE")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        RUNS.append(self)

    def family(self) -> list[psutil.Process]:
        """Return the browsers and drivers that the scan has started; they are not all in its process group."""
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(self.process.pid).children(recursive=True)
        return []

    def wait_until(self, what: Callable[[], bool]) -> None:
        deadline = time.monotonic() + WAIT_S
        while not what():
            assert self.process.poll() is None, f"ended too early:\n{self.output()}"
            assert time.monotonic() < deadline, f"nothing happened:\n{self.output()}"
            time.sleep(0.05)

    def wait_for_pages(self, count: int) -> None:
        self.wait_until(lambda: _states(self.folder)["checked"] >= count)

    def kill_group(self) -> None:
        family = self.family()
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        _assert_gone(family)

    def interrupt(self, number: int = signal.SIGINT) -> None:
        """Do as a terminal does at Ctrl-C: tell the whole group, the browser's driver too."""
        os.killpg(self.process.pid, number)

    def end(self) -> int:
        return self.process.wait(timeout=WAIT_S * 4)

    def output(self) -> str:
        return self.log.read_text(errors="replace")[-3_000:]


def _assert_gone(processes: list[psutil.Process]) -> None:
    deadline = time.monotonic() + GONE_WITHIN_S
    while left := [p for p in processes if _runs(p)]:
        assert time.monotonic() < deadline, f"still running: {left}"
        time.sleep(0.05)


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _query(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{folder / DATABASE}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()


def _states(folder: Path) -> Counter[str]:
    try:
        return Counter(dict(_query(folder, "SELECT state, count(*) FROM url GROUP BY state")))
    except sqlite3.OperationalError:
        return Counter()  # no file or no tables yet


@dataclass(frozen=True)
class Outcome:
    """What a scan found, without what may differ: who led to a page first, how often it was tried, when."""

    urls: dict[str, tuple[Any, ...]]
    pages: dict[str, tuple[Any, ...]]
    findings: Counter[tuple[Any, ...]]
    documents: Counter[tuple[Any, ...]]


def _outcome(folder: Path) -> Outcome:
    urls = _query(folder, "SELECT url, kind, state, reason, http_status, redirect_to FROM url")
    pages = _query(
        folder,
        "SELECT url, title, content_hash, rule_outcomes, n_failed, n_cant_tell FROM page JOIN url ON id = url_id",
    )
    findings = _query(folder, "SELECT url, rule, fingerprint, outcome FROM finding JOIN url ON url.id = url_id")
    documents = _query(folder, "SELECT url, format FROM document JOIN url ON id = url_id")
    assert len({row[0] for row in urls}) == len(urls), "a URL is there twice"
    assert len({row[0] for row in pages}) == len(pages), "a page is there twice"
    return Outcome(
        {row[0]: row[1:] for row in urls}, {row[0]: row[1:] for row in pages}, Counter(findings), Counter(documents)
    )


def _assert_same(disturbed: Outcome, undisturbed: Outcome) -> None:
    assert disturbed.urls == undisturbed.urls
    assert disturbed.pages == undisturbed.pages
    assert disturbed.findings == undisturbed.findings
    assert disturbed.documents == undisturbed.documents


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with serve_site(PAGES, words=WORDS, sitemap=False, extras=True) as origin:
        yield origin


@pytest.fixture(scope="module")
def small_origin() -> Iterator[str]:
    with serve_site(SMALL_PAGES, words=WORDS, sitemap=False, extras=True) as origin:
        yield origin


@dataclass(frozen=True)
class Undisturbed:
    """A scan nobody disturbs, and how long it took, program start and all."""

    outcome: Outcome
    seconds: float


@pytest.fixture(scope="module")
def undisturbed(origin: str, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed") / "scan"
    started = time.monotonic()
    run = Run(origin, folder)
    assert run.end() == Exit.DONE, run.output()
    return Undisturbed(_outcome(folder), time.monotonic() - started)


def test_an_undisturbed_scan_finds_all_there_is(origin: str, undisturbed: Undisturbed) -> None:
    site, outcome = Site(PAGES), undisturbed.outcome
    assert sorted(outcome.pages) == sorted(f"{origin}{site.path(n)}" for n in range(PAGES))
    assert {row[1] for row in outcome.urls.values()} <= set(FINAL)
    failed = {(url, rule.removeprefix("axe/")) for url, rule, _, kind in outcome.findings if kind == "failed"}
    expected = {(f"{origin}{site.path(n)}", rule) for n in range(PAGES) for rule in (*planted(n), "link-name")}
    assert expected <= failed
    assert len(outcome.documents) == PAGES // 10


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same moments again, no secrets


def _kill_and_resume(folder: Path, origin: str, chance: random.Random, *, kills: int, run_s: float) -> int:
    """Kill a scan up to `kills` times at random moments, then let it end; return how often it was hit at work."""
    hits = 0
    for number in range(kills):
        run = Run(origin, folder, resume=(folder / DATABASE).is_file())
        moment = chance.uniform(*STARTING_S) if number == 0 else chance.uniform(STARTING_S[0], run_s)
        with suppress(subprocess.TimeoutExpired):
            code = run.process.wait(timeout=moment)
            assert code == Exit.DONE, run.output()
            break  # quicker than the undisturbed scan
        run.kill_group()
        hits += 1
    last = Run(origin, folder, resume=(folder / DATABASE).is_file())
    assert last.end() == Exit.DONE, last.output()
    return hits


def test_a_scan_killed_at_random_moments_ends_as_if_it_had_not_been(
    origin: str, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    run_s = STARTING_S[1] + undisturbed.seconds / KILLS
    hits = _kill_and_resume(tmp_path / "scan", origin, _chance(20), kills=KILLS, run_s=run_s)
    assert hits > KILLS // 2, "the scan ended before it was disturbed much"
    _assert_same(_outcome(tmp_path / "scan"), undisturbed.outcome)


@pytest.mark.torture
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", range(max(1, TORTURE // KILLS_OF_ONE_SCAN)))
def test_torture(seed: int, origin: str, undisturbed: Undisturbed, tmp_path: Path) -> None:
    run_s = STARTING_S[1] + undisturbed.seconds / KILLS_OF_ONE_SCAN
    kills = min(TORTURE, KILLS_OF_ONE_SCAN)
    hits = _kill_and_resume(tmp_path / "scan", origin, _chance(seed), kills=kills, run_s=run_s)
    assert hits > kills // 2, "the scan ended before it was disturbed much"
    _assert_same(_outcome(tmp_path / "scan"), undisturbed.outcome)


def test_one_interrupt_stops_cleanly_and_a_second_scan_is_refused_before(small_origin: str, tmp_path: Path) -> None:
    folder = tmp_path / "scan"
    run = Run(small_origin, folder)
    run.wait_until((folder / DATABASE).is_file)
    second = Run(small_origin, folder, resume=True)
    assert second.end() == Exit.USAGE
    assert "Another scan is running" in second.output()
    assert run.process.poll() is None, "the first scan goes on"

    run.wait_for_pages(2)
    family = run.family()
    assert family
    run.interrupt()
    assert run.end() == Exit.INTERRUPTED, run.output()
    _assert_gone(family)
    assert "--resume" in run.output()
    states = _states(folder)
    assert states["leased"] == 0
    assert states["pending"] > 0
    assert _query(folder, "SELECT state FROM scan") == [("interrupted",)]

    resumed = Run(small_origin, folder, resume=True)
    assert resumed.end() == Exit.DONE, resumed.output()
    outcome = _outcome(folder)
    assert sorted(outcome.pages) == sorted(f"{small_origin}{Site(SMALL_PAGES).path(n)}" for n in range(SMALL_PAGES))
    assert {row[1] for row in outcome.urls.values()} <= set(FINAL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_an_interrupt_while_the_browser_starts_is_clean_too(
    number: signal.Signals, small_origin: str, tmp_path: Path
) -> None:
    folder = tmp_path / "scan"
    run = Run(small_origin, folder)
    run.wait_until(lambda: bool(run.family()))
    family = run.family()
    run.interrupt(number)
    assert run.end() == Exit.INTERRUPTED, run.output()
    _assert_gone(family)
    assert "Traceback" not in run.output()


class _SlowSite(ThreadingHTTPServer):
    """A site whose page does not answer until it is let go."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        self.asked, self.let_go = threading.Event(), threading.Event()
        super().__init__(("127.0.0.1", 0), _SlowHandler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The killed browser is gone: nobody to answer."""


class _SlowHandler(BaseHTTPRequestHandler):
    server: _SlowSite

    def do_GET(self) -> None:
        if self.path == "/":
            self.server.asked.set()
            self.server.let_go.wait(WAIT_S)
        body = b'<!doctype html><html lang="en"><title>Slow</title><main><h1>Slow</h1></main></html>'
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass


@pytest.fixture
def slow_site() -> Iterator[_SlowSite]:
    with _SlowSite() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server
        server.let_go.set()
        server.shutdown()
        thread.join()


def test_two_interrupts_stop_at_once(slow_site: _SlowSite, tmp_path: Path) -> None:
    folder, address = tmp_path / "scan", f"http://127.0.0.1:{slow_site.server_port}"
    run = Run(address, folder)
    run.wait_until(slow_site.asked.is_set)
    family = run.family()
    run.interrupt()
    time.sleep(1)
    assert run.process.poll() is None, "once: it waits for the page in work"
    run.interrupt()
    assert run.process.wait(timeout=3) == Exit.INTERRUPTED
    _assert_gone(family)
    assert _states(folder)["leased"] == 1

    slow_site.let_go.set()
    resumed = Run(address, folder, resume=True)
    assert resumed.end() == Exit.DONE, resumed.output()
    assert [row[1] for row in _outcome(folder).urls.values()].count("checked") == 1
