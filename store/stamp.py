"""Tells whether an SQLite database may have changed, without opening it."""

from __future__ import annotations

from pathlib import Path

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
