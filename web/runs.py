"""Scans that the app starts: child processes of `curbcut scan`, so that one that fails takes nothing with it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from crawler.urls import host_of
from reports.escape import safe_name
from scan.errors import UsageError
from scan.run import start_addresses
from web import left_behind
from web.errors import AnswerError
from web.shelf import PAGE_PREFIX, has_scan

MAX_RUNNING = 2
"""At a time: each opens a browser."""

SCAN = ("cli.main", "scan")
OUTPUT = "curbcut-serve.log"
"""What the child says, in the scan's folder."""

MAX_SAID_BYTES = 4_000
GOODBYE_S = 20.0
"""What children get to end in good order; what they found is in their databases in any case."""

GOOD_EXITS = (0, 1, 4, 5)
"""Done, findings, interrupted, stopped by a limit: where the folder holds a scan, it is there to be looked at."""

NO_SCAN = "It was stopped before the first page was checked."
KILLED = (
    "Something ended it from outside ({signal}): somebody, or the system for want of memory. What was found is kept."
)


@dataclass(slots=True)
class _Run:
    process: subprocess.Popen[bytes]
    starts: tuple[str, ...]
    program: tuple[str, ...]
    """What runs, with its options but for the folder and the addresses."""
    is_stopped: bool = False
    """Whether it was asked to stop: one that was still starting has no exit code that says so."""


class Runs:
    """The children of one server, by the folder they work in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runs: dict[Path, _Run] = {}
        self._others_stopped: set[Path] = set()
        self._lock = Lock()

    def start(self, addresses: Sequence[str], options: Sequence[str] = (), *, is_page: bool = False) -> Path:
        """Start a scan in a new folder, or the check of one page; return the folder.

        What runs already is not started again, as when a form is sent twice: its folder is returned.
        AnswerError where the address is none, or too many run.
        """
        try:
            starts, _ = start_addresses(addresses)
        except UsageError as error:
            raise AnswerError(422, "That is not a web address", str(error)) from error
        starts = starts[:1] if is_page else starts
        program = (*(("web.page_child",) if is_page else SCAN), *options)
        with self._lock:
            for folder, run in self._runs.items():
                if (run.program, run.starts) == (program, starts) and run.process.poll() is None:
                    return folder
            self._refuse_too_many()
            folder = self._new_folder(f"{PAGE_PREFIX}{host_of(starts[0])}" if is_page else host_of(starts[0]))
            self._run(folder, starts, program)
        return folder

    def resume(self, folder: Path, starts: Sequence[str], options: Sequence[str] = ()) -> None:
        """Go on with a scan that has not ended."""
        with self._lock:
            if self.is_running(folder):
                return
            self._refuse_too_many()
            self._others_stopped.discard(folder)
            self._run(folder, tuple(starts), (*SCAN, "--resume", *options))

    def stop(self, folder: Path) -> bool:
        """Ask a scan to stop after the pages in work; return whether an app has started it and it runs.

        Asked again it does nothing: a second Ctrl-C would not let it end its pages.
        """
        if self.is_stopping(folder):
            return True
        run = self._runs.get(folder)
        if run is not None and run.process.poll() is None:
            run.is_stopped = True
            run.process.send_signal(signal.SIGINT)
            return True
        if left_behind.stop(folder):
            self._others_stopped.add(folder)
            return True
        return False

    def is_stopping(self, folder: Path) -> bool:
        """Return whether a scan was asked to stop; of one that another app started it is said of its end, too."""
        run = self._runs.get(folder)
        if run is not None and run.process.poll() is None:
            return run.is_stopped
        return folder in self._others_stopped

    def is_running(self, folder: Path) -> bool:
        """Return whether a child of ours works in the folder."""
        run = self._runs.get(folder)
        return run is not None and run.process.poll() is None

    def waiting(self) -> dict[Path, tuple[str, ...]]:
        """Return the folders of children that run or failed, with their start addresses."""
        return {folder: run.starts for folder, run in tuple(self._runs.items())}

    def failure(self, folder: Path) -> str:
        """Return why a child was killed or left no scan to be looked at, "" where it left one or has not ended."""
        run = self._runs.get(folder)
        code = run.process.poll() if run is not None else None
        if run is None or code is None or ((code in GOOD_EXITS or run.is_stopped) and has_scan(folder)):
            return ""
        if run.is_stopped:
            return NO_SCAN
        if code < 0:
            return KILLED.format(signal=_name_of_signal(-code))
        return said(folder) or f"The scan ended with code {code} and said nothing."

    def close(self) -> None:
        """Stop all children, as Ctrl-C does."""
        running = [run.process for run in tuple(self._runs.values()) if run.process.poll() is None]
        for process in running:
            process.send_signal(signal.SIGINT)
        until = time.monotonic() + GOODBYE_S
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, until - time.monotonic()))
            if process.poll() is None:
                process.kill()
                process.wait()

    def _refuse_too_many(self) -> None:
        if sum(run.process.poll() is None for run in self._runs.values()) >= MAX_RUNNING:
            text = f"{MAX_RUNNING} scans run already. Wait until one is done, or stop one."
            raise AnswerError(409, "Too many scans at a time", text)

    def _new_folder(self, host: str) -> Path:
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        name = f"{safe_name(host)}-{stamp}"
        for number in range(1, 100):
            folder = self._folder / (name if number == 1 else f"{name}-{number}")
            with suppress(FileExistsError):
                folder.mkdir(parents=True)
                return folder
        raise AnswerError(409, "Too many scans at a time", "Wait a second and try again.")

    def _run(self, folder: Path, starts: tuple[str, ...], program: tuple[str, ...]) -> None:
        command = [sys.executable, "-m", *program, *left_behind.arguments_of(folder, starts)]
        with (folder / OUTPUT).open("wb") as output:
            process = subprocess.Popen(  # noqa: S603 # our own program; what users type stands behind "--"
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the server first, which then stops its children in order
            )
        self._runs[folder] = _Run(process, starts, program)


def _name_of_signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def said(folder: Path) -> str:
    """Return the last lines of what a child printed."""
    try:
        text = (folder / OUTPUT).read_bytes()[-MAX_SAID_BYTES:].decode("utf-8", "replace")
    except OSError:
        return ""
    lines = [line.removeprefix("curbcut: ") for line in text.splitlines() if line.strip()]
    return "\n".join(lines[-5:])
