"""Temporary files: one folder a run, and those of runs that died are removed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from crawler.scratch import LOCK, PREFIX, STARTING_S, Scratch

LONG_AGO = STARTING_S + 60


@pytest.fixture(autouse=True)
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def age(folder: Path) -> None:
    then = time.time() - LONG_AGO
    os.utime(folder, (then, then))


def test_programs_put_their_files_there_and_the_environment_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", "/before")
    monkeypatch.delenv("TEMP", raising=False)
    scratch = Scratch()
    with scratch.as_temp_folder():
        assert os.environ["TMPDIR"] == os.environ["TEMP"] == str(scratch.path)
    assert os.environ["TMPDIR"] == "/before"
    assert "TEMP" not in os.environ
    scratch.remove()
    assert not scratch.path.exists()


def test_a_dead_process_leaves_nothing_for_long(temp: Path) -> None:
    code = "import os, crawler.scratch as s; print(s.Scratch().path, flush=True); os.kill(os.getpid(), 9)"
    env = {**os.environ, "TMPDIR": str(temp)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)
    left = Path(done.stdout.strip())
    assert left.parent == temp
    assert left.is_dir()
    (left / "profile").mkdir()
    Scratch().remove()
    assert left.exists()  # it may still be starting
    age(left)
    Scratch().remove()
    assert not left.exists()


def test_what_is_in_use_or_not_ours_stays(temp: Path) -> None:
    living = Scratch()
    strange = temp / f"{PREFIX}notes"
    strange.mkdir()
    target = temp / "target"
    target.mkdir()
    (target / LOCK).touch()
    link = temp / f"{PREFIX}link"
    link.symlink_to(target)
    for folder in (living.path, strange, target):
        age(folder)
    Scratch().remove()
    assert living.path.exists()
    assert strange.exists()
    assert target.exists()
    assert link.is_symlink()
    living.remove()
