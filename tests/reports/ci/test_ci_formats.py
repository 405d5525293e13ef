"""Each format for builds is valid for those who read it, keeps kinds and standings apart, and lets no text act."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from reports.ci.formats import FILES, FORMATS
from reports.ci.model import CiPage, CiReport, Tally
from reports.ci.names import FORMAT_NAMES
from reports.ci.sarif import uri

SCHEMA = json.loads((Path(__file__).parents[2] / "data" / "sarif-2.1.0.json").read_text(encoding="utf-8"))


def written(report: CiReport, name: str) -> str:
    stream = io.StringIO()
    FORMATS[name](report, stream)
    return stream.getvalue()


def sarif(report: CiReport) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(written(report, "sarif"))
    jsonschema.validate(log, SCHEMA)
    return log["runs"][0]  # type: ignore[no-any-return]


def test_sarif_is_valid_and_names_places_kinds_and_standings(report: CiReport) -> None:
    run = sarif(report)
    first, unplaced, accepted, question, words, elsewhere = run["results"]
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "site/a%20b.html"},
        "region": {"startLine": 5, "startColumn": 3, "endLine": 5, "endColumn": 20},
    }
    assert unplaced["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert accepted["suppressions"] == [{"kind": "external", "justification": "the old logo"}]
    assert [r["level"] for r in run["results"]] == ["error", "error", "error", "none", "warning", "note"]
    assert (question["kind"], words["kind"]) == ("review", "fail")
    assert elsewhere["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("https://town.example/")
    assert run["invocations"][0]["executionSuccessful"] is False


def test_sarif_fingerprints_are_unique_and_links_are_web_links(report: CiReport) -> None:
    run = sarif(report)
    prints = [r["partialFingerprints"]["curbcut/v1"] for r in run["results"]]
    assert len(set(prints)) == len(prints)
    assert "helpUri" not in run["tool"]["driver"]["rules"][0]
    assert run["results"][0]["ruleIndex"] == 0
    assert "ruleIndex" not in run["results"][3]


def test_sarif_keeps_to_what_a_code_host_takes_and_leaves_out_the_lightest(
    report: CiReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.ci.sarif.MAX_RESULTS", 4)
    run = sarif(report)
    assert [(r["ruleId"], "suppressions" in r) for r in run["results"]] == [
        ("axe/image-alt", False), ("axe/image-alt", False), ("plain/words", False), ("axe/image-alt", False),
    ]  # fmt: skip
    assert run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"].startswith("2 further results")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("https://a.example/100%?q={{%20x%", "https://a.example/100%25?q=%7B%7B%20x%25"),
        ("https://a.example/grüße b", "https://a.example/gr%C3%BC%C3%9Fe%20b"),
        ('https://a.example/"<\u2028', "https://a.example/%22%3C%E2%80%A8"),
    ],
)
def test_sarif_names_every_address_as_a_valid_reference(name: str, expected: str) -> None:
    assert uri(CiPage(name, name, True)) == expected


def test_junit_counts_add_up_and_what_is_accepted_passes(report: CiReport) -> None:
    top = ElementTree.fromstring(written(report, "junit"))  # noqa: S314 - our own text
    for name, path in (("tests", ".//testcase"), ("failures", ".//failure"), ("errors", ".//error")):
        assert int(top.get(name, "")) == len(top.findall(path)) == sum(int(s.get(name, "")) for s in top), name
    assert [s.get("name") for s in top] == ["site/a b.html", "https://town.example/fees?a=1&b=2", "site/broken.html"]
    assert top.find(".//testcase[@name='axe/image-alt']/failure").get("message", "").startswith("2 places")  # type: ignore[union-attr]
    assert top.find(".//testcase[@name='axe/question']/failure") is None


def test_github_gets_the_gravest_first_and_one_command_a_line(report: CiReport) -> None:
    lines = written(report, "github").splitlines()
    assert [re.match(r"::(\w+) ", line)[1] for line in lines] == ["error"] * 3 + ["warning"] * 2 + ["notice"]  # type: ignore[index]
    assert lines[1].startswith(
        "::error file=site/a b.html,line=5,col=3,endLine=5,endColumn=20,title=axe/image-alt::This"
    )
    assert "%0A::error::%250A" in lines[4] or "%0A::error::%250A" in lines[3]


def test_gitlab_lists_what_is_not_accepted(report: CiReport) -> None:
    entries = json.loads(written(report, "gitlab"))
    assert [entry["severity"] for entry in entries] == ["critical", "critical", "info", "minor", "info"]
    assert {tuple(entry) for entry in entries} == {("description", "check_name", "fingerprint", "severity", "location")}
    assert entries[0]["location"] == {"path": "site/a b.html", "lines": {"begin": 5}}
    assert len({entry["fingerprint"] for entry in entries}) == 5


def test_markdown_tells_numbers_places_and_what_is_gone(report: CiReport) -> None:
    text = written(report, "markdown")
    assert "| Barriers | 3 | 0 | 1 |" in text
    assert "`site/a b.html:5`" in text
    assert "`/a`, `/b`, `/c` and 1 more" in text
    assert "1 question is left to people." in text
    assert "### Not the same in every run" in text


def test_no_text_acts_in_markdown(report: CiReport) -> None:
    text = re.sub(r"(`+).*?\1", "", written(report, "markdown"))  # nothing acts in a code span
    assert "@team" not in text
    assert "<b>" not in text
    assert "https://evil" not in text
    assert "\x1b" not in text


def test_markdown_fits_into_a_comment(report: CiReport) -> None:
    [page, *_] = report.pages()
    many = tuple(
        replace(page.findings[0], rule=f"r/{number}", message="x " * 150, snippet="y" * 300) for number in range(500)
    )
    full = CiReport(lambda: iter([replace(page, findings=many)] * 3), {}, "1", Tally(), has_baseline=True)
    text = written(full, "markdown")
    assert len(text) < 65_000
    assert "rules more" in text


@pytest.mark.parametrize("name", FORMATS)
def test_a_check_of_nothing_is_valid_too(name: str) -> None:
    text = written(CiReport(lambda: iter(()), {}, "1", Tally()), name)
    if name == "sarif":
        jsonschema.validate(json.loads(text), SCHEMA)
    elif name == "junit":
        assert ElementTree.fromstring(text).get("tests") == "0"  # noqa: S314
    elif name == "gitlab":
        assert json.loads(text) == []
    assert FILES[name]


def test_settings_know_every_format() -> None:
    assert tuple(FORMATS) == FORMAT_NAMES
