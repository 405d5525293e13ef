"""Finds the browser and the ChromeDriver that this machine has, and says with which flags to start them.

The order: the path that was given > Playwright's own download > a Chrome, Chromium or Edge of the system. Debian's
`chromium-headless-shell` comes before `chromium`: it checks 30 % more pages a second.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import playwright

from crawler.errors import BrowserUnusableError

VERSION_WAIT_S = 20.0  # a cold disk can take seconds to load 300 MB of browser
START_WAIT_S = 60.0
INSTALL_COMMAND = "bin/setup"  # in a checkout it finds, downloads or installs a browser
SHM_PATH = Path("/dev/shm")  # noqa: S108 - shared memory of this machine, not a place for our files
SHM_ENOUGH_BYTES = 512 * 1024 * 1024  # containers get 64 MB, and tabs with large pictures crash in that

# Playwright keeps each of its browsers in <registry>/<name with underscores>-<revision>/<platform>/<program>.
_PLAYWRIGHT_PROGRAMS = (
    ("chromium-headless-shell", ("chrome-headless-shell", "headless_shell", "chrome-headless-shell.exe")),
    ("chromium", ("chrome", "chrome.exe", "Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing")),
)
_SYSTEM_PROGRAMS = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "google-chrome-stable",
    "google-chrome",
    "chromium",
    "chromium-browser",
    "microsoft-edge-stable",
    "microsoft-edge",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_CHROMEDRIVERS = ("chromedriver", "/usr/lib/chromium-browser/chromedriver", "/snap/bin/chromium.chromedriver")
_VERSION = re.compile(r"^(?P<name>[A-Za-z][\w -]*?)[ /]+(?P<version>\d+(?:\.\d+)+)", re.MULTILINE)

# Each flag we start Chromium with, and why. Playwright's own flags stay as they are; those that it has too are here
# because the Selenium driver has none of them.
_FLAGS: tuple[tuple[str, str], ...] = (
    ("--disable-background-networking", "a scan touches the site it was told to, not the browser maker's servers"),
    ("--disable-component-update", "the same; and a browser must not change during a scan"),
    ("--disable-domain-reliability", "the same: no reports of failed requests to anybody"),
    ("--disable-sync", "the same: there is no account"),
    ("--no-pings", "links with `ping` tell a third party that they were followed"),
    ("--disable-breakpad", "a page that crashes the browser must not send its content to anybody"),
    ("--dns-prefetch-disable", "links are looked up only when they are opened, after their address was checked"),
    ("--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "no traffic around the address check"),
    ("--disable-quic", "the same: UDP to the host passes by proxies and gives other timings each time"),
    ("--deny-permission-prompts", "nobody is there to answer; a page that waits for a prompt waits for ever"),
    ("--no-first-run", "no welcome page"),
    ("--no-default-browser-check", "no question that nobody answers"),
    ("--disable-extensions", "what a person has installed must not change what is found"),
    ("--mute-audio", "pages that play sound do so on the desk of the person who scans"),
    ("--disable-gpu", "machines that scan have no graphics card; looking for one costs half a second"),
    ("--force-color-profile=srgb", "colour contrast must not depend on the machine's screen"),
    ("--font-render-hinting=none", "text has the same width on every machine with the same fonts"),
    ("--js-flags=--no-opt", "a page lives a second: its scripts' last compiler costs a tenth of it and gains nothing"),
    ("--hide-scrollbars", "a scrollbar's width differs between systems and would shift layout findings"),
)
_NO_SHM = ("--disable-dev-shm-usage", "shared memory is too small: pages would crash")
_NO_SANDBOX = ("--no-sandbox", "Chromium refuses its sandbox to root and where the kernel forbids one")


class BrowserNotFoundError(BrowserUnusableError):
    """No browser or driver that works; the message names the command that mends it."""


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser program that answers on this machine. `name` is what it calls itself, such as `Chromium`."""

    path: Path
    name: str
    version: str
    headless_shell: bool


