"""Opening a database: new, again, not ours, damaged, newer, older; and the migrations make what the code expects."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, select, text
from sqlalchemy.exc import OperationalError

from store import database
from store.database import HEAD, MIGRATIONS, is_disk_full, open_database, upgrade
from store.errors import NewerDatabaseError, NotADatabaseError
from store.results import read_scan, start_scan
from store.schema import evidence, finding, metadata, page, scan, url


@contextmanager
def _opened(path: Path, *, read_only: bool = False) -> Iterator[Engine]:
    engine = open_database(path, read_only=read_only)
    yield engine
    engine.dispose()


def _new(path: Path) -> Path:
    with _opened(path) as engine:
        start_scan(engine, start_urls=["https://town.example/"], settings={}, versions={}, profile="any", rules=[])
    return path


def _version(path: Path, number: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (number,))
        connection.commit()


def test_a_new_file_has_every_table_and_survives_kills(tmp_path: Path) -> None:
    with _opened(tmp_path / "new" / "curbcut.sqlite") as engine, engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


@pytest.mark.parametrize("folder", ["what?", "50%20 off", "a#b", "with space", "Zürich"])
def test_a_folder_may_have_any_name(tmp_path: Path, folder: str) -> None:
    assert _new(tmp_path / folder / "curbcut.sqlite").is_file()


def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    path = _new(tmp_path / "curbcut.sqlite")
    with _opened(path) as engine, engine.connect() as connection:
        assert len(connection.execute(select(scan)).all()) == 1


def test_a_kill_while_the_tables_are_made_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "curbcut.sqlite"

    def killed(connection: Connection) -> None:
        url.create(connection)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(metadata, "create_all", killed)
        with pytest.raises(KeyboardInterrupt):
            open_database(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    assert _new(path)


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("This is no database at all, but long enough to look for a header.\n" * 100)
    with pytest.raises(NotADatabaseError, match=r"notes\.txt"):
        open_database(path)


def test_somebody_elses_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE things (id INTEGER)")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(NotADatabaseError, match="holds no Curbcut scan"):
        open_database(path, read_only=True)
    assert path.read_bytes() == before


@pytest.mark.parametrize("read_only", [False, True])
def test_a_truncated_file_is_refused(tmp_path: Path, read_only: bool) -> None:
    path = _new(tmp_path / "curbcut.sqlite")
    path.write_bytes(path.read_bytes()[:6_000])
    with pytest.raises(NotADatabaseError):
        open_database(path, read_only=read_only)


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    path = _new(tmp_path / "curbcut.sqlite")
    _version(path, "9999")
    with pytest.raises(NewerDatabaseError, match="Update Curbcut"):
        open_database(path)


def test_an_older_database_is_read_and_not_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "50% old?" / "curbcut.sqlite"
    path.parent.mkdir()
    old = create_engine(URL.create("sqlite", database=str(path)))
    with old.connect() as connection:
        upgrade(connection, "0003")
        names = "state, start_urls, settings, versions, profile, started_at, elapsed_s, notes"
        row = "'complete', '[]', '{}', '{}', 'en301549-v3.2.1', '2025-03-01T00:00:00+00:00', 2, '[]'"
        connection.exec_driver_sql(f"INSERT INTO scan ({names}) VALUES ({row})")  # noqa: S608
        connection.commit()
    old.dispose()
    before = path.read_bytes()
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    with _opened(path, read_only=True) as engine:
        assert read_scan(engine).state == "complete"
        with engine.connect() as connection, pytest.raises(OperationalError, match="readonly"):
            connection.execute(text("DELETE FROM scan"))
        assert list(scratch.iterdir())
    assert path.read_bytes() == before
    assert list(scratch.iterdir()) == []


def test_an_older_picture_is_that_of_the_finding_it_was_taken_of(tmp_path: Path) -> None:
    """Failures were pictured first, the first on the page; of a closer look, the last."""
    engine = create_engine(URL.create("sqlite", database=str(tmp_path / "old.sqlite")))
    with engine.connect() as connection:
        upgrade(connection, "0008")
        _old_scan(connection)
        upgrade(connection)
        rows = connection.execute(select(evidence.c.finding_id, evidence.c.data).order_by(evidence.c.finding_id)).all()
        assert [tuple(row) for row in rows] == [(2, b"crop"), (6, b"look")]
        constraints = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(constraints, metadata) == []
    engine.dispose()


def _old_scan(connection: Connection) -> None:
    names = "id, state, start_urls, settings, versions, profile, started_at, elapsed_s, notes"
    connection.exec_driver_sql(
        f"INSERT INTO scan ({names}) VALUES (1, 'complete', '[]', '{{}}', '{{}}', 'any', '2026', 2, '[]')"  # noqa: S608
    )
    for key in (1, 2):
        address = f"https://town.example/{key}"
        connection.execute(
            insert(url).values(id=key, scan_id=1, url=address, kind="page", state="checked", source="link")
        )
        connection.execute(
            insert(page).values(url_id=key, scan_id=1, final_url=address, rule_outcomes={}, not_run={}, cut_short=[])
        )
    for url_id, rule, outcome in (
        (1, "crop", "cantTell"), (1, "crop", "failed"), (1, "crop", "failed"), (2, "crop", "failed"),
        (1, "look", "failed"), (1, "look", "failed"), (1, "look", "cantTell"), (2, "look", "failed"),
    ):  # fmt: skip
        connection.execute(
            insert(finding).values(
                scan_id=1, url_id=url_id, rule=rule, component="c", outcome=outcome, engine="axe", wcag=[], message="",
                arguments={}, target=["p"], fingerprint="f",
            )
        )  # fmt: skip
    for rule, media_type in (("crop", "image/jpeg"), ("look", "image/png"), ("gone", "image/png")):
        connection.exec_driver_sql(
            "INSERT INTO evidence (scan_id, rule, component, url, media_type, width, height, data) "
            "VALUES (1, ?, 'c', 'https://town.example/1', ?, 9, 9, ?)",
            (rule, media_type, rule.encode()),
        )


def test_reading_needs_a_file_and_makes_none(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "curbcut.sqlite"
    with pytest.raises(NotADatabaseError, match="no scan at"):
        open_database(path, read_only=True)
    assert not path.parent.exists()


def test_reading_writes_nothing(tmp_path: Path) -> None:
    path = _new(tmp_path / "curbcut.sqlite")
    with (
        _opened(path, read_only=True) as engine,
        engine.connect() as connection,
        pytest.raises(OperationalError, match="readonly"),
    ):
        connection.execute(text("DELETE FROM scan"))


def test_a_full_disk_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def configure_tiny(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count=3")

    monkeypatch.setattr(database, "_configure_sqlite", configure_tiny)
    with pytest.raises(OSError, match="No space left"):
        open_database(tmp_path / "curbcut.sqlite")


def test_other_errors_are_no_full_disk() -> None:
    assert is_disk_full(OperationalError("", {}, sqlite3.OperationalError("database or disk is full")))
    assert not is_disk_full(OperationalError("", {}, sqlite3.OperationalError("database is locked")))
    assert not is_disk_full(ValueError("database or disk is full"))


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated.sqlite'}")
    with engine.connect() as connection:
        upgrade(connection)
        yield connection
    engine.dispose()


def test_the_migrations_make_the_schema_of_the_code(migrated: Connection) -> None:
    context = MigrationContext.configure(migrated, opts={"compare_type": True, "compare_server_default": True})
    assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_the_code_names(migrated: Connection) -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD
    assert MigrationContext.configure(migrated).get_current_revision() == HEAD


def test_the_migrations_make_the_same_checks_and_indexes(migrated: Connection, tmp_path: Path) -> None:
    """What Alembic's comparison leaves out: check constraints."""
    with _opened(tmp_path / "new.sqlite") as engine, engine.connect() as fresh:
        assert _constraints(migrated) == _constraints(fresh)


