"""Checks a document in a process of its own, so that a hostile or broken file costs one row and not the scan."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path

from checks.documents.model import DocumentResult, Limits
from checks.documents.wire import unpacked

ROOT = Path(__file__).parents[2]
"""The folder that holds the package `checks`, wherever it is installed."""

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""What the language detector's numbers library would start threads for, each with address space of its own."""

TOO_SLOW = tuple(int(getattr(signal, name, 0)) or None for name in ("SIGXCPU", "SIGALRM"))
"""The signals by which the system ends a process at its bounds on time; Windows has neither."""


def check_safely(
    data: bytes,
    *,
    url: str,
    declared: str = "",
    criteria: Collection[str] | None = None,
    limits: Limits | None = None,
    is_statement: bool = False,
) -> DocumentResult:
    """Return what `checks.documents.run.check_document` finds, within the limits on time and memory.

    Never raises for what is in the file. Raises OSError when this machine cannot start a process or write a file.
    """
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="curbcut-document-") as folder:
        path = Path(folder) / "document"
        path.write_bytes(data)
        orders = {
            "path": str(path),
            "url": url,
            "declared": declared,
            "criteria": None if criteria is None else list(criteria),
            "limits": asdict(limits),
            "is_statement": is_statement,
        }
        # Its own interpreter and nothing of the working folder: -P keeps that off the path.
        command = [sys.executable, "-P", "-m", "checks.documents"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore", **ONE_THREAD}
        try:
            ended = subprocess.run(  # noqa: S603 - our own program; the file's name and bytes are not part of it
                command,
                input=json.dumps(orders).encode(),
                capture_output=True,
                timeout=limits.wall_seconds,
                cwd=folder,
                env=environment,
                check=False,
                start_new_session=True,  # Ctrl-C is for the scan, which lets what it began come to an end
            )
        except subprocess.TimeoutExpired:
            return DocumentResult(declared, "too_slow", f"It took longer than {limits.wall_seconds:g} seconds.")
    return _result(ended, declared)


def _result(ended: subprocess.CompletedProcess[bytes], declared: str) -> DocumentResult:
    if ended.returncode == 0:
        try:
            return unpacked(json.loads(ended.stdout))
        except (KeyError, TypeError, ValueError) as error:
            return DocumentResult(declared, "check_failed", f"{type(error).__name__}: {error}"[:200])
    message = ended.stderr.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1][:200]
    if "MemoryError" in message or "bad_alloc" in message:
        return DocumentResult(declared, "too_much_memory")
    if -ended.returncode in TOO_SLOW:
        return DocumentResult(declared, "too_slow")
    if ended.returncode < 0:  # ended by a signal: one of the bounds, or a fault in a library
        return DocumentResult(declared, "check_failed", f"Reading it ended by signal {-ended.returncode}.")
    return DocumentResult(declared, "check_failed", message)
