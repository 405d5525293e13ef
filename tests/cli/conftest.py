"""Runs the program as a person does, and builds a small site with a barrier on each page and hostile titles."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scan.folder_server import serve_folder

PROGRAM = Path(sys.executable).with_name("curbcut")
TIMEOUT_S = 120
ESCAPE = "\x1b[31m"
FORMULA_TITLE = f"=HYPERLINK(1){ESCAPE}Evil"
LINKS = ("about.html", "bins.html", "parks.html", "tax.html")

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


def page(title: str, body: str) -> str:
    return f'<!doctype html><html lang="en"><title>{title}</title><main><h1>Town</h1>{body}</main></html>'


def build(folder: Path) -> Path:
    """Write five pages: each has an image without a text alternative and a wordy phrase."""
    folder.mkdir()
    barrier = '<img src="x.svg" width="9" height="9"><p>We do this in order to help you and your family at home.</p>'
    links = "".join(f'<a href="{name}">Page {number}</a> ' for number, name in enumerate(LINKS))
    (folder / "index.html").write_text(page("Start", barrier + links))
    for name in LINKS:
        (folder / name).write_text(page(FORMULA_TITLE if name == "about.html" else name, barrier))
    (folder / "x.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("built") / "site")


@pytest.fixture(scope="module")
def origin(site: Path) -> Iterator[str]:
    with serve_folder(site) as served:
        yield served


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the program is run: no configuration file is near."""
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="module")
def run(folder: Path) -> Run:
    """Return what runs the program with arguments, in `folder`, with no setting in the environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CURBCUT_")}

    def run_program(*arguments: str | Path, stdin: str = "", **variables: str) -> Done:
        return subprocess.run(
            [PROGRAM, *arguments],
            cwd=folder,
            env=clean | variables,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT_S,
            check=False,
        )

    return run_program
