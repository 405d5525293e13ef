"""Help, wrong usage and what needs no browser: exit code 2 and a message that says what to do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import COMMANDS, main
from scan.doctor import Check

RULE = re.compile(r"[a-z0-9-]+/[a-z0-9-]+ ")


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def curbcut(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_says_what_a_command_does(command: str | None) -> None:
    result = curbcut(*([command] if command else []), "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: curbcut {command or '[OPTIONS] COMMAND'}".replace("curbcut", "main"))
    assert command is None or curbcut(command, "-h").stdout == result.stdout


def test_the_list_of_commands_agrees_with_what_each_says() -> None:
    for name, says in COMMANDS.items():
        first_words = " ".join(says.split()[:3]).rstrip(",.:")
        assert first_words in curbcut(name, "--help").stdout


def test_version() -> None:
    assert curbcut("--version").stdout.startswith("curbcut, version ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["scan"], "Missing argument 'URL...'"),
        (["scan", "--max-page", "3", "a.example"], "--max-pages"),
        (["nonsense"], "No such command 'nonsense'"),
        (["scan", "http://"], "is not a web address"),
        (["scan", "mailto://x"], "Example: https://www.example.org/"),
        (["scan", "a.example", "--max-pages", "0"], "max-pages: "),
        (["scan", "a.example", "--format", "pdf"], "'pdf' is not known; choose from: html"),
        (["scan", "a.example", "--only", "stile"], "did you mean style?"),
        (["scan", "a.example", "--profile", "wcag22"], "did you mean wcag22-aa?"),
        (["scan", "a.example", "--include", "("], "is not a regular expression"),
        (["scan", "a.example", "--resume"], "Leave out --resume to start one"),
        (["scan", "a.example", "--resume", "--out", "none"], "There is no scan in none to resume"),
        (["check"], "Name at least one page"),
        (["check", "missing.html"], "There is no file or folder missing.html"),
        (["check", "./missing"], "There is no file or folder ./missing"),
        (["check", "--urls-from", "missing.txt"], "missing.txt"),
        (["check", "a.example", "--format", "html"], "Name a folder for the HTML report with --out DIR"),
        (["check", "a.example", "--format", "json,csv"], "Only one format can go to standard output, not json and csv"),
        (["check", "."], "There is no HTML file in ."),
        (["report", "missing"], "missing"),
        (["report", "missing", "--format", "pdf"], "'html', 'json', 'jsonl', 'csv', 'text'"),
        (["rules", "axe/image-altt"], "There is no rule axe/image-altt. Did you mean axe/image-alt?"),
        (["rules", "--guide", "gvuk"], "There is no style guide called “gvuk”. Did you mean “govuk”?"),
        (["rules", "zzzzzzzz"], "There is no rule zzzzzzzz. See: curbcut rules"),
    ],
)
def test_wrong_usage_is_two_and_says_what_to_do(arguments: list[str], says: str) -> None:
    result = curbcut(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_an_unknown_setting_in_the_file_is_named_with_the_nearest(empty_folder: Path) -> None:
    (empty_folder / "curbcut.toml").write_text("max_page = 3\n")
    for command in (["scan", "a.example"], ["check", "a.example"], ["demo"], ["rules"]):
        result = curbcut(*command)
        assert result.exit_code == 2
        assert "There is no setting called max_page. Did you mean max_pages?" in result.stderr


def test_an_unknown_variable_is_named_with_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURBCUT_MAXPAGES", "3")
    result = curbcut("scan", "a.example")
    assert result.exit_code == 2
    assert "Did you mean CURBCUT_MAX_PAGES?" in result.stderr


def test_a_list_that_is_no_text_is_refused(empty_folder: Path) -> None:
    (empty_folder / "list.txt").write_bytes(b"\xff\xfe\x00")
    result = curbcut("check", "--urls-from", "list.txt")
    assert result.exit_code == 2
    assert "list.txt is not a text file in UTF-8" in result.stderr


def test_an_empty_list_names_no_page() -> None:
    result = curbcut("check", "--urls-from", "-", stdin="# nothing\n\n")
    assert result.exit_code == 2
    assert "Name at least one page" in result.stderr


def test_a_database_that_is_none_is_refused(empty_folder: Path) -> None:
    (empty_folder / "curbcut.sqlite").write_text("This is not a database. " * 100)
    result = curbcut("report", ".")
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_rules_lists_and_counts() -> None:
    result = curbcut("rules")
    lines = result.stdout.splitlines()
    rules = [line for line in lines if RULE.match(line)]
    assert result.exit_code == 0
    assert any(line.startswith("axe/image-alt ") and "1.1.1" in line for line in rules)
    assert f"{len(rules)} rules." in result.stdout


def test_rules_that_are_off_are_counted_listed_on_request_and_explained() -> None:
    on, every = (curbcut("rules", "--only", "style", *more).stdout for more in ([], ["--confidence", "low"]))
    on_ids, every_ids = ({line.split()[0] for line in text.splitlines() if RULE.match(line)} for text in (on, every))
    off = every_ids - on_ids
    assert len(off) > 10
    assert f"{len(off)} more style rules are right less often, so they are off." in on
    assert curbcut("rules", min(off)).stdout.startswith(f"{min(off)}: ")


def test_rules_follow_the_settings() -> None:
    wcag, style = (json.loads(curbcut("rules", "--json", "--only", only).stdout) for only in ("wcag", "style"))
    assert {rule["engine"] for rule in wcag} <= {"axe", "curbcut"}
    assert {rule["engine"] for rule in style} == {"style"}
    assert all(rule["id"] and rule["title"] and rule["sources"] for rule in wcag + style)


def test_one_rule_is_told_in_full() -> None:
    text = curbcut("rules", "axe/image-alt").stdout
    for heading in ("What:", "Whom it hinders:", "How to mend it:", "WCAG:\n  1.1.1", "Sources:\n  https://"):
        assert heading in text


@pytest.mark.parametrize(("ok", "code"), [(True, 0), (False, 6)])
def test_doctor_says_what_to_mend(ok: bool, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Check("Browser", ok=ok, found="here" if ok else "none", mend="" if ok else "apt-get install chromium")]
    monkeypatch.setattr("cli.doctor.diagnose", lambda: found)
    result = curbcut("doctor")
    assert result.exit_code == code
    assert ("Mend it with: apt-get install chromium" in result.stdout) is not ok
    assert ("Ready to scan." in result.stdout) is ok
