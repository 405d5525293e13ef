"""Report files: whole or not there, and never through a symbolic link."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.output import replacing


def test_a_file_appears_with_its_text_and_line_endings(tmp_path: Path) -> None:
    with replacing(tmp_path / "a.csv") as stream:
        stream.write("é\r\n")
        assert not (tmp_path / "a.csv").exists()
    assert (tmp_path / "a.csv").read_bytes() == "é\r\n".encode()
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def _write_and_fail(path: Path) -> None:
    with replacing(path) as stream:
        stream.write("half")
        raise OSError("No space left on device")


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    with pytest.raises(OSError, match="No space"):
        _write_and_fail(path)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_a_symbolic_link_is_replaced_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("keep")
    (tmp_path / "a.csv").symlink_to(precious)
    with replacing(tmp_path / "a.csv") as stream:
        stream.write("new")
    assert precious.read_text() == "keep"
    assert not (tmp_path / "a.csv").is_symlink()
