"""Tells whether an SQLite database may have changed, without opening it, and keeps what was read until it has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

Value = TypeVar("Value")
Stamp = tuple[tuple[int, int] | None, ...]


def stamp(database: Path) -> Stamp:
    """Return what changes whenever a database does: times and sizes of the file and of its log of changes.

    Of a file that is not there it has None, and of an empty log, too: reading makes one. Take it before you read: then
    what changes meanwhile is read again.
    """
    return tuple(map(_of, (database, database.with_name(f"{database.name}-wal"))))


def _of(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size) if found.st_size else None


class Remembered(Generic[Value]):
    """What was read of databases, as long as these do not change: to open hundreds takes seconds."""

    def __init__(self, read: Callable[[Path], Value], *, is_settled: Callable[[Value], bool]) -> None:
        """Take what reads a database; what is not settled is read anew each time."""
        self._read = read
        self._is_settled = is_settled
        self._known: dict[Path, tuple[Stamp, Value]] = {}

    def of(self, database: Path) -> Value:
        """Return what was read of a database before, or read it. Raises what reading raises."""
        now = stamp(database)
        known = self._known.get(database)
        if known is not None and known[0] == now:
            return known[1]
        found = self._read(database)
        if self._is_settled(found):
            self._known[database] = now, found
        else:
            self._known.pop(database, None)
        return found
