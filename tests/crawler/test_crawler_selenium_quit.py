"""A browser that ChromeDriver leaves running is ended all the same."""

from __future__ import annotations

import subprocess
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from crawler.render import selenium

SCRIPT = "sh -c 'sleep 300; true' & wait"
"""As Debian starts its browser: a script, and the browser as its child."""


@pytest.fixture
def started() -> Any:
    process = subprocess.Popen(["/bin/sh", "-c", SCRIPT])
    yield process
    for child in psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []:
        child.kill()
    process.kill()
    process.wait()


def test_the_browser_ends_though_its_driver_ends_only_the_script(
    started: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selenium, "ENDED_S", 0.1)
    family = psutil.Process(started.pid)
    while not (browsers := family.children(recursive=True)):
        assert started.poll() is None
    driver: Any = SimpleNamespace(service=SimpleNamespace(process=started), quit=started.kill)
    selenium._quit(driver)
    _, alive = psutil.wait_procs(browsers, timeout=30)
    assert alive == []


def test_a_session_on_a_grid_has_no_process_here() -> None:
    ended = []
    driver: Any = SimpleNamespace(quit=lambda: ended.append(True))
    selenium._quit(driver)
    assert ended == [True]
