"""The commands of docs/monitoring.md do what the page says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main

PAGE = (Path(__file__).parents[2] / "docs" / "monitoring.md").read_text(encoding="utf-8")


def test_the_commands_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CURBCUT_DATABASE", raising=False)
    [register] = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    Path("register.csv").write_text(register, encoding="utf-8")
    calls = re.findall(r"^\$ curbcut (.*)\n((?:(?!\$|```).*\n)*)", PAGE, re.MULTILINE)
    assert len(calls) == 4
    for arguments, output in calls:
        done = CliRunner().invoke(main, shlex.split(arguments))
        assert done.exit_code == 0, done.output
        assert not output or done.stdout == output
    assert all((tmp_path / f"sample.{ending}").stat().st_size for ending in ("ods", "csv", "json"))
