"""`curbcut style` as people run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from scan.folder_server import serve_folder

PROGRAM = Path(sys.executable).with_name("curbcut")
DRAFT = """---
title: Parking
---
# Pay the fee

In order to pay, utilise the form.

Read [here](x.html) how.
"""

Done = subprocess.CompletedProcess[str]
Style = Callable[..., Done]


@pytest.fixture
def style(tmp_path: Path) -> Style:
    (tmp_path / "draft.md").write_text(DRAFT, "utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CURBCUT_")}

    def run(*arguments: str, text: str = "") -> Done:
        return subprocess.run(
            [PROGRAM, "style", *arguments],
            input=text, capture_output=True, text=True, timeout=60, cwd=tmp_path, env=environment, check=False,
        )  # fmt: skip

    return run


def test_text_names_place_words_reason_better_word_and_link(style: Style) -> None:
    done = style("draft.md")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == (
        "draft.md:6:1: suggestion: “In order to” is longer than it need be. Write “to”. [plain/wordy-phrase]"
    )
    assert lines[1].strip() == "In order to pay, utilise the form."
    assert lines[2].strip().startswith("https://")
    assert any(line.startswith("draft.md:8:7: error: The link “here”") for line in lines)
    assert "draft.md: 1 error, 2 suggestions." in lines
    assert "a score needs at least 100" in done.stdout
    assert "\x1b" not in done.stdout


def test_standard_input_and_threshold(style: Style) -> None:
    done = style("-", "--max-findings", "0", text="We do this prior to May.")
    assert done.returncode == 1
    assert done.stdout.startswith("standard input:1:12: ")
    assert style("-", "--max-findings", "1", text="We do this prior to May.").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Name at least one text"),
        (("nothing.md",), "There is no file or folder nothing.md"),
        (("draft.md", "--yes"), "add --fix"),
        (("draft.md", "--guide", "gvuk"), "There is no style guide called “gvuk”"),
        (("--explain", "plain/wordy-frase"), "Did you mean plain/wordy-phrase?"),
    ],
)
def test_bad_usage_says_what_to_do(style: Style, arguments: tuple[str, ...], says: str) -> None:
    done = style(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == ""


def test_a_file_that_is_no_text_is_said_and_the_rest_goes_on(style: Style, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.7 \0\0")
    done = style("a.txt", "draft.md", "--format", "jsonl")
    assert done.returncode == 0
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["status"], first["reason"]) == ("not_checked", "unreadable")
    assert "is a PDF" in first["detail"]
    assert second["status"] == "checked"
    assert style("a.txt").returncode == 2


def test_json_lines_keep_the_contract(style: Style) -> None:
    [record] = (json.loads(line) for line in style("draft.md", "--format", "jsonl").stdout.splitlines())
    contract = {"url", "final_url", "status", "reason", "http_status", "title", "lang", "findings", "text"}
    assert contract <= set(record)
    assert (record["title"], record["lang"]) == ("Parking", "en")
    assert {
        *("rule", "engine", "outcome", "wcag", "impact", "message", "target", "snippet", "fingerprint", "help_url")
    } <= set(record["findings"][0])
    assert (record["findings"][0]["line"], record["findings"][0]["column"]) == (6, 1)


def test_sarif_has_the_structure_of_2_1_0(style: Style) -> None:
    log = json.loads(style("draft.md", "--format", "sarif").stdout)
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    driver = run["tool"]["driver"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert driver["name"] == "Curbcut"
    assert len(ids) == len(set(ids)) > 0
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"])
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    assert len(run["results"]) == 3
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        [location] = result["locations"]
        physical = location["physicalLocation"]
        assert physical["artifactLocation"] == {"uri": "draft.md"}
        region = physical["region"]
        assert 1 <= region["startLine"] <= region["endLine"]
        assert 1 <= region["startColumn"] < region["endColumn"]
        assert result["partialFingerprints"]["curbcut/v1"]


def test_junit_is_well_formed_and_counts(style: Style) -> None:
    root = ET.fromstring(style("draft.md", "--format", "junit").stdout.encode())  # noqa: S314 # made by us
    [suite] = root.iter("testsuite")
    cases = list(suite.iter("testcase"))
    assert int(suite.attrib["tests"]) == len(cases) == 3
    assert int(suite.attrib["failures"]) == len(list(suite.iter("failure"))) == 3


def test_github_annotations(style: Style) -> None:
    lines = style("draft.md", "--format", "github").stdout.splitlines()
    assert lines[0].startswith(
        "::notice file=draft.md,line=6,col=1,endLine=6,endColumn=12,title=plain/wordy-phrase::“In order to”"
    )
    assert lines[2].startswith("::error file=draft.md,line=8,")


def test_fix_shows_a_difference_asks_and_changes_only_what_is_sure(style: Style, tmp_path: Path) -> None:
    file = tmp_path / "draft.md"
    file.write_bytes(
        b"Text.\r\n\r\nIn order to *in order* to pay, UTILISE an\r\nadditional form. Utilising it prior to May.\r\n"
    )
    shown = style("draft.md", "--fix", text="n\n")
    assert "-In order to *in order* to pay, UTILISE an" in shown.stdout
    assert "+To *in order* to pay, UTILISE an" in shown.stdout
    assert b"In order to" in file.read_bytes()
    done = style("draft.md", "--fix", "--yes")
    assert done.returncode == 0
    assert "3 changed." in done.stderr
    assert file.read_bytes() == (
        b"Text.\r\n\r\nTo *in order* to pay, UTILISE an\r\nadditional form. Using it before May.\r\n"
    )
    assert "nothing can be mended" in style("draft.md", "--fix", "--yes").stderr


def test_fix_leaves_other_encodings_alone(style: Style, tmp_path: Path) -> None:
    data = "Gebühr prior to May.".encode("cp1252")
    (tmp_path / "old.txt").write_bytes(data)
    assert "save it as UTF-8" in style("old.txt", "--fix", "--yes").stderr
    assert (tmp_path / "old.txt").read_bytes() == data


def test_explain(style: Style) -> None:
    done = style("--explain", "wordy-phrase")
    assert done.returncode == 0
    assert done.stdout.startswith("plain/wordy-phrase: ")
    assert "Found in: <p>" in done.stdout
    assert "Source: " in done.stdout


def test_configuration_file(style: Style, tmp_path: Path) -> None:
    (tmp_path / "curbcut.toml").write_text('guide = "govuk"\nmax_findings = 0\n')
    done = style("-", "--format", "json", text="Hurry up now!")
    assert json.loads(done.stdout)["guide"] == "govuk"
    assert done.returncode == 1


def test_a_folder_lists_boilerplate_once(style: Style, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    page = "<html lang=en><title>{0}</title><footer><a href=x>click here</a></footer><main><p>Page {0}.</p></main>"
    for name in ("a", "b", "c"):
        (folder / f"{name}.html").write_text(page.format(name))
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "d.html").write_text(page.format("d"))
    records = [json.loads(line) for line in style("site", "--format", "jsonl").stdout.splitlines()]
    assert [len(record["findings"]) for record in records] == [1, 0, 0]
    assert "stand in an earlier text" in records[1]["notes"][0]


def test_texts_of_one_call_are_compared_and_each_place_is_named(style: Style, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Parking\n---\n\nSend an e-mail. Pay for parking.\n", "utf-8")
    (tmp_path / "b.md").write_text("---\ntitle: Parking\n---\n\nEmail us. Send an email.\n", "utf-8")
    _, across = style("a.md", "b.md").stdout.split("Across these texts:\n")
    heads = [line.split(":", 3)[:3] for line in across.splitlines() if not line.startswith(" ")]
    assert heads == [["a.md", "2", "8"], ["a.md", "5", "9"], ["b.md", "2", "8"]]
    records = [json.loads(line) for line in style("a.md", "b.md", "--format", "jsonl").stdout.splitlines()]
    found = {(record["url"], f["rule"], f["words"]) for record in records for f in record["findings"]}
    assert found == {
        ("a.md", "plain/same-title", "Parking"),
        ("a.md", "plain/two-spellings", "e-mail"),
        ("b.md", "plain/same-title", "Parking"),
    }
    assert "same-title" not in style("a.md").stdout


def test_an_address_is_fetched_without_a_browser(style: Style, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("<html lang=en><title>T</title><p>We do this prior to May.</p>")
    with serve_folder(folder) as origin:
        done = style(f"{origin}/", f"{origin}/none.html")
    assert f"{origin}/:1:" in done.stdout
    assert "answered with status 404" in done.stdout


def test_hostile_text_does_not_act_in_the_terminal(style: Style) -> None:
    done = style("-", text="We \x1b]0;title\x07 do this prior to \x1b[31mMay\u202e now.")
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_starting_imports_nothing_slow(tmp_path: Path) -> None:
    """Half a second to the first output is kept by what is not imported, which does not depend on the machine."""
    slow = "pydantic scrapy twisted playwright selenium sqlalchemy textstat jinja2 mammoth rich urllib.request "
    slow += "soupsieve.css_parser charset_normalizer.api py3langid numpy nltk.corpus"
    code = f"""
import io, sys
from cli.main import main
sys.stdin = io.TextIOWrapper(io.BytesIO(b"We do this prior to May."))
first = []
class Out(io.StringIO):
    def write(self, text):
        first.extend(m for m in {slow.split()!r} if m in sys.modules and text.strip() and not self.getvalue())
        return super().write(text)
sys.stdout = Out()
try:
    main(["style", "-"])
except SystemExit:
    pass
print(first, sys.stdout.getvalue()[:20], file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True, cwd=tmp_path
    )
    assert done.stderr.strip() == "[] standard input:1:12:"
