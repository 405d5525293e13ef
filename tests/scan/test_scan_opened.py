"""A scan is opened by its folder or by its file, and closed again."""

from __future__ import annotations

from pathlib import Path

import pytest

from scan.opened import reading
from scan.run import DATABASE
from store.database import open_database
from store.errors import NoScanError, NotADatabaseError
from store.results import read_scan


def test_a_scan_is_named_by_its_folder_or_its_file(tmp_path: Path) -> None:
    open_database(tmp_path / DATABASE).dispose()
    for named in (tmp_path, tmp_path / DATABASE):
        with reading(named) as engine, pytest.raises(NoScanError):
            read_scan(engine)
        assert engine.pool.checkedin() == 0, "it is closed"  # type: ignore[attr-defined]


def test_where_there_is_none_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for named in (tmp_path / "empty", tmp_path / "missing"):
        with pytest.raises(NotADatabaseError, match="There is no scan at"), reading(named):
            pass
