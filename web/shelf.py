"""The scans under the app's folder: found by their databases, named in addresses by a digest of their place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DatabaseError

from checks.model import digest
from reports import analysis
from reports.analysis import Scan
from scan import run
from scan.run import DATABASE
from store.database import open_database
from store.errors import StoreError
from store.schema import ScanState, State, url
from store.stamp import Remembered
from web.errors import AnswerError

MAX_DEPTH = 3
"""Folders below the app's own in which scans are looked for."""

PAGE_PREFIX = "page-"
"""Begins the name of a folder that holds the check of one page."""

MAX_SCANS = 200
"""Scans that are listed, the newest first."""

MAX_FOLDERS = 20_000
_SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "report", "csv"})

STATE_WORDS = {
    "running": "Running",
    "interrupted": "Stopped before its end",
    "limited": "Stopped by a limit",
    "complete": "Complete",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One scan as the list shows it. `error` says why it cannot be read, and then there is no more."""

    key: str
    folder: Path
    name: str
    scan: Scan | None = None
    state: str = ""
    n_checked: int = 0
    n_known: int = 0
    n_questions: int = 0
    error: str = ""

    @property
    def is_running(self) -> bool:
        """Whether some process works on it now."""
        return self.state == ScanState.RUNNING

    @property
    def is_page(self) -> bool:
        """Whether it is the check of one page."""
        return self.folder.name.startswith(PAGE_PREFIX)

    @property
    def can_resume(self) -> bool:
        """Whether there is more to do; the check of one page would go on as the scan of its whole site."""
        return not self.is_page and self.state in (ScanState.INTERRUPTED, ScanState.LIMITED)

    @property
    def has_report(self) -> bool:
        """Whether an HTML report is there."""
        return (self.folder / "report" / "index.html").is_file()


class Shelf:
    """Finds scans under one folder. Those of campaigns, often hundreds, are not listed: their samples lead to them."""

    def __init__(self, folder: Path, campaigns: Path | None = None) -> None:
        self.folder = folder
        self._campaigns = campaigns
        self._read = Remembered(self._opened, is_settled=_is_settled)

    def entries(self, *, prefix: str = "", at_most: int = MAX_SCANS) -> list[Entry]:
        """Return the scans but those of campaigns, the newest first; with `prefix` those in folders named so."""
        listed = (each for each in self._folders() if not self._campaigns or not each.is_relative_to(self._campaigns))
        found = sorted((each for each in listed if each.name.startswith(prefix)), key=_changed, reverse=True)
        return [self._entry(folder) for folder in found[:at_most]]

    def entry(self, key: str) -> Entry:
        """Return one scan. AnswerError 404 where there is none of that name."""
        return self._entry(self.find(key))

    def find(self, key: str) -> Path:
        """Return the folder of a scan. AnswerError 404 where there is none of that name."""
        for folder in self._folders():
            if self.key(folder) == key:
                return folder
        raise AnswerError(
            404,
            "There is no such scan",
            f"It is not, or no longer, under {self.folder}. Scans in the menu lists those that are.",
        )

    def key(self, folder: Path) -> str:
        """Return what names a scan in addresses."""
        return digest(folder.relative_to(self.folder).as_posix())

    def _folders(self) -> Iterator[Path]:
        for seen, (place, folders, files) in enumerate(os.walk(self.folder)):
            here = Path(place)
            if DATABASE in files:
                yield here
            depth = len(here.relative_to(self.folder).parts)
            is_deep = depth >= MAX_DEPTH or seen > MAX_FOLDERS
            folders[:] = [] if is_deep else sorted(f for f in folders if not f.startswith(".") and f not in _SKIPPED)

    def _entry(self, folder: Path) -> Entry:
        return self._read.of(folder / DATABASE)

    def _opened(self, database: Path) -> Entry:
        folder = database.parent
        key, name = self.key(folder), folder.relative_to(self.folder).as_posix()
        try:
            with opened(folder) as (engine, scan_id), engine.connect() as connection:
                scan = analysis.load_scan(connection, scan_id)
                n_questions = analysis.count_questions(connection, scan_id)
                by_state = select(url.c.state, func.count()).where(url.c.scan_id == scan_id).group_by(url.c.state)
                counts = {state: n for state, n in connection.execute(by_state)}  # noqa: C416 # rows are no pairs
        except (StoreError, DatabaseError, OSError) as error:
            return Entry(key, folder, name, error=str(error))
        state = scan.state
        if state == ScanState.RUNNING and not is_locked(folder):
            state = ScanState.INTERRUPTED  # its process is gone
        n_checked, n_known = counts.get(State.CHECKED, 0), sum(counts.values())
        return Entry(key, folder, name, scan, state, n_checked, n_known, n_questions)


@contextmanager
def opened(folder: Path, *, read_only: bool = True) -> Iterator[tuple[Engine, int]]:
    """Open a scan's database and yield it with the number of its newest scan."""
    engine = open_database(folder / DATABASE, read_only=read_only)
    try:
        with engine.connect() as connection:
            scan_id = analysis.latest_scan_id(connection)
        yield engine, scan_id
    finally:
        engine.dispose()


def has_scan(folder: Path) -> bool:
    """Return whether a folder's database holds a scan: for a moment after its start it does not."""
    try:
        with opened(folder):
            return True
    except (StoreError, DatabaseError, OSError):
        return False


def is_locked(folder: Path) -> bool:
    """Return whether a process works on a scan. Only asked of scans that say they run."""
    try:
        return run.is_locked(folder)
    except OSError:
        return True


def _is_settled(entry: Entry) -> bool:
    """Return whether a scan stays as it is while its files do: the process of one that runs may end."""
    return entry.scan is not None and entry.scan.state != ScanState.RUNNING


def _changed(folder: Path) -> float:
    try:
        return (folder / DATABASE).stat().st_mtime
    except OSError:
        return 0.0
