"""One folder for all temporary files of a run: browser profiles, downloads, libraries.

A process that is killed cannot tidy up. So each folder holds a lock that dies with its process, and whoever starts
next removes the folders whose lock is free.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX = "curbcut-"
LOCK = "in-use.lock"
STARTING_S = 60.0  # a younger folder may belong to a process that has not locked it yet
REMOVE_TRIES, REMOVE_WAIT_S = 10, 0.1  # a browser that was told to end needs a moment
TEMP_VARIABLES = ("TMPDIR", "TEMP", "TMP")


class Scratch:
    """A folder of this process until `remove` or the process's end."""

    def __init__(self) -> None:
        _remove_leftovers(Path(tempfile.gettempdir()))
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = FileLock(self.path / LOCK)
        self._lock.acquire()

    def environment(self) -> dict[str, str]:
        """Return this process's environment, changed so that a program puts its temporary files here."""
        return {**os.environ, **dict.fromkeys(TEMP_VARIABLES, str(self.path))}

    @contextmanager
    def as_temp_folder(self) -> Iterator[None]:
        """Make programs that are started meanwhile put their temporary files here; for one thread at a time."""
        before = {name: os.environ.get(name) for name in TEMP_VARIABLES}
        os.environ.update(dict.fromkeys(TEMP_VARIABLES, str(self.path)))
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value

    def remove(self) -> None:
        """Remove the folder with all that is in it; what a dying browser still writes is left to the next run."""
        for _ in range(REMOVE_TRIES):
            if self._is_emptied():
                break
            time.sleep(REMOVE_WAIT_S)
        self._lock.release()
        if self._is_emptied():
            shutil.rmtree(self.path, ignore_errors=True)

    def _is_emptied(self) -> bool:
        """Remove all but the lock, by which the next run knows the folder; say whether that worked."""
        for child in self.path.iterdir():
            if child.name == LOCK:
                continue
            if child.is_dir() and not child.is_symlink():
                shutil.rmtree(child, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    child.unlink()
        return all(child.name == LOCK for child in self.path.iterdir())


def _remove_leftovers(parent: Path) -> None:
    with contextlib.suppress(OSError):  # tidying up after others may never stop a scan
        for folder in parent.glob(f"{PREFIX}*"):
            if _is_ours(folder) and _is_abandoned(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    """Nobody else's folder, and no link that leads out of the folder for temporary files."""
    own = not hasattr(os, "getuid") or folder.lstat().st_uid == os.getuid()
    return own and folder.is_dir() and not folder.is_symlink() and (folder / LOCK).is_file()


def _is_abandoned(folder: Path) -> bool:
    if time.time() - folder.stat().st_mtime < STARTING_S:
        return False
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return False
    lock.release()
    return True
