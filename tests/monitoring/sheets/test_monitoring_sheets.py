"""Reading and writing spreadsheets, against independent libraries and against files as people really have them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from monitoring.errors import MonitoringError, SheetError
from monitoring.sheets import Row, Table, open_sheet, write_table

FORMULA = '=HYPERLINK("http://evil.example","x")'
ROWS = [("Große Gemeinde & Söhne <x>", 12, FORMULA), ("Δήμος", 0.5, ""), ("a'\"b", None, "+1\x0b2")]


def read(path: Path) -> tuple[list[Row], tuple[str, ...]]:
    with open_sheet(path) as sheet:
        return list(sheet.rows), sheet.remarks


def cells(path: Path) -> list[tuple[str, ...]]:
    return [row.cells for row in read(path)[0]]


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_another_program_reads_what_we_write(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    write_table(path, [Table("Sites: [1]", ("name", "n", "x"), ROWS), Table("Sites: [1]", ("a",), [])], title="T & T")
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["Sites   1", "Sites   1 2"]
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == ["name", "n", "x"]
    assert rows[1] == ["Große Gemeinde & Söhne <x>", 12, FORMULA]
    assert rows[2][:2] == ["Δήμος", 0.5]
    assert rows[3][0] == "a'\"b"


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_we_read_what_we_write(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    write_table(path, [Table("Sites", ("name", "n"), [row[:2] for row in ROWS])], title="T")
    assert [line[:2] for line in cells(path)[1:3]] == [("Große Gemeinde & Söhne <x>", "12"), ("Δήμος", "0.5")]


def test_written_text_is_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_table(path, [Table("Sites", ("x",), [(FORMULA,)])], title="T")
    cell = openpyxl.load_workbook(path)["Sites"]["A2"]
    assert (cell.data_type, cell.value) == ("s", FORMULA) or cell.data_type == "inlineStr"
    assert "<f" not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MonitoringError, match="csv, json, xlsx, ods"):
        write_table(tmp_path / "out.pdf", [], title="T")


def test_xlsx_of_another_program(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [("Body", "Site"), ("Town", "a.example"), (None, "b.example"), (3, "=A1&A2"), (True, "d.example")]:
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    path = tmp_path / "other.xlsx"
    book.save(path)
    rows, remarks = read(path)
    assert [row.cells for row in rows] == [
        ("Body", "Site"), ("Town", "a.example"), ("Town", "b.example"), ("3", ""), ("1", "d.example"),
    ]  # fmt: skip
    assert "without a stored result" in rows[3].notes[1]
    assert "Merged" in remarks[0]


def test_cells_a_million_rows_apart_cost_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "Body", "far"
    path = tmp_path / "far.xlsx"
    book.save(path)
    assert cells(path) == [("Body",)]


def ods(path: Path, rows: str) -> Path:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
            f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="S">{rows}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return path


def test_ods_repeats_merges_and_notes(tmp_path: Path) -> None:
    path = ods(
        tmp_path / "s.ods",
        '<table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2">'
        "<text:p>T<text:s/>1</text:p></table:table-cell><table:covered-table-cell/>"
        '<table:table-cell office:value-type="float" office:value="7.0"><text:p>7,00</text:p></table:table-cell>'
        '</table:table-row><table:table-row><table:covered-table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3">'
        "<text:p>x</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/>'
        "</table:table-row>",
    )
    rows, _ = read(path)
    assert [(row.number, row.cells[:3]) for row in rows] == [
        (1, ("T 1", "T 1", "7")), (2, ("T 1", "T 1", "")), (3, ("x", "x", "x")), (4, ("x", "x", "x")),
    ]  # fmt: skip
    assert "#DIV/0!" in rows[1].notes[2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_any_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "s.csv"
    lines = [["Körperschaft", "Adresse"], *([f"Größe „{n}“ und Übermut", f"https://ä{n}.example/"] for n in range(50))]
    path.write_text("\r\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines), encoding=encoding)
    rows, remarks = read(path)
    assert [list(row.cells) for row in rows] == lines
    assert bool(remarks) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("encoding", "line"),
    [
        ("cp1252", "Stadt;Träger"),  # so few bytes are guessed to be those of old DOS: "Trõger"
        ("cp1252", "Kommune;Århus"),
        ("cp1250", "Gmina;Urząd Gminy Łódź"),
        ("cp1251", "Орган;Министерство на електронното управление"),
        ("cp1253", "Φορέας;Υπουργείο Ψηφιακής Διακυβέρνησης"),
        ("cp437", "url;Träger;Gemeinde Köln Öffentlich"),
        ("cp1250", "Gdańsk;https://www.gdansk.pl"),
        ("cp1250", "Městský úřad Třebíč;https://www.trebic.cz/"),
        ("cp1250", "Budapest Főváros Önkormányzata"),
        ("cp1250", "Győr;https://gyor.hu"),
        ("cp1250", "Đakovo Županja;https://dj.hr/x"),
        ("cp1250", "Obec Ľubotín;https://l.sk"),
        ("cp1257", "Vilniaus miesto savivaldybė;https://vilnius.lt"),
        ("cp1257", "Jūrmalas pilsēta;https://jurmala.lv"),
        ("cp1254", "Belediye Başkanlığı;https://b.tr"),
        ("iso8859_2", "Urząd Świętochłowice;https://s.pl"),
        ("cp852", "Urząd Świętochłowice;https://s.pl"),
        ("cp1252", "São João;https://saojoao.pt"),
        ("cp1252", "Peñíscola – Castelló"),
        ("cp1252", "Ísafjörður;https://isa.is"),
        ("cp1252", "Mairie de Cœur „x“ 5 €;https://c.fr"),
    ],
)
def test_csv_of_a_few_letters(tmp_path: Path, encoding: str, line: str) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes(f"{line}\r\n".encode(encoding))
    assert list(cells(path)[0]) == line.split(";")


def test_commas_in_titles_and_names_do_not_part_cells(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("Register of Sites, 2026, draft\nname;url\nA, B and C;https://a.example\nD;https://d.example\n")
    assert list(cells(path)[2]) == ["A, B and C", "https://a.example"]


def test_an_encoding_that_is_said_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes("Győr".encode("cp1250"))
    for encoding, word in (("cp1250", "Győr"), ("cp1252", "Gyõr")):
        with open_sheet(path, encoding) as sheet:
            assert next(sheet.rows).cells == (word,)
            assert sheet.remarks == ()


def test_a_guess_shows_words_to_look_at(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes("Urząd Gminy Łódź;https://lodz.pl".encode("cp1250"))
    with open_sheet(path) as sheet:
        assert sheet.remarks == (
            "The file is not in UTF-8; it was read as cp1250, which gives “Urząd” “Łódź”. If letters with accents are "
            "wrong, say the encoding with --encoding.",
        )


def test_csv_of_eastern_europe(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    lines = [
        "Podmiot;Strona",
        *(f"Urząd Gminy Żółw i Świętość źdźbła {n};https://gmina{n}.example/" for n in range(80)),
    ]
    path.write_bytes("\r\n".join(lines).encode("cp1250"))
    assert cells(path)[1][0] == "Urząd Gminy Żółw i Świętość źdźbła 0"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("old.xls", b"\xd0\xcf\x11\xe0" + b"x" * 600, "Save it as"),
        ("broken.xlsx", b"PK\x03\x04" + b"x" * 600, "damaged"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 600, "no CSV"),
    ],
)
def test_what_is_no_spreadsheet_says_so(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SheetError, match=says):
        read(path)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="no file"):
        read(tmp_path / "none.csv")


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    path = tmp_path / "e.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "content.xml",
            '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
            '<x xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:p="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><t:table><t:table-row><t:table-cell>'
            "<p:p>&b;</p:p></t:table-cell></t:table-row></t:table></x>",
        )
    assert all("aaa" not in "".join(row) for row in cells(path))
