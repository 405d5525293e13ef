"""`curbcut check` and `curbcut baseline` on the build of a small site: accepted, broken anew, brought up to date."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from cli.main import main
from scan.folder_server import Answer, Request, serve_folder
from tests.cli.conftest import page

QUICK = ("site", "--quick", "--only", "wcag", "--base-path", "/town/")
LOGO = '<img src="logo.svg" width="9" height="9">'
LISTED = "axe/image-alt"


def curbcut(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@dataclass(frozen=True)
class Story:
    """A baseline is written; one barrier is mended and another comes; the build is checked; the list is renewed."""

    written: Result
    first: str
    checked: Result
    updated: Result
    second: str
    again: Result


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("ci")
        patch.chdir(folder)
        site = Path("site")
        (site / "parks").mkdir(parents=True)
        (site / "index.html").write_text(page("Start page", f"{LOGO}<a href='/town/parks/'>Parks</a>"))
        (site / "parks" / "index.html").write_text(page("Parks", f"{LOGO}<img src='map.svg' width='9' height='9'>"))
        file = Path("curbcut-baseline.yaml")
        written = curbcut("baseline", "write", *QUICK, "--reason", "old template", "--owner", "web team")
        first = file.read_text()
        (site / "parks" / "index.html").write_text(page("Parks", f"<div>{LOGO}</div>\n<img src='new.svg' width='9'>"))
        checked = curbcut(
            "check", *QUICK, "--baseline", str(file), "--format", "github",
            "--output", "sarif=out/curbcut.sarif", "--output", "jsonl=out/pages.jsonl",
        )  # fmt: skip
        updated = curbcut("baseline", "update", *QUICK, "--expires", "never")
        second = file.read_text()
        again = curbcut("check", *QUICK, "--baseline", str(file), "--fail-on", "serious", "--format", "markdown")
        yield Story(written, first, checked, updated, second, again)


pytestmark = pytest.mark.browser


def test_a_baseline_names_every_barrier_with_its_pages(story: Story) -> None:
    assert story.written.exit_code == 0, story.written.output
    found = {entry["element"]: entry for entry in yaml.safe_load(story.first)["findings"]}
    assert found[LOGO]["pages"] == ["/town/index.html", "/town/parks/index.html"]
    assert {(e["reason"], e["owner"]) for e in found.values()} == {("old template", "web team")}


def test_only_what_is_new_fails_the_build_at_its_line(story: Story) -> None:
    assert story.checked.exit_code == 1, story.checked.output
    assert "curbcut: failures that nobody has accepted: 1; none is allowed." in story.checked.stderr
    [line] = [line for line in story.checked.stdout.splitlines() if line.startswith("::error")]
    assert line.startswith("::error file=site/parks/index.html,line=2,col=1,")
    assert "Not the same in every run" not in story.checked.stderr


def test_what_no_longer_occurs_is_told(story: Story) -> None:
    gone = [line for line in story.checked.stderr.splitlines() if line.startswith("No longer found")]
    assert gone == [f'No longer found: {LISTED} <img src="map.svg" width="9" height="9"> on /town/parks/index.html']


def test_files_are_written_beside_what_is_printed(story: Story, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = next(tmp_path_factory.getbasetemp().glob("ci*/out"))
    log = json.loads((out / "curbcut.sarif").read_text())
    standing = [r["properties"]["standing"] for r in log["runs"][0]["results"] if r["ruleId"] == LISTED]
    assert sorted(standing) == ["accepted", "accepted", "new"]
    pages = [json.loads(line)["url"] for line in (out / "pages.jsonl").read_text().splitlines()]
    assert pages == ["site/index.html", "site/parks/index.html"]


def test_an_update_takes_out_what_is_gone_and_keeps_reasons(story: Story) -> None:
    assert story.updated.exit_code == 0, story.updated.output
    entries = yaml.safe_load(story.second)["findings"]
    assert [entry["reason"] for entry in entries if entry["element"] == LOGO] == ["old template"]
    assert {e["element"] for e in entries if e["expires"] == "never"} == {'<img src="new.svg" width="9">'}
    assert "map.svg" not in story.second
    assert (story.again.exit_code, "| Barriers | 0 | 0 |" in story.again.stdout) == (0, True), story.again.output


def test_what_three_runs_do_not_agree_on_is_told(tmp_path: Path) -> None:
    """The server has a barrier at its first answer only, and another one always."""
    asked = itertools.count()

    def respond(request: Request) -> Answer | None:
        if request.path != "/":
            return None
        once = '<img src="once.svg" width="9" height="9">' if next(asked) == 0 else ""
        return Answer(body=page("Start page", LOGO + once).encode(), media_type="text/html; charset=utf-8")

    with serve_folder(tmp_path, respond=respond) as origin:
        done = curbcut("check", f"{origin}/", "--quick", "--only", "wcag", "--repeat", "3")
    assert next(asked) == 3, "one look a run"
    told = [line for line in done.stderr.splitlines() if " runs" in line]
    assert len(told) == 1, done.stderr
    assert "axe/image-alt failed" in told[0]
    assert "in 1 of 3 runs" in told[0]
