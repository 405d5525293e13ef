"""README.md is true: its links lead somewhere, its commands and example work. (tests/demo holds its summary true.)"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cli.main import COMMANDS, main
from docs import readme
from docs.parts import ROOT
from scan.settings import load
from store.schema import metadata

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
TOP = click.Context(main)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")
COMMAND = re.compile(r"\.venv/bin/curbcut (\w+)(.*)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    missing = [to for to in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / to).exists()]
    assert missing == []


def test_commands_and_flags_in_the_readme_exist() -> None:
    named = COMMAND.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(named) > 3
    for name, rest in named:
        assert name in COMMANDS
        below = [rest.split()[0]] if isinstance(main.get_command(TOP, name), click.Group) else []
        text = CliRunner().invoke(main, [name, *below, "--help"]).stdout
        for flag in re.findall(r"--[\w-]+", rest):
            assert flag in text


def test_the_example_configuration_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    example = text.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "curbcut.toml").write_text(example)
    monkeypatch.chdir(tmp_path)
    settings = load({})
    expected = tomllib.loads(example)
    assert len(expected) > 5
    for key, value in expected.items():
        assert getattr(settings, key) == (tuple(value) if isinstance(value, list) else value)


def test_every_table_and_column_has_a_meaning() -> None:
    assert [t.name for t in metadata.tables.values() if not t.info.get("doc")] == []
    assert [f"{t.name}.{c.name}" for t in metadata.tables.values() for c in t.columns if not c.doc] == []


@pytest.mark.parametrize("name", ["monitoring", "content", pytest.param("web-team", marks=pytest.mark.browser)])
def test_each_kind_of_people_has_a_first_command_with_its_real_output(name: str) -> None:
    assert readme.shown(name) == readme.example(name), "Run: python -m docs.readme"
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition(f"<!-- generated: {name} -->")[0]
    assert section.rstrip().rpartition("\n")[2].startswith("## If you "), "the command stands on top"


def test_the_summary_is_shortened_honestly() -> None:
    output = "1 pages checked\nAddresses\n  Together 1\n\nMend\n  1. A\n     x\n  2. B\n  3. C\n     y\n\nReport: r\n"
    assert readme.shortened(output) == "Addresses\n  Together 1\n\nMend\n  1. A\n     x\n  2. B\n  [...]\n\nReport: r"
