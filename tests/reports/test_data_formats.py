"""JSON lines, JSON and CSV: valid against their schemas, whole, harmless, and written in bounded memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from sqlalchemy import Engine

from benchmarks.fake_scan import write_fake_scan
from reports import csv_report, json_report, jsonl
from reports.analysis.issues import STREAM_ROWS
from store.database import open_database
from store.errors import NoScanError

REPORTS = Path(json_report.__file__).parent
PAGE_SCHEMA = json.loads((REPORTS / "page.schema.json").read_text(encoding="utf-8"))
REPORT_SCHEMA = json.loads((REPORTS / "report.schema.json").read_text(encoding="utf-8"))
REGISTRY: Registry[Any] = Registry().with_resource(PAGE_SCHEMA["$id"], Resource.from_contents(PAGE_SCHEMA))
PAGE_VALIDATOR = Draft202012Validator(PAGE_SCHEMA, registry=REGISTRY)
REPORT_VALIDATOR = Draft202012Validator(REPORT_SCHEMA, registry=REGISTRY)

GROWTH_LIMIT = 1.25
"""Twice the pages may need this much more memory: a list of them all would need nearly twice as much."""


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, int]]:
    engine = open_database(tmp_path_factory.mktemp("formats") / "scan.sqlite")
    yield engine, write_fake_scan(engine, state="interrupted")
    engine.dispose()


def written(write: Callable[[Engine, int, TextIO], Any], scan: Any) -> str:
    stream = io.StringIO()
    write(*scan, stream)
    return stream.getvalue()


def of(small_scan: Any) -> tuple[Engine, int]:
    return small_scan.engine, small_scan.scan_id


def read_csv(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def test_the_schemas_are_schemas_themselves() -> None:
    Draft202012Validator.check_schema(PAGE_SCHEMA)
    Draft202012Validator.check_schema(REPORT_SCHEMA)


def test_every_json_line_is_one_object_that_the_schema_accepts(council: tuple[Engine, int], small_scan: Any) -> None:
    for scan in (council, of(small_scan)):
        text = written(jsonl.write, scan)
        assert text.isascii()
        assert text.endswith("\n")
        lines = text.splitlines()
        assert jsonl.write(*scan, io.StringIO()) == len(lines) == text.count("\n")
        for line in lines:
            PAGE_VALIDATOR.validate(json.loads(line))


def test_the_page_schema_describes_every_key_and_no_other(small_scan: Any) -> None:
    records = [json.loads(line) for line in written(jsonl.write, of(small_scan)).splitlines()]
    finding = records[0]["findings"][0]
    assert list(records[0]) == list(PAGE_SCHEMA["properties"])
    assert list(finding) == list(PAGE_SCHEMA["$defs"]["finding"]["properties"])
    assert list(records[0]["text"]) == list(PAGE_SCHEMA["$defs"]["text"]["properties"])


@pytest.mark.parametrize(
    "change",
    [
        {"status": "maybe"},
        {"reason": "timeout"},
        {"status": "not_checked"},
        {"findings": None},
        {"text": {"words": 3}},
        {"state": "failed"},
    ],
)
def test_the_page_schema_refuses_what_breaks_the_contract(small_scan: Any, change: dict[str, Any]) -> None:
    record = json.loads(written(jsonl.write, of(small_scan)).splitlines()[0])
    assert PAGE_VALIDATOR.is_valid(record)
    assert not PAGE_VALIDATOR.is_valid(record | change)


def test_the_json_report_is_one_document_that_the_schema_accepts(council: tuple[Engine, int], small_scan: Any) -> None:
    for scan in (council, of(small_scan)):
        text = written(json_report.write, scan)
        assert text.isascii()
        report = json.loads(text)
        REPORT_VALIDATOR.validate(report)
        assert list(report) == list(REPORT_SCHEMA["properties"])
        for part, name in (("issues", "issue"), ("criteria", None), ("not_checked", None), ("documents", None)):
            item = REPORT_SCHEMA["$defs"][name] if name else REPORT_SCHEMA["properties"][part]["items"]
            assert set(report[part][0]) == set(item["properties"]), part
        assert set(report["issues"][0]["example"]) == set(REPORT_SCHEMA["$defs"]["place"]["properties"])


def test_the_json_reports_numbers_add_up(council: tuple[Engine, int]) -> None:
    report = json.loads(written(json_report.write, council))
    totals = report["totals"]
    assert sum(row["n_urls"] for row in totals["by_state"]) == totals["urls"]
    assert totals["checked"] + len(report["not_checked"]) == totals["urls"]
    assert sum(page["status"] == "checked" for page in report["pages"]) == totals["checked"]
    findings = [finding for page in report["pages"] for finding in page["findings"]]
    assert sum(totals["findings"][kind] for kind in ("n_failed", "n_cant_tell", "n_style")) == len(findings)
    assert {finding["issue"] for finding in findings} == {issue["id"] for issue in report["issues"]}
    assert sum(issue["n_places"] for issue in report["issues"]) == len(findings)
    assert sum(totals["documents"].values()) == len(report["documents"])


def test_a_report_of_an_empty_scan_is_valid_too(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "empty.sqlite")
    scan_id = write_fake_scan(engine, n_pages=0, n_not_checked=0, n_documents=0)
    REPORT_VALIDATOR.validate(json.loads(written(json_report.write, (engine, scan_id))))
    assert written(jsonl.write, (engine, scan_id)) == ""
    csv_report.write(engine, scan_id, tmp_path / "csv")
    assert read_csv(tmp_path / "csv" / "findings.csv") == []
    engine.dispose()


def test_csv_has_every_url_finding_issue_page_and_document(council: tuple[Engine, int], tmp_path: Path) -> None:
    paths = csv_report.write(*council, tmp_path / "out" / "csv")
    assert [p.name for p in paths] == [
        "findings.csv",
        "issues.csv",
        "pages.csv",
        "urls.csv",
        "documents.csv",
        "sections.csv",
    ]
    tables = {path.stem: read_csv(path) for path in paths}
    report = json.loads(written(json_report.write, council))
    assert len(tables["urls"]) == report["totals"]["urls"]
    assert len(tables["pages"]) == report["totals"]["checked"]
    assert len(tables["findings"]) == sum(len(page["findings"]) for page in report["pages"])
    assert [row["issue"] for row in tables["issues"]] == [issue["id"] for issue in report["issues"]]
    assert len(tables["documents"]) == len(report["documents"])
    assert len(tables["sections"]) == len(report["language"]["sections"])
    assert all(row["state"] and row["explanation"] for row in tables["urls"])


def test_no_csv_cell_can_act(council: tuple[Engine, int], small_scan: Any, tmp_path: Path) -> None:
    cells = [
        cell
        for number, scan in enumerate((council, of(small_scan)))
        for path in csv_report.write(*scan, tmp_path / str(number))
        for row in read_csv(path)
        for cell in row.values()
    ]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r")]
    assert not [cell for cell in cells if cell.startswith("-") and not cell[1:].replace(".", "").isdigit()]
    assert not [cell for cell in cells if any(char in cell for char in "\x00\x07\x1b")]
    assert "'=HYPERLINK([31m1)" in cells
    assert "'=cmd|' /C calc'!A0" in cells


def test_csv_names_criteria_so_that_no_spreadsheet_takes_them_for_dates(small_scan: Any, tmp_path: Path) -> None:
    csv_report.write(*of(small_scan), tmp_path)
    first = read_csv(tmp_path / "findings.csv")[0]
    assert (first["wcag"], first["clause"]) == ("WCAG 1.1.1", "9.1.1.1")
    assert first["url"] == "HTTPS://Town.example"


def test_csv_numbers_stay_numbers(small_scan: Any, tmp_path: Path) -> None:
    csv_report.write(*of(small_scan), tmp_path)
    page = read_csv(tmp_path / "pages.csv")[0]
    assert (page["barriers"], page["to_look_at"], page["words_to_mend"]) == ("1", "1", "1")
    assert (page["words"], page["reading_ease"]) == ("120", "61.0")


def test_findings_on_a_stream_are_the_same_table_without_a_byte_order_mark(small_scan: Any, tmp_path: Path) -> None:
    csv_report.write(*of(small_scan), tmp_path)
    stream = io.StringIO(newline="")
    csv_report.write_findings(*of(small_scan), stream)
    assert stream.getvalue().encode() == (tmp_path / "findings.csv").read_bytes().removeprefix(b"\xef\xbb\xbf")


@pytest.mark.parametrize("write", [json_report.write, csv_report.write_findings])
def test_a_scan_that_is_not_there_is_an_error_before_anything_is_written(
    small_scan: Any, write: Callable[[Engine, int, TextIO], None]
) -> None:
    stream = io.StringIO()
    with pytest.raises(NoScanError):
        write(small_scan.engine, 99, stream)
    assert stream.getvalue() == ""


class Nowhere(io.TextIOBase):
    """Takes text and keeps none."""

    def write(self, text: str) -> int:
        return len(text)


@pytest.mark.parametrize("write", [jsonl.write, json_report.write, csv_report.write_findings])
def test_memory_does_not_grow_with_the_scan(
    tmp_path: Path, peak_memory: Callable[[Callable[[], object]], int], write: Callable[[Engine, int, TextIO], Any]
) -> None:
    engine = open_database(tmp_path / "scan.sqlite")
    write(engine, write_fake_scan(engine, n_pages=5), Nowhere())  # type: ignore[arg-type]  # fills SQLAlchemy's caches
    peaks = []
    for n_pages in (2 * STREAM_ROWS, 4 * STREAM_ROWS):  # from two batches on, one is read while one is still held
        scan_id = write_fake_scan(engine, n_pages=n_pages, n_findings=4 * n_pages)
        peaks.append(peak_memory(partial(write, engine, scan_id, Nowhere())))  # type: ignore[arg-type]
    assert peaks[1] < GROWTH_LIMIT * peaks[0]
    engine.dispose()
