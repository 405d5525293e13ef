"""Puts a finished report in place of the old one: written beside it, then swapped by renaming.

Whatever goes wrong while writing (a crash, a full disk) leaves the old report as it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARKER = "curbcut-report.txt"
"""Every report has this file. A folder with files but without it is somebody else's and is never replaced."""

MARKER_TEXT = "Curbcut wrote this folder. The next report written to the same place replaces it whole.\n"


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yield an empty folder beside `folder`; when the block ends well, it takes the place of `folder`.

    FileExistsError if `folder` holds files that are not a report of ours; any OSError of the disk goes up.
    """
    folder = folder.absolute()
    fresh, old = folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old")
    if old.is_dir() and not folder.exists():
        old.rename(folder)  # the last run stopped between its two renames
    _refuse_strangers(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
    fresh.mkdir()
    try:
        (fresh / MARKER).write_text(MARKER_TEXT, encoding="utf-8")
        yield fresh
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _refuse_strangers(folder: Path) -> None:
    if not folder.exists() or (folder / MARKER).is_file():
        return
    if not folder.is_dir() or any(folder.iterdir()):
        raise FileExistsError(
            f"{folder} exists and is not a Curbcut report, so it stays as it is. Name another folder for the report."
        )
