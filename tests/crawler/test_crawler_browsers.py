from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path

import playwright
import pytest

from crawler import browsers
from crawler.browsers import Browser, BrowserNotFoundError
from crawler.errors import BrowserUnusableError


def program(path: Path, says: str, code: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{says}'\nexit {code}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no browser at all: programs put in `bin` and `playwright` are all it has."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    only_names = tuple(name for name in browsers._SYSTEM_PROGRAMS if "/" not in name)
    monkeypatch.setattr(browsers, "_SYSTEM_PROGRAMS", only_names)
    monkeypatch.setattr(browsers, "_CHROMEDRIVERS", ("chromedriver",))
    return tmp_path


def playwright_shell(machine: Path, *, whole: bool = True) -> Path:
    listed = Path(playwright.__file__).parent / "driver" / "package" / "browsers.json"
    entries = json.loads(listed.read_text(encoding="utf-8"))["browsers"]
    revision = next(entry["revision"] for entry in entries if entry["name"] == "chromium-headless-shell")
    folder = machine / "playwright" / f"chromium_headless_shell-{revision}"
    path = program(folder / "chrome-headless-shell-linux64" / "chrome-headless-shell", "Chromium 159.0.1.2")
    if whole:
        (folder / "INSTALLATION_COMPLETE").touch()
    return path


def test_playwrights_own_comes_first(machine: Path) -> None:
    program(machine / "bin" / "chromium-headless-shell", "Chromium 156.0.8078.79")
    own = playwright_shell(machine)
    assert browsers.find_browser() == Browser(own, "Chromium", "159.0.1.2", headless_shell=True)


def test_a_download_that_was_cut_off_is_passed_over(machine: Path) -> None:
    playwright_shell(machine, whole=False)
    system = program(machine / "bin" / "chromium", "Chromium 156.0.8078.79 built on Debian GNU/Linux")
    assert browsers.find_browser() == Browser(system, "Chromium", "156.0.8078.79", headless_shell=False)


def test_headless_shell_comes_before_the_full_browsers(machine: Path) -> None:
    for name in ("chromium", "google-chrome", "chromium-headless-shell"):
        program(machine / "bin" / name, "Chromium 156.0.8078.79")
    assert browsers.find_browser().path.name == "chromium-headless-shell"


def test_a_pointer_to_a_snap_is_passed_over(machine: Path) -> None:
    program(machine / "bin" / "chromium-browser", "Command requires the chromium snap to be installed.", code=1)
    program(machine / "bin" / "microsoft-edge", "Microsoft Edge 150.0.1.1 ")
    found = browsers.find_browser()
    assert (found.name, found.version) == ("Microsoft Edge", "150.0.1.1")


def test_the_named_path_beats_all_others(machine: Path) -> None:
    playwright_shell(machine)
    named = program(machine / "my-chrome", "Google Chrome for Testing 148.0.7.7")
    assert browsers.find_browser(named) == Browser(
        named, "Google Chrome for Testing", "148.0.7.7", headless_shell=False
    )


def test_a_named_path_that_does_not_work_is_never_replaced(machine: Path) -> None:
    playwright_shell(machine)
    for path in (machine / "nothing-here", program(machine / "cat", "meow")):
        with pytest.raises(BrowserNotFoundError, match="is not a browser that starts"):
            browsers.find_browser(path)


def test_without_any_browser_the_message_says_what_to_run(machine: Path) -> None:
    with pytest.raises(BrowserUnusableError, match=r"No browser was found\. Run bin/setup, or: .*install"):
        browsers.find_browser()


def test_chromedriver_must_be_of_the_browsers_version(machine: Path) -> None:
    program(machine / "bin" / "chromedriver", "ChromeDriver 156.0.8078.79 (a21ce95c)")
    same = Browser(Path("b"), "Chromium", "156.0.1.1", headless_shell=False)
    other = Browser(Path("b"), "Chromium", "159.0.1.1", headless_shell=False)
    assert browsers.find_chromedriver(same).version == "156.0.8078.79"
    with pytest.raises(BrowserNotFoundError, match=r"is for version 156, but .* 159"):
        browsers.find_chromedriver(other)


def test_selenium_takes_the_browser_that_its_driver_drives(machine: Path) -> None:
    playwright_shell(machine)
    program(machine / "bin" / "chromedriver", "ChromeDriver 156.0.8078.79 (a21ce95c)")
    system = program(machine / "bin" / "chromium", "Chromium 156.0.8078.79")
    browser, driver = browsers.find_selenium_pair()
    assert (browser.path, driver.path) == (system, machine / "bin" / "chromedriver")


def test_without_chromedriver_the_message_names_the_package(machine: Path) -> None:
    with pytest.raises(BrowserNotFoundError, match="apt-get install chromium-driver"):
        browsers.find_chromedriver()


def test_root_gets_no_sandbox_and_others_keep_it(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(program(machine / "good", "42"), "Chromium", "1.0", headless_shell=True)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    browsers.can_use_sandbox.cache_clear()
    assert "--no-sandbox" in browsers.launch_arguments(browser)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    browsers.can_use_sandbox.cache_clear()
    assert "--no-sandbox" not in browsers.launch_arguments(browser)
    browsers.can_use_sandbox.cache_clear()


def test_a_system_that_forbids_the_sandbox_is_noticed(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = machine / "fussy"
    path.write_text(
        '#!/bin/sh\ncase "$*" in *--no-sandbox*) echo 42;; *) echo "No usable sandbox!" >&2; exit 1;; esac\n'
    )
    path.chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    browser = Browser(path, "Chromium", "1.0", headless_shell=True)
    browsers.can_use_sandbox.cache_clear()
    assert browsers.why_unusable(browser, ()) == "It ended with code 1: No usable sandbox!"
    assert "--no-sandbox" in browsers.launch_arguments(browser)
    browsers.can_use_sandbox.cache_clear()


def test_small_shared_memory_is_worked_around(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(program(machine / "good", "42"), "Chromium", "1.0", headless_shell=True)
    monkeypatch.setattr(browsers, "has_enough_shared_memory", lambda: False)
    assert "--disable-dev-shm-usage" in browsers.launch_arguments(browser)
    monkeypatch.setattr(browsers, "has_enough_shared_memory", lambda: True)
    assert "--disable-dev-shm-usage" not in browsers.launch_arguments(browser)


def test_every_flag_has_a_reason_and_stands_once() -> None:
    flags = [flag for flag, _why in browsers._FLAGS]
    assert len(flags) == len(set(flags))
    assert all(flag.startswith("--") and len(why) > 10 for flag, why in browsers._FLAGS)
    # Playwright sets its own lists with these two, and Chromium takes only the last one that it is given.
    assert not [flag for flag in flags if flag.startswith(("--disable-features", "--enable-features"))]


@pytest.mark.browser
def test_the_browser_of_this_machine_renders_a_page() -> None:
    browser = browsers.find_browser()
    assert browsers.why_unusable(browser) == ""
    assert shutil.which(str(browser.path))
