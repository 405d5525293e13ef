"""`curbcut statement`: checks a file, compares it with a scan, and says what it finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checks.statement.evaluation.build import Facts, build
from cli.main import main

TOWN = Path(__file__).parents[2] / "demo" / "town"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def statement(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["statement", *map(str, arguments)], catch_exceptions=False)


def test_the_planted_defects_of_the_demo_town_are_found() -> None:
    result = statement("check", TOWN / "accessibility.html", "--format", "json", "--today", "2026-11-26")
    assert result.exit_code == 0
    outcomes = {check["check_id"]: check["outcome"] for check in json.loads(result.stdout)["checks"]}
    failing = {key for key, outcome in outcomes.items() if outcome == "failed"}
    assert failing >= {"S-14", "S-19", "S-25", "S-26", "S-27", "S-33", "S-34"}
    assert {"S-18", "S-20", "S-21"} <= {key for key, outcome in outcomes.items() if outcome == "cantTell"}


def test_text_says_what_to_mend_with_the_words_that_were_seen() -> None:
    result = statement("check", TOWN / "de" / "barrierefreiheit.html", "--today", "2026-11-26")
    assert "Claimed status: full" in result.stdout
    assert "S-34  The body that enforces the law is named" in result.stdout
    assert "wenden Sie sich an die zuständige Stelle" in result.stdout
    assert "compliant with" not in result.stdout


@pytest.mark.parametrize(("allowed", "code"), [(99, 0), (0, 1)])
def test_failing_checks_over_the_threshold_exit_with_one(allowed: int, code: int) -> None:
    result = statement("check", TOWN / "accessibility.html", "--max-findings", allowed)
    assert result.exit_code == code


def test_a_right_statement_in_a_file_has_nothing_to_mend(empty_folder: Path) -> None:
    (empty_folder / "s.html").write_text(build(Facts("sk")))
    result = statement("check", "s.html", "--today", "2026-11-26", "--max-findings", "0")
    assert result.exit_code == 0, result.stdout
    assert "To mend" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "http://"], "is not a web address"),
        (["check", "x.html", "--scan", "missing"], "missing"),
        (["check", "a.example", "--today", "soon"], "soon"),
        (["find"], "Missing argument"),
    ],
)
def test_wrong_usage_says_what_to_do(arguments: list[str], says: str) -> None:
    result = statement(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
