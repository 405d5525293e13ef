"""`curbcut baseline` and the options of `curbcut check` for builds: what needs no browser."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main
from reports.ci.baseline import Entry, write


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("site").mkdir()
    Path("site/index.html").write_text("<title>x</title>")
    return tmp_path


def curbcut(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_explain_tells_why_who_and_until_when_the_nearest_first(folder: Path) -> None:
    soon = date.today() + timedelta(days=3)  # noqa: DTZ011 - the day here, as the command has it
    entries = [
        Entry("axe/label", "aa11", ("*",), element="<input\x1b[31m>", reason="waits for the new form", owner="forms"),
        Entry("axe/image-alt", "bb22", ("/a", "/a", "/b"), expires=soon),
        Entry("axe/image-alt", "cc33", ("/a",), expires=date(2020, 1, 1)),
    ]
    write(folder / "curbcut-baseline.yaml", entries)
    done = curbcut("baseline", "explain")
    assert done.exit_code == 0, done.output
    assert [line.split()[1] for line in done.stdout.splitlines() if line.startswith("axe/")] == ["cc33", "bb22", "aa11"]
    for text in ("waits for the new form", "every page", "2020-01-01: it counts again", f"{soon}, in 3 days", "/a, /b"):
        assert text in done.stdout
    assert done.stdout.endswith("3 entries: 1 expired, 2 without a reason.\n")
    assert "\x1b" not in done.stdout
    assert curbcut("baseline", "explain", "--finding", "bb").stdout.endswith(
        "1 entry: 0 expired, 1 without a reason.\n"
    )
    assert "2 entries" in curbcut("baseline", "explain", "--expiring", "7").stdout
    assert "2 entries" in curbcut("baseline", "explain", "--rule", "axe/image-alt").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("baseline", "update", "site"), "Write it first"),
        (("baseline", "write", "site", "--expires", "soon"), "takes a date"),
        (("baseline", "explain", "none.yaml"), "none.yaml"),
        (("check",), "Name at least one page"),
        (("check", "site", "--fail-on", "new"), "add --baseline FILE"),
        (("scan", "http://127.0.0.1:1/", "--fail-on", "new"), "add --baseline FILE"),
        (("steps", "run", "site/index.html", "--fail-on", "new"), "add --baseline FILE"),
        (("check", "site", "--fail-on", "serius"), "did you mean serious?"),
        (("check", "site", "--output", "sarif"), "--output takes FORMAT=FILE"),
        (("check", "site", "--output", "html=x"), "--output takes FORMAT=FILE"),
        (("check", "site", "--format", "text,sarif"), "Only one format"),
        (("check", "site", "--map", "a=b"), "--map belongs to --changed-since"),
        (("check", "site", "--baseline", "site/index.html"), "is no baseline"),
        (("scan", "http://127.0.0.1:1/", "--baseline", "site/index.html"), "is no baseline"),
        (("steps", "run", "site/index.html", "--baseline", "site/index.html"), "is no baseline"),
        (("check", "site", "--base-path", "http://x/"), "--base-path is a path"),
        (("check", "site", "--wait-for", "http://127.0.0.1:1/"), "go together"),
        (("check", "site/index.html", "--changed-since", "main"), "one folder"),
    ],
)
def test_bad_use_says_what_to_do(arguments: tuple[str, ...], message: str) -> None:
    done = curbcut(*arguments)
    assert done.exit_code == 2, done.output
    assert message in done.output


def test_a_list_is_never_written_over_by_accident(folder: Path) -> None:
    (folder / "curbcut-baseline.yaml").write_text("mine")
    done = curbcut("baseline", "write", "site")
    assert (done.exit_code, (folder / "curbcut-baseline.yaml").read_text()) == (2, "mine")
    assert "curbcut baseline update" in done.output


def test_a_build_that_changed_no_page_passes_and_writes_valid_files(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scan.changed.changed_files", lambda _folder, _revision: ["README.md"])
    monkeypatch.setattr("scan.changed._git", lambda _folder, *_arguments: f"{folder}\n")
    done = curbcut("check", "site", "--changed-since", "main", "--map", "*.md=", "--output", "junit=out/j.xml")
    assert done.exit_code == 0, done.output
    assert "No page has changed since main" in done.stderr
    assert (folder / "out" / "j.xml").read_text().startswith("<?xml")
