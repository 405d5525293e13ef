"""Opens the database of a scan that people name: by its folder, or by the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from scan.run import DATABASE
from store.database import open_database


def database_of(scan: Path) -> Path:
    """Return the database of a scan given by its folder or by the file itself."""
    return scan / DATABASE if scan.is_dir() else scan


@contextmanager
def reading(scan: Path) -> Iterator[Engine]:
    """Open a scan's database while the block runs; nothing is written. Raises StoreError, also where there is none."""
    engine = open_database(database_of(scan), read_only=True)
    try:
        yield engine
    finally:
        engine.dispose()
