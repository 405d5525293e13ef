"""The examples of docs/ci.md work, and what it says of options is so."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from pre_commit.clientlib import load_manifest

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


def read_yaml(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_the_action_hands_its_inputs_over_and_fails_as_the_check_does(tmp_path: Path) -> None:
    action = read_yaml("action.yml")
    [used] = [
        s for s in yaml.safe_load(example("github"))["jobs"]["curbcut"]["steps"] if "curbcut" in s.get("uses", "")
    ]
    assert set(used["with"]) <= set(action["inputs"])
    given = {name: each.get("default", "") for name, each in action["inputs"].items()} | used["with"]
    step = action["runs"]["steps"][1]
    inputs = {
        key: given[re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", value)[1]]  # type: ignore[index]
        for key, value in step["env"].items()
    }
    program = tmp_path / ".venv" / "bin" / "curbcut"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$GITHUB_ACTION_PATH/said"\nexit 1\n')
    program.chmod(0o755)
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]],
        env={"PATH": os.environ["PATH"], "GITHUB_ACTION_PATH": str(tmp_path), **inputs,
             "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"), "TARGETS": "$(touch pwned)\n_site\n"},
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    said = (tmp_path / "said").read_text().splitlines()
    assert said[:5] == ["check", "--quick", "--changed-since=origin/main", "--baseline", "curbcut-baseline.yaml"]
    assert said[-3:] == ["--", "$(touch pwned)", "_site"]
    assert not (tmp_path / "pwned").exists()
    options = CliRunner().invoke(main, ["check", "--help"]).stdout
    assert [flag for flag in said if flag.startswith("--") and flag.partition("=")[0] not in options] == []


def test_the_gitlab_template_runs_commands_that_exist() -> None:
    template, own = read_yaml("templates/curbcut.gitlab-ci.yml"), yaml.safe_load(example("gitlab"))
    assert set(own["variables"]) <= set(template["variables"])
    job = template["curbcut"]
    assert set(job["needs"]) <= set(own)
    [line] = job["script"]
    options = CliRunner().invoke(main, ["check", "--help"]).stdout
    for values in (template["variables"], own["variables"]):
        words = shlex.split(line.replace("$CHECK_OPTIONS", values["CHECK_OPTIONS"]))
        assert [w for w in words if w.startswith("--") and w not in options] == []
    files = {word.partition("=")[2] for word in shlex.split(line) if "=" in word}
    assert files == {*job["artifacts"]["paths"], *job["artifacts"]["reports"].values()}


def test_the_hook_of_the_example_finds_words_in_staged_files(tmp_path: Path) -> None:
    [hook] = load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    [repository] = yaml.safe_load(example("pre-commit"))["repos"]
    assert [each["id"] for each in repository["hooks"]] == [hook["id"]]
    (tmp_path / "draft.md").write_text("# Bins\n\nWe do this in order to help you and your family at home.\n")
    (tmp_path / "good.html").write_text("<html lang=en><title>Bins</title><p>Put your bin out by seven.</p>")
    program, *arguments = shlex.split(hook["entry"])
    assert program == "curbcut"
    assert CliRunner().invoke(main, [*arguments, str(tmp_path / "draft.md")]).exit_code == 1
    assert CliRunner().invoke(main, [*arguments, str(tmp_path / "good.html")]).exit_code == 0


def test_the_image_runs_as_an_ordinary_user_with_files_that_exist() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    steps = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    users = [rest for word, rest in steps if word == "USER"]
    assert users == ["1000:1000"]  # by number, as Kubernetes cannot tell that a name is not root's
    assert [word for word, _ in steps][-2:] == ["ENTRYPOINT", "CMD"]
    assert not any("--no-sandbox" in rest for _, rest in steps)
    for path in re.findall(r"/opt/curbcut/([\w./-]+)", "\n".join(rest for word, rest in steps if word == "RUN")):
        assert (ROOT / path).exists()
