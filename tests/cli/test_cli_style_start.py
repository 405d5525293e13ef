"""`curbcut style` starts quickly: a project file that does not mean us costs nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LOADED = """
import sys
from click.testing import CliRunner
from cli.main import main
result = CliRunner().invoke(main, ["style", "draft.txt"])
print(result.exit_code, "pydantic" in sys.modules, "sqlalchemy" in sys.modules, "scrapy" in sys.modules)
"""


@pytest.mark.parametrize(
    ("project", "read"),
    [("", False), ('[project]\nname = "parks"\n', False), ('[tool.curbcut]\nguide = "18f"\n', True)],
    ids=["none", "another", "ours"],
)
def test_settings_are_loaded_only_where_there_are_some(tmp_path: Path, project: str, read: bool) -> None:
    (tmp_path / "draft.txt").write_text("The office opens at nine.\n", encoding="utf-8")
    if project:
        (tmp_path / "pyproject.toml").write_text(project, encoding="utf-8")
    command = [sys.executable, "-c", LOADED]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", str(read), "False", "False"]
