"""Looks whether everything is here that a scan needs, and names the command that mends what is not."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from checks.engines.axe import source as axe_source
from crawler.browsers import (
    INSTALL_COMMAND,
    SHM_PATH,
    Browser,
    BrowserNotFoundError,
    can_use_sandbox,
    find_browser,
    find_selenium_pair,
    has_enough_shared_memory,
    install_hint,
    launch_arguments,
    running_as_root,
    why_unusable,
)

PYTHON_LEAST = (3, 11)
DISK_LEAST_BYTES = 1024**3  # a scan of 10,000 pages with pictures takes some hundred megabytes
BROWSER_WAIT_MS = 30_000.0
FONT_LIST_WAIT_S = 20.0
NAME_TO_LOOK_UP = "european-union.europa.eu"
# One picture without a text alternative: axe must report exactly that.
PAGE_WITH_BARRIER = '<!doctype html><html lang="en"><title>Doctor</title><main><h1>Doctor</h1><img src="data:,"></main>'
BARRIER_RULE = "image-alt"
RUN_AXE = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map((v) => v.id)"
_REPOSITORY = Path(__file__).resolve().parent.parent
_PINNED = re.compile(r"^(?P<requirement>[A-Za-z0-9][^\\#\n]*==[^\\#\n]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: `found` says what is there, `mend` the command that helps ("" when `ok`).

    `needed` is false for what a scan can do without; such a check that is not `ok` is a note, not a fault.
    """

    name: str
    ok: bool
    found: str
    mend: str = ""
    needed: bool = True


def diagnose(out: Path | None = None, browser_path: Path | None = None) -> tuple[Check, ...]:
    """Look at everything a scan needs, in the order in which a person would mend it; takes some seconds.

    `out` is the folder that reports go to (default: the current one), `browser_path` the browser named in the
    settings. Nothing is changed; the look-up of one host name is the only use of the network. Never raises for
    something that is missing: that is what it reports. Not to be called inside a running event loop.
    """
    folder = out or Path.cwd()
    checks = [_python(), _packages()]
    try:
        browser = find_browser(browser_path)
    except BrowserNotFoundError as error:
        checks.append(Check("Browser", False, str(error), f"{INSTALL_COMMAND}  or  {install_hint()}"))
    else:
        checks += [_browser(browser), _sandbox(browser)]
    checks += [
        _chromedriver(browser_path),
        _fonts(),
        _shared_memory(),
        _writable(folder),
        _disk_space(folder),
        _names(),
    ]
    return tuple(checks)


def is_fit(checks: tuple[Check, ...]) -> bool:
    """Tell whether a scan can run: every needed check is in order."""
    return all(check.ok for check in checks if check.needed)


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    ok = sys.version_info[:2] >= PYTHON_LEAST
    return Check("Python", ok, f"{version} at {sys.executable}", "" if ok else "sudo apt-get install python3.11")


def _packages() -> Check:
    """Compare what is installed with the lock of the checkout, or outside one with what the package asks for."""
    lock = _REPOSITORY / "requirements.lock"
    lines = _PINNED.findall(lock.read_text(encoding="utf-8")) if lock.exists() else metadata.requires("curbcut") or []
    wrong: list[str] = []
    wanted = [Requirement(line.strip()) for line in lines]
    wanted = [each for each in wanted if each.marker is None or each.marker.evaluate()]
    for requirement in wanted:
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            wrong.append(f"{requirement.name} is missing")
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            wrong.append(f"{requirement.name} is {version}, not {requirement.specifier}")
    mend = INSTALL_COMMAND if lock.exists() else f"{sys.executable} -m pip install --upgrade curbcut"
    if wrong:
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        return Check("Packages", False, "; ".join(wrong[:3]) + more, mend)
    return Check("Packages", True, f"{len(wanted)} packages, as {'locked' if lock.exists() else 'asked for'}")


def _browser(browser: Browser) -> Check:
    """Open a page with one barrier and let axe find it: the whole way that a scan goes."""
    name = f"{browser.name} {browser.version} at {browser.path}"
    problem = why_unusable(browser) or _why_axe_fails(browser)
    if problem:
        mend = f"{INSTALL_COMMAND}  or  {sys.executable} -m playwright install-deps chromium-headless-shell"
        return Check("Browser", False, f"{name}. {problem}", mend)
    return Check("Browser", True, f"{name}; it renders a page and axe-core runs in it")


