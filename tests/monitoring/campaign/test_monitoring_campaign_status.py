"""When a site of a campaign is done: one answer for what is shown, what is counted and what is scanned again."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from benchmarks.fake_scan import write_fake_scan
from monitoring.campaign.status import MARK, NO_REPORT, SiteStatus, is_done, read_status
from scan.opened import reading
from scan.run import DATABASE
from store.database import open_database
from store.schema import scan

URL = "https://town.example/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site whose scan is complete, and whose campaign was killed before it could note that."""
    engine = open_database(tmp_path / DATABASE)
    write_fake_scan(engine, n_pages=2, n_findings=4)
    engine.dispose()
    (tmp_path / "campaign.log").write_text("curbcut: 3 failures; none is allowed.\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("reason", [None, ""])
def test_a_scan_without_its_reports_is_not_done(folder: Path, reason: str | None) -> None:
    assert read_status(URL, folder, reason=reason) == SiteStatus(URL, "interrupted", 2, NO_REPORT)
    assert not is_done(folder)


def test_a_scan_with_its_reports_is_done(folder: Path) -> None:
    (folder / MARK).touch()
    assert read_status(URL, folder) == SiteStatus(URL, "done", 2)
    assert is_done(folder)


def test_what_stopped_the_reports_is_told(folder: Path) -> None:
    assert read_status(URL, folder, reason="The disk is full") == SiteStatus(URL, "failed", 2, "The disk is full")


def test_a_scan_is_read_again_only_where_it_has_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("monitoring.campaign.status.reading", lambda path: opened.append(path) or reading(path))
    first = read_status(URL, folder)
    assert read_status(URL, folder) == first
    assert opened == [folder / DATABASE]
    engine = open_database(folder / DATABASE)
    for state, again in (("running", 2), ("limited", 1)):
        with engine.begin() as connection:
            connection.execute(update(scan).values(state=state))
        opened.clear()
        for _ in range(2):
            assert read_status(URL, folder).pages == 2
        assert len(opened) == again, state
    engine.dispose()


def test_a_folder_that_cannot_be_read_is_told_with_its_reason(tmp_path: Path) -> None:
    status = read_status(URL, tmp_path / ("x" * 300))
    assert status == SiteStatus(URL, "failed", 0, "its folder cannot be read: File name too long")
