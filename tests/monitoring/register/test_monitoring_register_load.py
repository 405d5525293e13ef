"""Imports: what is taken over, what is refused and why, what a second import changes, and how much memory it takes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import Engine, select

from monitoring.errors import MonitoringError
from monitoring.register import read
from monitoring.register.load import Imported, load
from monitoring.register.model import RegisterRow, RowError
from monitoring.sheets import Table, write_table
from store.database import open_database
from store.schema_monitoring import register_import, site, site_change

HEADER = "url,body,level,services,territory,nominated by"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_database(tmp_path / "register.sqlite")
    yield opened
    opened.dispose()


def bring(engine: Engine, folder: Path, *lines: str, **options: object) -> Imported:
    path = folder / "register.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return load(engine, path, who="Ada", **options)  # type: ignore[arg-type]


def stored(engine: Engine) -> dict[str, dict[str, object]]:
    with engine.connect() as connection:
        return {row["key"]: dict(row) for row in connection.execute(select(site)).mappings()}


def test_good_rows_are_kept_and_bad_ones_named(engine: Engine, tmp_path: Path) -> None:
    result = bring(
        engine,
        tmp_path,
        HEADER,
        "https://www.town.example/,Town,local,health; education,AT130 90001,Blind people's union",
        "www.land.example,Land,Regional,,AT13,",
        "town.example,,lokale,helth,?,",
        "https://bücher.example/stadt,Library,d,recreation and culture,,",
        "mailto:a@b.example,Body,state,,,",
        '"https://a.example, https://b.example",Body,state,,,',
        "http://www.town.example,Town again,local,,,",
        "https://nohost,Body,state,,,",
        "javascript:alert(1),Body,state,,,",
        "https://town.example:99999/,Body,state,,,",
    )
    assert result.counts == {"rows": 10, "added": 3, "refused": 7}
    assert set(stored(engine)) == {"www.town.example/", "www.land.example/", "xn--bcher-kva.example/stadt"}
    town = stored(engine)["www.town.example/"]
    assert (town["level"], town["services"], town["nuts"], town["lau"]) == (
        "c",
        ["education", "health"],
        "AT130",
        "90001",
    )
    reasons = {error.line: error.reasons for error in result.errors}
    assert reasons[4] == (
        "body: it is empty",
        "level: 'lokale' is no level; did you mean lokal?",
        "services: 'helth' is no service of the Decision; did you mean health?",
    )
    assert "mail address" in reasons[6][0]
    assert "more than one address" in reasons[7][0]
    assert reasons[8] == ("url: line 2 names the same site, http://www.town.example/; that line was kept",)
    assert "full host name" in reasons[9][0]
    assert "it begins with javascript: and not with https://" in reasons[10][0]
    assert "its host name or its port cannot be right" in reasons[11][0]


def test_a_second_import_updates_and_keeps_the_history(engine: Engine, tmp_path: Path) -> None:
    bring(engine, tmp_path, HEADER, "a.example,Town A,local,,,", "b.example,Town B,local,,,")
    again = bring(engine, tmp_path, HEADER, "a.example,Town A,local,,,", "b.example,City B,regional,,,")
    assert again.counts == {"rows": 2, "unchanged": 1, "changed": 1}
    with engine.connect() as connection:
        found = read.find_site(connection, "https://b.example")
    changes = read.history(engine, found["id"])
    assert [(c.what, c.who, c.before) for c in changes] == [
        ("added", "Ada", {}), ("changed", "Ada", {"body": "Town B", "level": "c"}),
    ]  # fmt: skip


def test_a_whole_register_lets_sites_go_and_come_back(engine: Engine, tmp_path: Path) -> None:
    bring(engine, tmp_path, HEADER, "a.example,A,local,,,", "b.example,B,local,,,")
    assert bring(engine, tmp_path, HEADER, "a.example,A,local,,,", complete=True).counts["left out"] == 1
    assert not stored(engine)["b.example/"]["is_listed"]
    assert bring(engine, tmp_path, HEADER, "b.example,B,local,,,").counts["changed"] == 1
    with engine.connect() as connection:
        whats = connection.execute(select(site_change.c.what).order_by(site_change.c.id)).scalars().all()
    assert whats == ["added", "added", "left out", "back"]


def test_a_missing_column_is_named_with_the_nearest(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(
        MonitoringError, match=r"column 'level' is missing; is it 'Levle'\? Then add --column level='Levle'"
    ):
        bring(engine, tmp_path, "url,body,Levle", "a.example,A,local")
    assert bring(engine, tmp_path, "url,body,Levle", "a.example,A,local", named={"level": "Levle"}).counts["added"] == 1


def test_a_failed_import_leaves_nothing(engine: Engine, tmp_path: Path) -> None:
    def refuse(_: RowError) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring(engine, tmp_path, HEADER, *(f"a{n}.example,A,local,,," for n in range(600)), "bad row", refuse=refuse)
    with engine.connect() as connection:
        assert not stored(engine)
        assert connection.execute(select(register_import)).all() == []


def test_a_workbook_with_title_rows_merged_bodies_and_a_formula(engine: Engine, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [
        ("Register 2026",), (), ("Stelle", "Website", "Ebene", "Remark"), ("Land Wien", "wien.example", "Land", "x"),
        (None, "kultur.example", "Land"), ("Bund", '=CONCAT("a",".example")', "Bund"),
    ]:  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A4:A5")
    book.save(tmp_path / "r.xlsx")
    result = load(engine, tmp_path / "r.xlsx", who="Ada")
    assert {key: row["body"] for key, row in stored(engine).items()} == {
        "wien.example/": "Land Wien", "kultur.example/": "Land Wien",
    }  # fmt: skip
    assert result.errors[0].line == 6
    assert "formula without a stored result" in result.errors[0].reasons[0]
    assert any("Remark" in remark for remark in result.remarks)


def test_an_export_can_be_imported_again(engine: Engine, tmp_path: Path) -> None:
    bring(engine, tmp_path, HEADER, "a.example,=A,local,health; transport,AT130 90001,DPO", "b.example,B,state,,,")
    for ending in ("csv", "xlsx", "ods"):
        with engine.connect() as connection:
            write_table(tmp_path / f"out.{ending}", [read.as_table(read.sites(connection))], title="R")
        counts = load(engine, tmp_path / f"out.{ending}", who="Ada").counts
        assert counts == {"rows": 2, "unchanged": 2}


MEASURE = """
import resource, sys
from pathlib import Path
from monitoring.register.load import load
from store.database import open_database
engine = open_database(sys.argv[1])
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
load(engine, Path(sys.argv[2]), who="Ada")
before = peak()
result = load(engine, Path(sys.argv[3]), who="Ada")
print(result.counts["added"], peak() - before)
"""


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["ods"])  # the slowest to read; all three were measured when this was written
def test_fifty_thousand_rows_take_little_memory(tmp_path: Path, ending: str) -> None:
    """The growth from an import of 600 rows to one of 50,000, in kilobytes of the whole process."""
    columns = ("url", "body", "level", "services", "territory")
    for name, count in (("small", 600), ("large", 50_000)):
        rows = ((f"https://town{n}.{name}.example/", f"Town {n}", "local", "health", "AT130") for n in range(count))
        write_table(tmp_path / f"{name}.{ending}", [Table("Register", columns, rows)], title="R")
    files = (tmp_path / "r.sqlite", tmp_path / f"small.{ending}", tmp_path / f"large.{ending}")
    done = subprocess.run([sys.executable, "-c", MEASURE, *files], capture_output=True, text=True, check=True)
    added, grown_kb = map(int, done.stdout.split())
    assert added == 50_000
    assert grown_kb < 60_000


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_reason(text: str) -> None:
    try:
        row = RegisterRow.model_validate({"url": text, "body": "B", "level": "a"})
    except ValidationError as error:
        assert error.error_count() >= 1
    else:
        assert row.values()["url"].startswith(("http://", "https://"))


def test_the_nearest_column_is_found_by_any_of_its_words(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text("adress,Behörden,level,remarks\nhttps://a.example/,A,local,\n", encoding="utf-8")
    with pytest.raises(MonitoringError) as error:
        load(engine, file, who="Ada")
    assert "--column url='adress'" in str(error.value)
    assert "--column body='Behörden'" in str(error.value)
