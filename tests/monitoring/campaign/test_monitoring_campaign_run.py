"""A campaign scans each site once, whenever it is killed and called again, and lists a site that fails, with why."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from monitoring.campaign.run import Campaign, site_folder
from monitoring.campaign.status import MARK, SiteStatus, read_status
from scan.folder_server import serve_folder
from scan.opened import reading
from store.choices import read_choices
from store.results import read_scan

ADDRESSES = 120
PAGE = '<!doctype html><html lang="en"><title>Page {n}</title><main><h1>Page {n}</h1>{body}</main></html>'
ROOT = Path(__file__).parents[3]


class Town(ThreadingHTTPServer):
    """A site of 120 pages that counts what it is asked for, and kills a process at its n-th page."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: Counter[str] = Counter()
        self.kill_at = random.randint(1, 9)  # noqa: S311 - any moment will do
        self.process: subprocess.Popen[bytes] | None = None
        self.started = threading.Event()

    def count(self, path: str) -> None:
        self.seen[path] += 1
        if self.seen.total() == self.kill_at:
            self.started.wait()
            assert self.process is not None
            self.process.send_signal(signal.SIGKILL)


class _Handler(BaseHTTPRequestHandler):
    server: Town

    def do_GET(self) -> None:
        origin = f"http://127.0.0.1:{self.server.server_port}"
        kind, status = "text/html", 200
        if self.path == "/sitemap.xml":
            kind = "application/xml"
            body = "".join(f"<url><loc>{origin}/news/{n}</loc></url>" for n in range(8, ADDRESSES))
            body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</urlset>'
        elif self.path == "/" or self.path.split("/")[-1].isdigit():
            self.server.count(self.path)
            links = "".join(f'<p><a href="/{n}">Page {n}</a>' for n in range(1, 8))
            body = PAGE.format(n=self.path, body=links if self.path == "/" else "<p>Text.")
        else:
            body, status = "", 404
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def town() -> Iterator[Town]:
    server = Town()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.browser
def test_a_killed_campaign_goes_on(tmp_path: Path, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "index.html").write_text(PAGE.format(n=2, body=""), encoding="utf-8")
    options = ["--only", "wcag", "--pages-per-template", "0", "--tabs", "1", "--delay", "0"]
    folder = tmp_path / "curbcut-campaigns" / "2026-simplified"
    seen: list[list[SiteStatus]] = []
    with serve_folder(tmp_path / "two") as origin:
        one, two = f"http://127.0.0.1:{town.server_port}/", f"{origin}/"
        gone = f"{origin}/missing/".replace("127.0.0.1", "localhost")  # answers 404
        draw_sample(one, two, gone)
        run = ["campaign", "run", "2026-simplified", "--workers", "1", "--", *options]
        town.process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", *run], env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        town.started.set()
        assert town.process.wait(timeout=300) == -signal.SIGKILL, f"not killed at page {town.kill_at}"
        ended = Campaign(folder, ("--by-size", *options), 2, seen.append).run([one, gone, two])
    states = [(each.state, each.pages) for each in ended]
    assert states == [("done", 9), ("failed", 0), ("done", 1)], f"killed at page {town.kill_at}"
    assert ended[1].reason
    assert read_status(gone, site_folder(folder, gone)).state == "failed"
    for statuses in seen:  # one and two share a host
        assert sum(each.state == "running" and "127.0.0.1" in each.url for each in statuses) <= 1
    for site in (one, two):
        assert (site_folder(folder, site) / MARK).is_file()
        assert (site_folder(folder, site) / "report" / "index.html").is_file()

    with reading(site_folder(folder, one)) as engine:
        chosen = read_choices(engine, 1)
        notes = read_scan(engine).notes
    assert len(chosen) == 9  # 1 + 3 x log10(120), rounded up, + 1 template
    assert "/news/" in chosen[8].url
    assert sum("120 known addresses" in note for note in notes) == 1
    assert town.seen == Counter(f"/{page.url.split('/', 3)[3]}" for page in chosen), f"killed at page {town.kill_at}"

    started = (site_folder(folder, one) / "campaign.log").stat().st_mtime_ns
    again = Campaign(folder, options, 2, seen.append).run([one, two])
    assert [each.state for each in again] == ["done", "done"]
    assert (site_folder(folder, one) / "campaign.log").stat().st_mtime_ns == started
    shown = CliRunner().invoke(main, ["pages", "chosen", str(site_folder(folder, one))])
    assert "The home page." in shown.stdout


def test_a_scan_that_cannot_be_started_is_listed_and_the_others_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitoring.campaign.run.POLL_S", 0.01)
    good, bad = "https://good.example/", "https://bad.example/"
    ended: list[Path] = []
    site_folder(tmp_path, bad).write_text("a file where the folder should be")
    campaign = Campaign(tmp_path, ("--no-such-option",), 1, lambda _: None, ended.append)
    by_url = {each.url: each for each in campaign.run([bad, good])}
    assert by_url[bad].state == by_url[good].state == "failed"
    assert by_url[bad].reason == "its scan could not be started: File exists"
    assert "no-such-option" in by_url[good].reason.lower() or "exit code 2" in by_url[good].reason
    assert not ended


def test_what_cannot_be_written_after_a_scan_is_listed_with_its_reason_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitoring.campaign.run.POLL_S", 0.01)
    monkeypatch.setattr(sys, "executable", shutil.which("true"))  # each scan ends well at once
    full, unmarked, good = (f"https://{name}.example/" for name in ("full", "unmarked", "good"))
    ended: list[Path] = []

    def propose(folder: Path) -> None:
        ended.append(folder)
        if folder == site_folder(tmp_path, full):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder / "pages-proposed.yaml"))
        if folder == site_folder(tmp_path, unmarked) and not (folder / MARK).is_symlink():
            (folder / MARK).symlink_to(tmp_path / "missing" / "place")

    campaign = Campaign(tmp_path, (), 1, lambda _: None, propose)
    by_url = {each.url: each for each in campaign.run([full, unmarked, good])}
    assert Counter(ended) == {site_folder(tmp_path, full): 2, site_folder(tmp_path, unmarked): 2} | {
        site_folder(tmp_path, good): 1
    }
    assert by_url[full].state == by_url[unmarked].state == "failed"
    assert "could not be written: No space left on device" in by_url[full].reason
    assert "pages-proposed.yaml" in by_url[full].reason
    assert "could not be written: No such file or directory" in by_url[unmarked].reason
    assert good not in campaign.failed
    assert (site_folder(tmp_path, good) / MARK).is_file()


def draw_sample(*sites: str) -> None:
    """Write a register of these sites and draw all of them: 75 % of three are three."""
    rows = "".join(f"{site},Town {n},local\n" for n, site in enumerate(sites))
    Path("register.csv").write_text(f"url,body,level\n{rows}", encoding="utf-8")
    draw = "sample draw --population 1000 --year 2026 --method simplified --seed 1 --name Ada"
    for arguments in ("register import register.csv --name Ada", draw):
        done = CliRunner().invoke(main, arguments.split())
        assert done.exit_code == 0, done.output
