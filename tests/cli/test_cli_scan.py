"""`curbcut scan` and `report` with a real browser: a limit, a resume, every format, and no scan overwritten."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli.main import main

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
ALL_PAGES = 5
Run = Callable[..., Any]


@pytest.fixture(scope="module")
def limited(run: Run, origin: str) -> Any:
    """The first run: three of the site's pages."""
    return run("scan", origin, "--out", "town", "--max-pages", "3", "--delay", "0", "--format", "json,csv,html,jsonl")


@pytest.fixture(scope="module")
def resumed(limited: Any, run: Run, origin: str) -> Any:
    assert limited.returncode == 5, limited.stderr
    return run("scan", origin, "--out", "town", "--resume", CURBCUT_MAX_PAGES="50", CURBCUT_DELAY="0")


def test_a_limit_is_exit_code_five_and_says_how_to_go_on(limited: Any, origin: str) -> None:
    assert limited.returncode == 5
    assert f"Go on with: curbcut scan {origin} --resume --out town" in limited.stderr
    assert "Not checked, as the limit on pages was reached." in limited.stderr


def test_standard_output_holds_the_lines_and_nothing_else(limited: Any) -> None:
    records = [json.loads(line) for line in limited.stdout.splitlines()]
    assert not [record for record in records if record["url"].endswith("sitemap.xml")], "nobody asked for that"
    assert [record["status"] for record in records].count("checked") == 3


def test_a_scan_is_not_written_over(limited: Any, run: Run, origin: str, folder: Path) -> None:
    before = (folder / "town" / "curbcut.sqlite").stat().st_mtime_ns
    done = run("scan", origin, "--out", "town")
    assert done.returncode == 2
    assert "There is a scan in town already. Go on with it by --resume, or choose another --out." in done.stderr
    assert (folder / "town" / "curbcut.sqlite").stat().st_mtime_ns == before


def test_a_higher_limit_and_resume_complete_it(resumed: Any, folder: Path) -> None:
    assert resumed.returncode == 0, resumed.stderr
    assert "Go on with" not in resumed.stderr
    report = json.loads(report_of(folder, "json"))
    assert report["scan"]["state"] == "complete"
    assert [page["status"] for page in report["pages"]] == ["checked"] * ALL_PAGES


def test_a_finished_scan_has_nothing_left_to_do(resumed: Any, run: Run, origin: str) -> None:
    done = run("scan", origin, "--out", "town", "--resume", "--delay", "0")
    assert done.returncode == 0, done.stderr


def report_of(folder: Path, name: str) -> str:
    result = CliRunner().invoke(main, ["report", str(folder / "town"), "--format", name], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "text"])
def test_a_report_goes_to_standard_output(name: str, resumed: Any, folder: Path) -> None:
    text = report_of(folder, name)
    assert "axe/image-alt" in text
    assert "\x1b" not in text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("name", ["json", "csv", "text", "earl"])
def test_a_full_disk_is_exit_code_three(name: str, resumed: Any, folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "cli.main", "report", str(folder / "town"), "--format", name]
        done = subprocess.run(command, check=False, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 3
    assert done.stderr.strip() == (
        "curbcut: The disk is full, so this was not written whole. Make room, then try again."
    )


def test_a_report_goes_to_a_folder(resumed: Any, folder: Path, tmp_path: Path) -> None:
    for name, made in (("html", "report/index.html"), ("json", "report.json"), ("csv", "csv/pages.csv")):
        arguments = ["report", str(folder / "town" / "curbcut.sqlite"), "--format", name, "--out", str(tmp_path)]
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert result.exit_code == 0, result.stderr
        assert (tmp_path / made).is_file()
        assert f"Written: {tmp_path}" in result.stderr


def test_files_were_written_and_their_cells_cannot_act(limited: Any, folder: Path) -> None:
    town = folder / "town"
    assert json.loads((town / "report.json").read_text())["scan"]["state"] == "limited"
    assert (town / "report" / "index.html").is_file()
    tables = sorted((town / "csv").glob("*.csv"))
    assert tables
    for path in tables:
        text = path.read_text(encoding="utf-8-sig")
        cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
        assert "\x1b" not in text


def test_a_hostile_title_is_shown_as_text(resumed: Any, folder: Path, tmp_path: Path) -> None:
    arguments = ["report", str(folder / "town"), "--format", "csv", "--out", str(tmp_path)]
    CliRunner().invoke(main, arguments, catch_exceptions=False)
    rows = csv.DictReader((tmp_path / "csv" / "pages.csv").read_text(encoding="utf-8-sig").splitlines())
    assert any(row["title"].startswith("'=HYPERLINK(1)") for row in rows)
