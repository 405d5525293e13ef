"""`curbcut report compare`: formats go where they belong, and what is no scan ends with 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.fake_scan import write_fake_scan
from cli.main import main
from store.database import open_database


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folders = tmp_path_factory.mktemp("old"), tmp_path_factory.mktemp("new")
    for folder in folders:
        engine = open_database(folder / "curbcut.sqlite")
        write_fake_scan(engine, n_pages=3, n_findings=12, n_not_checked=1)
        engine.dispose()
    return folders


def test_the_formats_go_to_standard_output_and_html_to_a_folder(scans: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = map(str, scans)
    text = CliRunner().invoke(main, ["report", "compare", old, f"{new}/curbcut.sqlite"])
    assert text.exit_code == 0, text.output
    assert "3 of 3 pages were checked in both scans" in text.stdout
    data = json.loads(CliRunner().invoke(main, ["report", "compare", old, new, "--format", "json"]).stdout)
    assert {each["what"]: each["count"] for each in data["barriers"] if each["count"]} == {
        "still": data["barriers"][0]["of"]
    }
    out = tmp_path / "out"
    done = CliRunner().invoke(main, ["report", "compare", old, new, "--format", "html", "--out", str(out)])
    assert (done.exit_code, done.stdout) == (0, "")
    assert (out / "assets" / "report.css").is_file()
    assert "What became of the findings" in (out / "index.html").read_text(encoding="utf-8")


def test_what_is_no_scan_ends_with_2(scans: tuple[Path, Path], tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["report", "compare", str(scans[0]), str(tmp_path)])
    assert done.exit_code == 2
    assert "curbcut.sqlite" in done.stderr
