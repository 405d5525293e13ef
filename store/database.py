"""Opens a Curbcut database: an SQLite file by path, or any database SQLAlchemy knows by URL.

SQLite runs in WAL mode with `synchronous=NORMAL`: a committed transaction survives `kill -9` of the process (losing
power may lose the newest ones, but never breaks the file).
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
import weakref
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DatabaseError

from store.errors import NewerDatabaseError, NotADatabaseError, OlderDatabaseError
from store.schema_monitoring import metadata  # with all tables

HEAD = "0010"
"""The newest migration: what `metadata` describes. `tests/store` holds them to each other."""

BUSY_TIMEOUT_MS = 30_000
MIGRATIONS = Path(__file__).parent / "migrations"


def open_database(location: str | Path, *, read_only: bool = False) -> Engine:
    """Open the database at `location`, making or upgrading it if need be.

    `location` is a file path or a database URL (`postgresql+psycopg://...`). With `read_only` a missing file is an
    error and nothing is written: a file of an older Curbcut is read from an upgraded copy, which goes when the engine
    is disposed of. Raises NotADatabaseError, NewerDatabaseError, OlderDatabaseError (read-only, not a file), OSError
    (the folder cannot be written, the disk is full).
    """
    engine = create_engine(_url(location, read_only=read_only))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure_sqlite_reader if read_only else _configure_sqlite)
    try:
        with engine.begin() as connection:
            _bring_to_head(connection, read_only=read_only)
    except DatabaseError as error:
        engine.dispose()
        if is_disk_full(error):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(location)) from error
        raise NotADatabaseError(
            f"{location} cannot be opened as a Curbcut database ({error.orig}). "
            "Name the scan's folder or its curbcut.sqlite file."
        ) from error
    except OlderDatabaseError:
        engine.dispose()
        if engine.dialect.name != "sqlite" or engine.url.database is None:
            raise
        return _upgraded_copy(Path(engine.url.database))
    except BaseException:
        engine.dispose()
        raise
    return engine


def _upgraded_copy(path: Path) -> Engine:
    folder = Path(tempfile.mkdtemp(prefix="curbcut-"))
    copy = folder / path.name
    try:
        with (
            closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
        open_database(copy).dispose()
        engine = open_database(copy, read_only=True)
    except BaseException:
        shutil.rmtree(folder)
        raise
    gone = weakref.finalize(engine, shutil.rmtree, folder, ignore_errors=True)  # also at the end of the program
    event.listen(engine, "engine_disposed", lambda _engine: gone())
    return engine


def is_disk_full(error: BaseException) -> bool:
    """Say whether a database error means that no more can be written."""
    return isinstance(error, DatabaseError) and "disk is full" in str(error.orig)


def insert_unless_known(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that leaves a row alone when its key is there already."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def _url(location: str | Path, *, read_only: bool) -> str | URL:
    if "://" in str(location):
        return str(location)
    path = Path(location)
    if read_only and not path.is_file():
        raise NotADatabaseError(f"There is no scan at {path}. Name a scan's folder or its curbcut.sqlite file.")
    if not read_only:
        path.parent.mkdir(parents=True, exist_ok=True)
    return URL.create("sqlite", database=str(path))  # not as text: a folder's name may hold ? or %


def _configure_sqlite(connection: Any, _record: Any) -> None:
    _run(
        connection,
        f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=NORMAL",
        "PRAGMA foreign_keys=ON",
    )


def _configure_sqlite_reader(connection: Any, _record: Any) -> None:
    _run(connection, f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}", "PRAGMA query_only=ON")


def _run(connection: Any, *statements: str) -> None:
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    cursor.close()


def _bring_to_head(connection: Connection, *, read_only: bool) -> None:
    tables = inspect(connection).get_table_names()
    if not tables and not read_only:
        _begin(connection)
        if inspect(connection).get_table_names():
            return  # another process was quicker
        metadata.create_all(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
        return
    if "alembic_version" not in tables or "scan" not in tables:
        raise NotADatabaseError("This database holds no Curbcut scan. Name a scan's folder or its curbcut.sqlite file.")
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    if version == HEAD:
        return
    if version > HEAD:
        raise NewerDatabaseError(
            f"This database was written by a newer Curbcut (schema {version}, this program knows {HEAD}). "
            "Update Curbcut to read it."
        )
    if read_only:
        raise OlderDatabaseError(
            f"This database was written by an older Curbcut (schema {version}, this program knows {HEAD}). "
            "Start any scan into it, which brings it up to date."
        )
    _begin(connection)
    upgrade(connection)


def _begin(connection: Connection) -> None:
    """Make the schema's changes one transaction. Python's driver begins none for them, so a kill could halve them."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the migrations on an open connection, up to `revision`."""
    from alembic import command  # noqa: PLC0415 - slow to import and seldom needed
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
