"""The shell scripts, the locks and the import contract: what a fresh checkout stands on."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ("bin/setup", "bin/scan", "bin/test", ".ci/run")
LOCKS = ("requirements.lock", "requirements-dev.lock")
PACKAGES = ("checks", "cli", "crawler", "demo", "language", "reports", "scan", "store", "styleguide")


def locked(lock: str) -> dict[str, set[str]]:
    pins: dict[str, set[str]] = {}
    for name, version in re.findall(
        r"^([A-Za-z0-9][\w.-]*)==([^\s;]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE
    ):
        pins.setdefault(canonicalize_name(name), set()).add(version)
    return pins


def declared(*, dev: bool) -> list[Requirement]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = settings["project"]["dependencies"] + (settings["dependency-groups"]["dev"] if dev else [])
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_are_executable_and_strict(script: str) -> None:
    path = ROOT / script
    assert path.stat().st_mode & 0o111
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines


def test_shellcheck_is_silent() -> None:
    shellcheck = shutil.which("shellcheck", path=str(Path(sys.executable).parent)) or shutil.which("shellcheck")
    if shellcheck is None:
        pytest.skip("shellcheck is not installed")
    done = subprocess.run([shellcheck, *SCRIPTS], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == ""
    assert done.returncode == 0


def test_setup_refuses_words_it_does_not_know(tmp_path: Path) -> None:
    done = subprocess.run([ROOT / "bin/setup", "--all"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Usage: bin/setup" in done.stderr


def test_setup_names_the_python_it_needs(tmp_path: Path) -> None:
    """In a copy without .venv, with no Python that is new enough, nothing is made and the message says what to do."""
    (tmp_path / "bin").mkdir()
    for name in ("bin/setup", *LOCKS, "pyproject.toml"):
        shutil.copy2(ROOT / name, tmp_path / name)
    done = subprocess.run(
        [tmp_path / "bin/setup"],
        env={"PATH": "/usr/bin:/bin", "PYTHON": "no-such-python"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Python 3.11 or newer" in done.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize(("lock", "dev"), [("requirements.lock", False), ("requirements-dev.lock", True)])
def test_locks_are_in_step_with_the_project(lock: str, *, dev: bool) -> None:
    pins = locked(lock)
    for requirement in declared(dev=dev):
        versions = pins.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not in {lock}: run make lock"
        assert any(requirement.specifier.contains(version, prereleases=True) for version in versions), requirement


def test_the_development_lock_holds_all_of_the_other() -> None:
    development = locked("requirements-dev.lock")
    for name, versions in locked("requirements.lock").items():
        assert versions <= development.get(name, set()), name


def test_run_time_lock_is_free_of_tools() -> None:
    names = set(locked("requirements.lock"))  # pytest is among them: axe-selenium-python asks for it
    assert not names & {"mypy", "ruff", "pre-commit", "uv"}


def test_setuptools_is_locked() -> None:
    """bin/setup builds the editable install with it, so that nothing unlocked is fetched."""
    for lock in LOCKS:
        assert "setuptools" in locked(lock)


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)[1:]
    assert len(entries) > 50
    assert all("--hash=sha256:" in entry for entry in entries)


def test_no_file_names_a_registry_or_this_machine() -> None:
    """Checked in every file that git knows; the words are put together here so that this file is clean too."""
    words = ["files.python" + "hosted", "py" + "pi.org", "registry.npm" + "js", "/opt/" + "pypi", "/work/" + "main"]
    words += ["/work/" + "shared", "/work/" + ".library", "/root/" + ".pyenv"]
    pattern = re.compile("|".join(map(re.escape, words)).encode())
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    if not names:
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in names.split("\0") if name]
    guilty = [str(path.relative_to(ROOT)) for path in paths if path.is_file() and pattern.search(path.read_bytes())]
    assert guilty == []


def test_imports_point_one_way() -> None:
    tool = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([tool, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_plain_data_imports_nothing_of_ours() -> None:
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    for module in graph.modules:
        if module == "checks.model" or module.startswith("checks.standards"):
            imported = graph.find_modules_directly_imported_by(module)
            assert all(each == "checks.model" or each.startswith("checks.standards") for each in imported), module


def test_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert re.findall(r"^(\d+)\.", text, re.MULTILINE) == [str(number) for number in range(1, 16)]
    assert "Appendix" in text
    assert text.rstrip().endswith(
        "All other changes or additions to this Appendix require the production of a new EUPL version."
    )