def _constraints(connection: Connection) -> dict[str, list[object]]:
    found = inspect(connection)
    return {
        table: [
            sorted((str(c["name"]), " ".join(c["sqltext"].split())) for c in found.get_check_constraints(table)),
            sorted((str(i["name"]), tuple(i["column_names"])) for i in found.get_indexes(table)),
        ]
        for table in metadata.tables
    }


def test_an_upgrade_that_is_killed_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _new(tmp_path / "curbcut.sqlite")
    _version(path, "0000")

    def killed(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half_done (id INTEGER)"))
        raise KeyboardInterrupt

    monkeypatch.setattr(database, "upgrade", killed)
    with pytest.raises(KeyboardInterrupt):
        open_database(path)
    with closing(sqlite3.connect(path)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert "half_done" not in tables


def test_a_full_database_keeps_what_was_committed(tmp_path: Path) -> None:
    path = _new(tmp_path / "curbcut.sqlite")
    with _opened(path) as engine:

        @event.listens_for(engine, "begin")
        def limit(connection: Connection) -> None:
            connection.exec_driver_sql("PRAGMA max_page_count=1")  # SQLite takes what there is as the least

        with pytest.raises(OperationalError) as caught, engine.begin() as connection:
            for _ in range(200):
                connection.execute(
                    text(
                        "INSERT INTO scan SELECT NULL, state, start_urls, settings, versions, profile, "
                        "started_at, finished_at, elapsed_s, notes FROM scan"
                    )
                )
    assert is_disk_full(caught.value)
    with _opened(path, read_only=True) as engine, engine.connect() as connection:
        assert len(connection.execute(select(scan)).all()) == 1
