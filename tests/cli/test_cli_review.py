"""`curbcut review`: questions are listed, answered, taken back, and stay answered in the next scan."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from sqlalchemy import Connection

from checks.model import Finding, Judgement, Outcome, Page, RuleInfo
from cli.main import main
from scan.run import DATABASE
from store import verdicts
from store.database import open_database
from store.ledger import Found, Ledger, Verdict
from store.results import Picture, end_scan, save_page, start_scan
from store.schema import ScanState, State

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    add_scan(tmp_path)
    return tmp_path


def add_scan(folder: Path) -> int:
    """Write a scan with one question on two pages and one barrier."""
    engine = open_database(folder / DATABASE)
    info = RuleInfo("curbcut/reflow", "curbcut", "rendered", "Content fits", wcag=("1.4.10",))
    scan_id = start_scan(
        engine, start_urls=["https://elm.example/"], settings={}, versions={}, profile="wcag22-aa", rules=[info]
    )
    ledger = Ledger(engine, scan_id)
    ledger.add([Found(f"https://elm.example/{n}", "page", "start") for n in range(2)])
    for lease in ledger.lease(2):
        page = Page(lease.url, lease.url, "<html></html>", title="A page")
        question = Finding(
            info.id, "curbcut", Outcome.CANT_TELL, lease.url, "Is this table wide?", wcag=("1.4.10",),
            fingerprint="f" * 16, component="c" * 16, state="behind the banner",
            arguments={"keys": "Tab, Tab, Escape", "what": "table wide"},
        )  # fmt: skip
        judgement = Judgement((question,), {info.id: Outcome.CANT_TELL})
        ledger.finish(
            lease,
            Verdict(State.CHECKED),
            evidence=partial(_save, scan_id, page, judgement),
        )
    end_scan(engine, scan_id, ScanState.COMPLETE, elapsed_s=1)
    verdicts.apply(engine, scan_id)
    engine.dispose()
    return scan_id


def _save(scan_id: int, page: Page, judgement: Judgement, connection: Connection, url_id: int) -> None:
    picture = Picture(judgement.findings[0], "image/png", 2, 1, PNG)
    save_page(connection, scan_id, url_id, page, judgement, content_hash="x", pictures=[picture])


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["review", str(folder), *arguments])


def findings(folder: Path) -> dict[str, int]:
    done = CliRunner().invoke(main, ["report", str(folder), "--format", "json"])
    report = json.loads(done.stdout)
    return {key: report["totals"]["findings"][key] for key in ("n_failed", "n_cant_tell")}


def first_question(folder: Path) -> str:
    return run(folder).stdout.splitlines()[1].split()[0]


def test_questions_are_listed_by_criterion_with_their_evidence(folder: Path) -> None:
    listed = run(folder).stdout
    assert listed.startswith("WCAG 1.4.10\n")
    assert "Is this table wide?" in listed
    assert "on 2 pages" in listed
    assert run(folder, "--criterion", "1.1.1").stdout == ""
    assert "keys: Tab, Tab, Escape\n" in listed
    assert "what: table wide" not in listed  # the message says it
    assert "state: behind the banner\n" in listed
    (shown,) = [line.partition("picture: ")[2] for line in listed.splitlines() if "picture: " in line]
    assert Path(shown).parent == folder / "images"
    assert Path(shown).read_bytes() == PNG


def test_the_pictures_of_the_report_are_shown_where_there_is_one(folder: Path) -> None:
    done = CliRunner().invoke(main, ["report", str(folder), "--format", "html"])
    assert done.exit_code == 0, done.output
    (shown,) = [line.partition("picture: ")[2] for line in run(folder).stdout.splitlines() if "picture: " in line]
    assert Path(shown).parent == folder / "report" / "images"
    assert not (folder / "images").exists()
    soup = BeautifulSoup((folder / "report" / "questions.html").read_text("utf-8"), "lxml")
    (image,) = soup.select("td img, th img")
    assert (image["src"], image["alt"]) == (
        f"images/{Path(shown).name}",
        "Screenshot of what was seen during a closer look.",
    )


@pytest.mark.parametrize(
    ("answer", "left"),
    [("passed", (0, 0)), ("failed", (2, 0)), ("not-applicable", (0, 0))],
)
def test_an_answer_settles_every_place_of_a_question(folder: Path, answer: str, left: tuple[int, int]) -> None:
    done = run(folder, "--question", first_question(folder), "--answer", answer, "--name", "Ada", "--note", "Seen")
    assert done.exit_code == 0, done.output
    assert tuple(findings(folder).values()) == left
    assert run(folder).stdout == ""


def test_an_answer_holds_in_the_next_scan_and_can_be_taken_back(folder: Path) -> None:
    run(folder, "--question", first_question(folder), "--answer", "passed", "--name", "Ada")
    add_scan(folder)
    assert findings(folder) == {"n_failed": 0, "n_cant_tell": 0}
    assert run(folder, "--undo").exit_code == 0
    assert findings(folder) == {"n_failed": 0, "n_cant_tell": 2}


def test_answers_come_along_from_another_folder(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    run(folder, "--question", first_question(folder), "--answer", "failed", "--name", "Ada")
    other = tmp_path_factory.mktemp("other")
    add_scan(other)
    assert run(other, "--from", str(folder)).exit_code == 0
    assert findings(other) == {"n_failed": 2, "n_cant_tell": 0}


def test_answers_to_an_earlier_scan_beside_it_are_offered(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for each in (old, new):
        each.mkdir()
        add_scan(each)
    (tmp_path / "no scan").mkdir()
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / DATABASE).write_bytes(b"no database")
    assert run(new).stderr == ""
    run(old, "--question", first_question(old), "--answer", "passed", "--name", "Ada")
    assert f"has 1 answer. Bring them: curbcut review {new} --from {old}" in run(new).stderr
    assert run(new, "--from", str(old)).exit_code == 0
    assert run(new).stderr == "No question is open.\n"


@pytest.mark.parametrize(
    "arguments",
    [["--answer", "passed"], ["--answer", "passed", "--question", "zzz"], ["--undo"], ["--from", "nowhere"]],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(folder: Path, arguments: list[str]) -> None:
    done = run(folder, *arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("curbcut: ")
    assert findings(folder) == {"n_failed": 0, "n_cant_tell": 2}
