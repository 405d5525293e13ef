"""`curbcut register` as a person uses it: import, list, show, export; hostile text stays text."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main

REGISTER = """url;body;level;services;territory
https://a.example/;=HYPERLINK("x")\x1b[31m;local;health;AT130
https://b.example/;Ministry;state;;
https://c.example/;Town;Citty;;
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CURBCUT_DATABASE", raising=False)
    (tmp_path / "r.csv").write_text(REGISTER, encoding="utf-8")
    return tmp_path


def register(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["register", *arguments])


def test_import_list_show_export(folder: Path) -> None:
    done = register("import", "r.csv", "--name", "Ada", "--rejected", "bad.csv")
    assert done.exit_code == 0, done.output
    assert "line 4: level: 'Citty' is no level" in done.stdout
    assert "3 rows: 2 added, 0 changed, 0 unchanged, 1 refused." in done.stdout
    assert [row[0] for row in csv.reader((folder / "bad.csv").read_text("utf-8-sig").splitlines())] == ["line", "4"]
    listed = register("list", "--level", "local")
    assert "https://a.example/" in listed.stdout
    assert "b.example" not in listed.stdout
    assert "\x1b" not in listed.stdout
    shown = register("show", "a.example")
    assert "added by Ada from r.csv" in shown.stdout
    exported = register("export")
    rows = list(csv.reader(exported.stdout.splitlines()))
    assert rows[1][1].startswith("'=HYPERLINK")
    assert len(rows) == 3


def test_nothing_good_is_an_error(folder: Path) -> None:
    (folder / "r.csv").write_text("url,body,level\nx,y,z\n")
    assert register("import", "r.csv").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("list",), "There is no monitoring database"),
        (("import", "none.csv"), "There is no file none.csv"),
        (("import", "r.csv", "--column", "levl=Ebene"), "OURS one of"),
        (("import", "r.csv", "--encoding", "base64"), "--encoding base64 is no encoding"),
        (("import", "r.csv", "--encoding", "cp12500"), "--encoding cp12500 is no encoding"),
        (("import", "r.csv", "--column", "level=Ebene"), "the column 'Ebene' is missing"),
    ],
)
def test_mistakes_say_what_to_do(arguments: tuple[str, ...], says: str) -> None:
    done = register(*arguments)
    assert done.exit_code == 2
    assert says in done.stderr
    assert arguments[1:2] != ("none.csv",) or not Path("curbcut-monitoring.sqlite").exists()


def test_an_unknown_site_says_where_to_look() -> None:
    register("import", "r.csv")
    done = register("show", "nowhere.example")
    assert done.exit_code == 2
    assert "curbcut register list --find" in done.stderr


def test_a_register_in_an_old_encoding_is_read_and_says_so(folder: Path) -> None:
    text = "url;body;level\nhttps://gdansk.pl/;Urząd Miejski Gdańsk;local\n"
    (folder / "pl.csv").write_bytes(text.encode("cp1250"))
    done = register("import", "pl.csv", "--name", "Ada")
    assert "it was read as cp1250, which gives “Urząd” “Gdańsk”." in done.stderr
    assert "Urząd Miejski Gdańsk" in register("list").stdout
    done = register("import", "pl.csv", "--name", "Ada", "--encoding", "Windows-1250")
    assert "1 row: 0 added, 0 changed, 1 unchanged" in done.stdout
    assert "UTF-8" not in done.stderr
