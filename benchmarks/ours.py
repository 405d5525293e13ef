"""Curbcut itself under measurement: a whole `curbcut scan` in a process of its own, watched from outside."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from sqlalchemy import func, select

from benchmarks.loops import Pace
from benchmarks.processor import counted
from scan.run import DATABASE
from store.database import open_database
from store.errors import NotADatabaseError
from store.schema import State, url

SAMPLE_S = 0.25
MIB = 1024 * 1024
WARM_PAGES = 200
"""Memory is compared from here on: caches are full and every module is loaded."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A scan's pace, and its Python process's memory in MiB: the peak, and the level early and late.

    `command_s` is the time of the whole command, with the start of Python and the reports.
    """

    pace: Pace
    command_s: float
    peak_mib: float
    early_mib: float
    late_mib: float


WITHOUT_LOOKS = ("--pages-per-template", "0")
"""Flags for a scan that looks at no page more closely."""


def scan(origin: str, pages: int, tabs: int, *flags: str, most: int = 0, program: str = "cli.main") -> Measured:
    """Scan `origin` with every check switched on, up to `most` pages (twice `pages` if 0).

    `program` is the module that is run: `benchmarks.axe_alone` leaves Curbcut's own checks out.
    Raises RuntimeError when fewer than `pages` were checked.
    """
    with tempfile.TemporaryDirectory(prefix="curbcut-bench-") as scratch:
        out = Path(scratch) / "scan"
        command = [
            sys.executable, "-m", program, "scan", origin + "/", "--out", str(out), "--format", "json",
            "--tabs", str(tabs), "--max-pages", str(most or pages * 2), *flags,
        ]  # fmt: skip
        with (Path(scratch) / "output").open("w") as output:
            started = time.perf_counter()
            process = subprocess.Popen(command, stdout=output, stderr=output)  # noqa: S603 - our own program
            with counted(process.pid) as processor:
                samples = _watch(process, out / DATABASE)
            command_s = time.perf_counter() - started
        if process.returncode != 0:
            raise RuntimeError((Path(scratch) / "output").read_text()[-2_000:])
        seconds, checked = _result(out / DATABASE)
    if checked < pages:
        raise RuntimeError(f"only {checked} of {pages} pages were checked")
    warm = [mib for count, mib in samples if count >= WARM_PAGES] or [mib for _, mib in samples]
    tenth = max(1, len(warm) // 10)
    return Measured(
        Pace("Curbcut", checked, seconds, processor.seconds),
        command_s=command_s,
        peak_mib=max(mib for _, mib in samples),
        early_mib=sum(warm[:tenth]) / tenth,
        late_mib=sum(warm[-tenth:]) / tenth,
    )


def check(folder: Path, pages: int, tabs: int) -> Pace:
    """Check a folder of `pages` pages as a build does, each page once; return the pace of the whole command.

    Raises RuntimeError when not all pages were checked.
    """
    command = [
        sys.executable, "-m", "cli.main", "check", str(folder), "--quick", "--format", "jsonl", "--tabs", str(tabs),
    ]  # fmt: skip
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603 - our own program
    with counted(process.pid) as processor:
        output, _ = process.communicate()
    seconds = time.perf_counter() - started
    checked = sum(json.loads(line)["status"] == "checked" for line in output.splitlines())
    if checked != pages:
        raise RuntimeError(f"only {checked} of {pages} pages were checked")
    return Pace("Curbcut on a folder", checked, seconds, processor.seconds)


def _watch(process: subprocess.Popen[bytes], database: Path) -> list[tuple[int, float]]:
    """Return (pages checked, memory in MiB) samples until the process ends."""
    samples: list[tuple[int, float]] = []
    watched = psutil.Process(process.pid)
    engine, counted, last = None, 0, 0.0
    while process.poll() is None:
        if engine is None and database.exists() and database.stat().st_size > 0:
            with suppress(NotADatabaseError):  # its tables are being made
                engine = open_database(database, read_only=True)
        if engine is not None and time.monotonic() - last > 2:
            last = time.monotonic()
            with engine.connect() as connection:
                query = select(func.count()).select_from(url).where(url.c.state == State.CHECKED)
                counted = connection.execute(query).scalar_one()
        try:
            samples.append((counted, watched.memory_info().rss / MIB))
        except psutil.NoSuchProcess:
            break
        time.sleep(SAMPLE_S)
    if engine is not None:
        engine.dispose()
    return samples


def _result(database: Path) -> tuple[float, int]:
    from store.results import read_scan  # noqa: PLC0415 - only after the scan

    engine = open_database(database, read_only=True)
    row = read_scan(engine)
    with engine.connect() as connection:
        query = select(func.count()).select_from(url).where(url.c.state == State.CHECKED)
        checked = connection.execute(query).scalar_one()
    engine.dispose()
    return row.elapsed_s, checked