@dataclass(frozen=True, slots=True)
class ChromeDriver:
    """A ChromeDriver that answers on this machine."""

    path: Path
    version: str


def find_browser(explicit: Path | None = None) -> Browser:
    """Return the browser to use: `explicit`, else the best one that this machine has.

    A program counts as found when it can say its version; one that cannot (a package that only points at a snap, a
    missing library) is passed over. Raises `BrowserNotFoundError` when `explicit` does not work or nothing does.
    """
    if explicit is not None:
        browser = _ask(explicit)
        if browser is None:
            raise BrowserNotFoundError(
                f"{explicit} is not a browser that starts. Give the path of a Chromium, Chrome or Edge program, "
                f"or leave the path out to use the one that {INSTALL_COMMAND} installs."
            )
        return browser
    for path in _candidates():
        browser = _ask(path)
        if browser is not None:
            return browser
    raise BrowserNotFoundError(f"No browser was found. Run {INSTALL_COMMAND}, or: {install_hint()}")


def find_chromedriver(browser: Browser | None = None, explicit: Path | None = None) -> ChromeDriver:
    """Return the ChromeDriver for Selenium: `explicit`, else the one on the system.

    With `browser`, its major version must be the driver's: ChromeDriver drives no other. Raises
    `BrowserNotFoundError` with what to install.
    """
    for name in (str(explicit),) if explicit else _CHROMEDRIVERS:
        found = shutil.which(name)
        said = _version_of(Path(found)) if found else None
        if found is None or said is None:
            continue
        driver = ChromeDriver(Path(found), said[1])
        if browser is not None and _major(driver.version) != _major(browser.version):
            raise BrowserNotFoundError(
                f"{driver.path} is for version {_major(driver.version)}, but {browser.path} is {browser.name} "
                f"{browser.version}. Install the ChromeDriver of version {_major(browser.version)}, or give the path "
                f"of a browser of version {_major(driver.version)}."
            )
        return driver
    missing = f"{explicit} does not work as a ChromeDriver." if explicit else "No ChromeDriver was found."
    raise BrowserNotFoundError(f"{missing} On Debian: sudo apt-get install chromium-driver")


def find_selenium_pair(explicit: Path | None = None) -> tuple[Browser, ChromeDriver]:
    """Return a browser and the ChromeDriver that drives it: both of one major version.

    That need not be the browser `find_browser` prefers: Playwright's own is often newer than the system's driver.
    Raises `BrowserNotFoundError` with what to install.
    """
    driver = find_chromedriver()
    if explicit is None:
        for browser in filter(None, map(_ask, _candidates())):
            if _major(browser.version) == _major(driver.version):
                return browser, driver
    browser = find_browser(explicit)
    return browser, find_chromedriver(browser)


def launch_arguments(browser: Browser) -> tuple[str, ...]:
    """Return the flags to start `browser` with, in a steady order. `--headless` is the driver's to add.

    With Playwright pass `chromium_sandbox="--no-sandbox" not in launch_arguments(...)` too: its own default is no
    sandbox at all.
    """
    chosen = list(_FLAGS)
    if not has_enough_shared_memory():
        chosen.append(_NO_SHM)
    if not can_use_sandbox(browser):
        chosen.append(_NO_SANDBOX)
    return tuple(flag for flag, _why in chosen)


@cache
def can_use_sandbox(browser: Browser) -> bool:
    """Tell whether `browser` starts with its sandbox on: never for root, else it is tried once (half a second).

    Containers and Ubuntu's AppArmor can forbid it. Then a scan goes on without, and `curbcut doctor` says so.
    """
    if running_as_root():
        return False
    return not why_unusable(browser, ()) or bool(why_unusable(browser, (_NO_SANDBOX[0],)))


