"""The examples of docs/ci.md work, and what it says of options is so."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import COMMANDS, main
from docs.parts import ROOT
from reports.ci.baseline import read
from reports.ci.formats import FORMATS
from reports.ci.names import FailOn

PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")


def example(name: str) -> str:
    [text] = re.findall(rf"<!-- example: {name} -->\n```\w*\n(.*?)```", PAGE, re.DOTALL)
    return str(text)


def commands(text: str) -> list[list[str]]:
    joined = text.replace("\\\n", " ")
    lines = re.findall(r"^ *(?:- |run: |script: )?(curbcut .*)$", joined, re.MULTILINE)
    return [shlex.split(line, comments=True) for line in lines]


def test_the_commands_and_their_options_exist() -> None:
    named = commands(PAGE)
    assert len(named) >= 5
    for _, name, *rest in named:
        assert name in COMMANDS
        path = [name, rest[0]] if name == "baseline" else [name]
        text = CliRunner().invoke(main, [*path, "--help"]).stdout
        for flag in (word for word in rest if word.startswith("--")):
            assert flag in text, (path, flag)


def test_the_baseline_of_the_page_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(example("baseline"), encoding="utf-8")
    [entry] = read(tmp_path / "b.yaml")
    assert (entry.owner, len(entry.pages), entry.expires is not None) == ("web team", 2, True)


@pytest.mark.parametrize("name", [*FORMATS, *FailOn])
def test_every_format_and_threshold_is_told(name: str) -> None:
    assert re.search(rf"^\| .*`(?:--fail-on )?{name}`", PAGE, re.MULTILINE)
