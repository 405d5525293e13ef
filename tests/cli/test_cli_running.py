"""What the scanning commands write when a scan has ended."""

from __future__ import annotations

import errno
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.fake_scan import write_fake_scan
from cli import running
from cli.exit_codes import Exit
from cli.running import Ended, exit_code, finish, guarded, print_format, write_files
from reports.ci.baseline import entries_for, write
from scan.run import ScanEnd
from scan.settings import load
from store.database import open_database
from store.ledger import Counts
from store.schema import ScanState, State


@pytest.fixture
def end(tmp_path: Path) -> Iterator[ScanEnd]:
    engine = open_database(tmp_path / "curbcut.sqlite")
    scan_id = write_fake_scan(engine, n_pages=4, n_findings=30)
    yield ScanEnd(engine, scan_id, ScanState.COMPLETE, Counts({State.CHECKED: 4}))
    engine.dispose()


@pytest.fixture
def accepted(end: ScanEnd, tmp_path: Path) -> Path:
    path = tmp_path / "accepted.yaml"
    write(path, entries_for(Ended(end).report.pages(), expires=None))
    return path


def test_what_a_baseline_accepts_is_accepted_in_every_format(end: ScanEnd, accepted: Path) -> None:
    ended = Ended(end, baseline=accepted)
    stream = io.StringIO()
    print_format(ended, "sarif", stream)
    results = [one for one in json.loads(stream.getvalue())["runs"][0]["results"] if one["kind"] == "fail"]
    assert results
    assert all(one.get("suppressions") for one in results)
    assert exit_code(load({"baseline": accepted}), ended) is Exit.DONE
    assert exit_code(load({"fail_on": ["any"]}), Ended(end)) is Exit.FINDINGS


def test_the_report_for_builds_is_made_once(
    end: ScanEnd, accepted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    build = running.build
    monkeypatch.setattr(running, "build", lambda *a, **k: (made.append(1), build(*a, **k))[1])
    ended = Ended(end, baseline=accepted)
    write_files(ended, ["html", "json"], tmp_path)
    assert made == []
    write_files(ended, ["sarif", "junit", "markdown"], tmp_path)
    exit_code(load({"baseline": accepted}), ended)
    assert made == [1]


def test_only_the_html_report_is_in_another_language(end: ScanEnd, tmp_path: Path) -> None:
    written = write_files(Ended(end), ["html", "json", "csv"], tmp_path, lang="de")
    assert '<html lang="de" dir="ltr">' in written["html"].read_text(encoding="utf-8")
    (tmp_path / "english").mkdir()
    english = write_files(Ended(end), ["json", "csv"], tmp_path / "english")
    assert written["json"].read_bytes() == english["json"].read_bytes()
    assert {path.name: path.read_bytes() for path in written["csv"].iterdir()} == {
        path.name: path.read_bytes() for path in english["csv"].iterdir()
    }


@pytest.mark.parametrize(("name", "says"), [("text", "A person must look"), ("jsonl", '"status"')])
def test_a_scan_prints_what_goes_to_standard_output(
    end: ScanEnd, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, says: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        finish(load({"format": name}), end, tmp_path)
    assert ended.value.code == Exit.DONE
    assert says in capsys.readouterr().out


@pytest.mark.parametrize("code", [errno.EPIPE, errno.ENOSPC])
def test_a_reader_that_went_away_and_a_full_disk_are_told_elsewhere(
    code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    def work() -> None:
        raise OSError(code, "It failed")

    with pytest.raises(OSError, match="It failed"):
        guarded(work)
    assert capsys.readouterr().err == ""
