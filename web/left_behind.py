"""Children of an app that was killed: their scans go on, and the next app can stop them."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from pathlib import Path

import psutil


def arguments_of(folder: Path, starts: Sequence[str]) -> list[str]:
    """Return how the command of every child of ours ends: by this it is known again."""
    return ["--out", str(folder), "--", *starts]


def stop(folder: Path) -> bool:
    """Ask the child that works in the folder to stop, as Ctrl-C does; return whether there is one."""
    mark = arguments_of(folder, ())
    for process in psutil.process_iter(["cmdline"]):
        line = process.info["cmdline"] or []
        if any(line[at : at + len(mark)] == mark for at in range(len(line))):
            try:
                process.send_signal(signal.SIGINT)
            except psutil.Error:  # it has ended meanwhile, or belongs to somebody else
                continue
            return True
    return False
