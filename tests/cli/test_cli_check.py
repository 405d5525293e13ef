"""`curbcut check` with a real browser: files, folders and addresses, in every format it prints."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

pytestmark = pytest.mark.browser
SCHEMA = json.loads((Path(__file__).parents[2] / "reports" / "page.schema.json").read_text(encoding="utf-8"))
PAGE_KEYS = {"url", "final_url", "status", "reason", "http_status", "title", "lang", "findings", "text"}
FINDING_KEYS = {
    "rule", "engine", "outcome", "wcag", "impact", "message", "target", "snippet", "fingerprint", "help_url",
}  # fmt: skip
Run = Callable[..., Any]


def rules_of(record: dict[str, Any]) -> set[str]:
    return {found["rule"] for found in record["findings"]}


@pytest.fixture(scope="module")
def gone(origin: str) -> str:
    return f"{origin}/gone"


@pytest.fixture(scope="module")
def lines(run: Run, site: Path, folder: Path, origin: str, gone: str) -> list[dict[str, Any]]:
    """One run on everything that can be named: a file, addresses that are not there, a list, a folder."""
    (folder / "list.txt").write_text(f"# addresses\n\n{origin}/parks.html\n{origin}/missing.html\n")
    named = [site / "tax.html", gone, site]
    done = run("check", *named, "--urls-from", "list.txt", "--format", "jsonl", "--delay", "0")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_one_line_a_page_in_the_order_given_with_the_names_given(
    lines: list[dict[str, Any]], site: Path, origin: str, gone: str
) -> None:
    rest = [str(site / name) for name in ("about.html", "bins.html", "index.html", "parks.html")]
    expected = [str(site / "tax.html"), gone, *rest, f"{origin}/parks.html", f"{origin}/missing.html"]
    assert [line["url"] for line in lines] == expected


def test_every_line_keeps_the_contract(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        jsonschema.validate(line, SCHEMA)
        assert line.keys() >= PAGE_KEYS
        for found in line["findings"]:
            assert found.keys() >= FINDING_KEYS


def test_files_are_checked_for_barriers_and_words(lines: list[dict[str, Any]], site: Path) -> None:
    for line in lines:
        if line["url"].startswith(str(site)):
            assert (line["status"], line["http_status"], line["reason"]) == ("checked", 200, None)
            assert {"axe/image-alt", "plain/wordy-phrase"} <= rules_of(line)


def test_what_could_not_be_checked_says_why(lines: list[dict[str, Any]], origin: str, gone: str) -> None:
    by_url = {line["url"]: line for line in lines}
    for address in (gone, f"{origin}/missing.html"):
        line = by_url[address]
        assert (line["status"], line["reason"], line["http_status"]) == ("not_checked", "http_status", 404)
        assert line["findings"] == []
        assert line["text"] is None


def test_nothing_checked_is_exit_code_two(run: Run, gone: str) -> None:
    done = run("check", "--urls-from", "-", "--format", "jsonl", stdin=gone + "\n")
    assert done.returncode == 2
    assert [json.loads(line)["reason"] for line in done.stdout.splitlines()] == ["http_status"]
    assert "No page could be checked" in done.stderr
    assert "The server answered with an error" in done.stderr


def test_more_failures_than_allowed_is_exit_code_one(run: Run, site: Path, folder: Path) -> None:
    done = run("check", site / "tax.html", "--format", "json,html", "--max-findings", "0", "--only", "wcag",
               "--out", "out")  # fmt: skip
    assert done.returncode == 1
    assert "--max-findings allows 0" in done.stderr
    report = json.loads(done.stdout)
    assert [page["url"] for page in report["pages"]] == [str(site / "tax.html")]
    assert {found["engine"] for found in report["pages"][0]["findings"]} <= {"axe", "curbcut"}
    assert report["pages"][0]["text"] is None
    assert (folder / "out" / "report" / "index.html").is_file()


def test_csv_of_a_hostile_title_is_neutralised(run: Run, site: Path) -> None:
    done = run("check", site / "about.html", "--format", "csv", "--only", "style")
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["engine"] for row in rows} == {"style"}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "\x1b" not in done.stdout + done.stderr


def test_text_names_page_place_and_mend(run: Run, site: Path) -> None:
    done = run("check", site / "about.html")
    assert done.returncode == 0
    for part in (str(site / "about.html"), "axe/image-alt", "1.1.1", "plain/wordy-phrase"):
        assert part in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