def why_unusable(browser: Browser, arguments: tuple[str, ...] | None = None) -> str:
    """Start `browser` on a page of our own, and return "" when it renders it, else one line that says what went wrong.

    `arguments` default to those of `launch_arguments`. The page is a data URL: no network is used.
    """
    if arguments is None:
        arguments = launch_arguments(browser)
    command = [str(browser.path), "--headless", *arguments, "--dump-dom", "data:text/html,<p>6*7=<script>"]
    command[-1] += "document.write(6*7)</script>"
    try:
        done = subprocess.run(  # noqa: S603 - the program was found by us or named by the person
            command, capture_output=True, text=True, errors="replace", timeout=START_WAIT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return f"It did not render a small page within {START_WAIT_S:.0f} s."
    except OSError as error:
        return f"It does not start: {error.strerror}."
    if "42" in done.stdout:
        return ""
    last_words = [line for line in done.stderr.splitlines() if line.strip()][-1:]
    return f"It ended with code {done.returncode}" + (f": {last_words[0].strip()[:300]}" if last_words else ".")


def running_as_root() -> bool:
    """Tell whether this process is root, to whom Chromium refuses its sandbox."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_enough_shared_memory() -> bool:
    """Tell whether Chromium can keep its pictures in /dev/shm; true where there is no such place."""
    try:
        return shutil.disk_usage(SHM_PATH).total >= SHM_ENOUGH_BYTES
    except OSError:
        return True


def install_hint() -> str:
    """Return the command that installs a browser without `bin/setup`."""
    if shutil.which("apt-get") and not _is_ubuntu():
        return "sudo apt-get install chromium chromium-headless-shell fonts-liberation"
    return f"{Path(sys.executable)} -m playwright install --with-deps chromium-headless-shell"


def _is_ubuntu() -> bool:
    """Ubuntu's `chromium` package holds no browser, only a pointer to a snap."""
    try:
        return bool(re.search(r"^ID=\"?ubuntu", Path("/etc/os-release").read_text(encoding="utf-8"), re.MULTILINE))
    except OSError:
        return False


def _candidates() -> Iterator[Path]:
    yield from _playwright_browsers()
    for name in _SYSTEM_PROGRAMS:
        found = shutil.which(name)
        if found:
            yield Path(found)


def _playwright_browsers() -> Iterator[Path]:
    """Yield what `playwright install` has finished downloading for the Playwright that is installed here.

    Read from its list of revisions: asking Playwright itself means starting its driver, a third of a second.
    """
    package = Path(playwright.__file__).parent / "driver" / "package"
    try:
        listed = json.loads((package / "browsers.json").read_text(encoding="utf-8"))["browsers"]
        revisions = {entry["name"]: entry["revision"] for entry in listed}
    except (OSError, ValueError, KeyError, TypeError):
        return  # another layout than the one we know: the system's browser serves
    registry = _playwright_registry(package)
    for name, programs in _PLAYWRIGHT_PROGRAMS:
        folder = registry / f"{name.replace('-', '_')}-{revisions.get(name)}"
        if not (folder / "INSTALLATION_COMPLETE").exists():
            continue
        for program in programs:
            yield from sorted(path for path in folder.glob(f"*/{program}") if os.access(path, os.X_OK))


def _playwright_registry(package: Path) -> Path:
    """Where Playwright keeps its browsers (https://playwright.dev/python/docs/browsers#managing-browser-binaries)."""
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    if named == "0":
        return package / ".local-browsers"
    if named:
        return Path(named).absolute()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ms-playwright"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "ms-playwright"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ms-playwright"


def _ask(path: Path) -> Browser | None:
    said = _version_of(path)
    if said is None:
        return None
    shell = "headless" in path.name.lower().replace("_", "-") and "shell" in path.name.lower()
    return Browser(path=path, name=said[0], version=said[1], headless_shell=shell)


def _version_of(path: Path) -> tuple[str, str] | None:
    """Return (name, version) as the program says them, or None when it does not run or says neither."""
    try:
        done = subprocess.run(  # noqa: S603 - as above
            [str(path), "--version"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=VERSION_WAIT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _VERSION.search(done.stdout)
    if done.returncode != 0 or found is None:
        return None
    return found["name"].strip(), found["version"]


def _major(version: str) -> str:
    return version.split(".", maxsplit=1)[0]
