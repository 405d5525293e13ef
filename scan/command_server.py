"""Runs the command that serves a site while it is checked, and ends it with all that it started."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from urllib.parse import urlsplit

from scan.errors import UsageError

POLL_S = 0.2
ANSWER_S = 10.0
END_S = 5.0
"""How long what was started may take to end by itself once it is asked to."""

SHOWN_BYTES = 2_000


@contextmanager
def serving(command: str, wait_for: str, *, wait_s: float) -> Iterator[str]:
    """Run `command` in a shell until the block ends; yield the origin of `wait_for` once that answers.

    Any answer below 500 will do. Raises UsageError when the command ends before, when nothing answers in time, and
    after the block when the command has ended meanwhile and the address no longer answers: pages may be missing.
    """
    parts = urlsplit(wait_for)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise UsageError(f"--wait-for takes an address such as http://127.0.0.1:3000/, not {wait_for}.")
    if _answers(_status(wait_for, ANSWER_S)):
        raise UsageError(f"{wait_for} answers before the command has begun. Another server is running there: end it.")
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(  # noqa: S602 - the command is the person's own, written for a shell
            command, shell=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
        try:
            _wait(process, wait_for, wait_s, log)
            yield f"{parts.scheme}://{parts.netloc}"
            if process.poll() is not None and not _answers(_status(wait_for, ANSWER_S)):
                raise UsageError(
                    f"The command ended with {process.returncode} while pages were checked: some may not have been."
                    f"{_said(log)}"
                )
        finally:
            _end(process)


def _wait(process: subprocess.Popen[bytes], address: str, wait_s: float, log: IO[bytes]) -> None:
    deadline = time.monotonic() + wait_s
    while not _answers(status := _status(address, min(ANSWER_S, max(deadline - time.monotonic(), POLL_S)))):
        if process.poll() is not None:
            raise UsageError(f"The command ended with {process.returncode} before {address} answered.{_said(log)}")
        if time.monotonic() > deadline:
            raise UsageError(f"{_why_not(address, status, wait_s)}{_said(log)}")
        time.sleep(POLL_S)


def _why_not(address: str, status: int, wait_s: float) -> str:
    if status:
        return f"{address} answered only with {status} for {wait_s:g} s: an error in the server that the command runs."
    return f"{address} did not answer within {wait_s:g} s. If the server is slow to start: --wait-seconds 300."


def _answers(status: int) -> bool:
    return 0 < status < 500


def _status(address: str, timeout_s: float) -> int:
    """Return the status of an address, 0 where nothing answers."""
    try:
        with urllib.request.urlopen(address, timeout=timeout_s) as answer:  # noqa: S310 - http or https, as checked above
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, http.client.HTTPException, ValueError):
        return 0


def _said(log: IO[bytes]) -> str:
    size = log.seek(0, os.SEEK_END)
    log.seek(max(0, size - SHOWN_BYTES))
    text = log.read(SHOWN_BYTES).decode("utf-8", "replace").strip()
    return f" It said:\n{text}" if text else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process group: a shell's children outlive it otherwise, and keep the port."""
    _signal(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + END_S
    while time.monotonic() < deadline and _is_alive(process):
        time.sleep(POLL_S / 4)
    _signal(process.pid, signal.SIGKILL)
    process.wait()


def _is_alive(process: subprocess.Popen[bytes]) -> bool:
    process.poll()  # a child that has ended stays in its group until it is asked for
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return False
    return True


def _signal(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