def _why_axe_fails(browser: Browser) -> str:
    arguments = launch_arguments(browser)
    try:
        with sync_playwright() as playwright:
            running = playwright.chromium.launch(
                executable_path=browser.path,
                args=list(arguments),
                chromium_sandbox="--no-sandbox" not in arguments,
                timeout=BROWSER_WAIT_MS,
            )
            page = running.new_page()
            page.set_default_timeout(BROWSER_WAIT_MS)
            page.set_content(PAGE_WITH_BARRIER)
            page.evaluate(axe_source())
            found: Any = page.evaluate(RUN_AXE)
            running.close()
    except (PlaywrightError, OSError, ValueError) as error:
        return f"Playwright cannot use it: {str(error).strip().splitlines()[0][:300]}"
    return "" if BARRIER_RULE in found else f"axe-core did not find the barrier of the test page, only: {found}"


def _sandbox(browser: Browser) -> Check:
    """The sandbox is what keeps a hostile page from this account; a scan goes on without it, but a person must know."""
    if running_as_root():
        return Check(
            "Browser sandbox",
            False,
            "Off: this is the root user, to whom Chromium refuses it.",
            _as_user(),
            needed=False,
        )
    if not can_use_sandbox(browser):
        return Check(
            "Browser sandbox",
            False,
            "Off: this system does not let the browser set it up.",
            "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
            needed=False,
        )
    return Check("Browser sandbox", True, "On", needed=False)


def _as_user() -> str:
    return "sudo adduser curbcut && sudo -u curbcut -i  (then scan as that user)"


def _chromedriver(browser_path: Path | None) -> Check:
    try:
        browser, driver = find_selenium_pair(browser_path)
    except BrowserNotFoundError as error:
        mend = "sudo apt-get install chromium-driver"
        return Check("ChromeDriver (only for --driver selenium)", False, str(error), mend, needed=False)
    found = f"{driver.version} at {driver.path}, drives {browser.path}"
    return Check("ChromeDriver (only for --driver selenium)", True, found, needed=False)


def _fonts() -> Check:
    """Without fonts every letter is an empty box, and contrast, sizes and reflow mean nothing."""
    if sys.platform != "linux":
        return Check("Fonts", True, "Those of the system")
    mend = "sudo apt-get install fonts-liberation fontconfig"
    lister = shutil.which("fc-list")
    if lister:
        listed = subprocess.run(  # noqa: S603 - fontconfig's own program, with fixed arguments
            [lister, ":", "family"], capture_output=True, text=True, timeout=FONT_LIST_WAIT_S, check=False
        )
        count = len({line for line in listed.stdout.splitlines() if line.strip()})
    else:
        count = sum(
            1 for path in Path("/usr/share/fonts").rglob("*") if path.suffix.lower() in {".ttf", ".otf", ".ttc"}
        )
    return Check("Fonts", count > 0, f"{count} families" if count else "None", "" if count else mend)


def _shared_memory() -> Check:
    if not SHM_PATH.exists():
        return Check("Shared memory", True, "This system keeps it elsewhere", needed=False)
    found = f"{_size(shutil.disk_usage(SHM_PATH).total)} in {SHM_PATH}"
    if has_enough_shared_memory():
        return Check("Shared memory", True, found, needed=False)
    mend = "docker run --shm-size=1g ...  or  sudo mount -o remount,size=1G /dev/shm"
    return Check(
        "Shared memory", False, f"{found}; the browser uses files instead, which is slower", mend, needed=False
    )


def _writable(folder: Path) -> Check:
    """Try it in the nearest folder that exists: permission bits alone do not tell of read-only disks."""
    nearest = _nearest(folder)
    try:
        with tempfile.TemporaryFile(dir=nearest) as file:
            file.write(b"curbcut")
    except OSError as error:
        return Check("Output folder", False, f"{nearest}: {error.strerror}", "curbcut scan --out FOLDER URL")
    return Check("Output folder", True, f"{folder} can be written")


def _disk_space(folder: Path) -> Check:
    nearest = _nearest(folder)
    free = shutil.disk_usage(nearest).free
    if free < DISK_LEAST_BYTES:
        mend = "curbcut scan --out FOLDER URL  with a folder on a larger disk"
        return Check("Disk space", False, f"{_size(free)} free at {nearest}, of {_size(DISK_LEAST_BYTES)} needed", mend)
    return Check("Disk space", True, f"{_size(free)} free at {nearest}")


def _nearest(folder: Path) -> Path:
    whole = folder.expanduser().absolute()
    return next(each for each in (whole, *whole.parents) if each.is_dir())


def _names(look_up: Callable[[str, int], object] = socket.getaddrinfo) -> Check:
    """Sites on this machine, the demo town among them, need no names: offline is fine."""
    try:
        look_up(NAME_TO_LOOK_UP, 443)
    except OSError:
        found = f"{NAME_TO_LOOK_UP} is not found: this machine is offline or knows no name server"
        return Check("Host names", False, found, "resolvectl status", needed=False)
    return Check("Host names", True, "They are found", needed=False)


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1024**3:.1f} GB" if size_bytes >= 1024**3 else f"{size_bytes / 1024**2:.0f} MB"
