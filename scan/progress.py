"""Shows a scan's progress on standard error: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from sqlalchemy import Engine, func, select

from store.ledger import Ledger
from store.looks import CHECKED, FAILED, Looks
from store.schema import State, finding

LIVE_EVERY_S = 0.5
PLAIN_EVERY_S = 10.0
RATE_OVER_S = 30.0
SLOW = 0.2
"""Fewer pages a second are told by the minute."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Where a scan stands: pages checked, URLs finished and known, findings, pages a second, seconds left.

    `looked` of `to_look` pages were looked at more closely; both are 0 until all pages are checked.
    """

    checked: int
    finished: int
    known: int
    findings: int
    rate: float
    left_s: float | None
    looked: int = 0
    to_look: int = 0

    def words(self) -> str:
        """Return one plain line."""
        pages = f"{self.checked} page{'' if self.checked == 1 else 's'} checked"
        found = f"{self.findings} finding{'' if self.findings == 1 else 's'}"
        if self.to_look:
            return f"{pages}; looked closely at {self.looked} of {self.to_look}, {found}"
        left = f", about {_duration(self.left_s)} left" if self.left_s is not None else ""
        return f"{pages}, {self.finished} of {self.known} addresses done, {found}{self._pace()}{left}"

    def _pace(self) -> str:
        if not self.rate:
            return ""
        return f", {self.rate:.1f} pages a second" if self.rate >= SLOW else f", {self.rate * 60:.0f} pages a minute"


class Meter:
    """Reads the database now and then, and works out the rate."""

    def __init__(self, engine: Engine, ledger: Ledger, looks: Looks, scan_id: int) -> None:
        self._engine = engine
        self._ledger = ledger
        self._looks = looks
        self._scan_id = scan_id
        self._history: list[tuple[float, int]] = []

    def read(self) -> Snapshot:
        """Return where the scan stands now."""
        counts = self._ledger.counts()
        with self._engine.connect() as connection:
            findings = connection.execute(
                select(func.count()).select_from(finding).where(finding.c.scan_id == self._scan_id)
            ).scalar_one()
        now, checked = time.monotonic(), counts[State.CHECKED]
        self._history.append((now, checked))
        while now - self._history[0][0] > RATE_OVER_S:
            self._history.pop(0)
        seconds = now - self._history[0][0]
        rate = (checked - self._history[0][1]) / seconds if seconds > 1 else 0.0
        waiting = counts[State.PENDING] + counts[State.LEASED]
        looks = self._looks.counts()
        return Snapshot(
            checked,
            counts.known - waiting,
            counts.known,
            findings,
            rate,
            waiting / rate if rate else None,
            looked=looks.get(CHECKED, 0) + looks.get(FAILED, 0),
            to_look=sum(looks.values()),
        )


async def show(meter: Meter, console: Console) -> None:
    """Show progress until cancelled."""
    meter.read()  # the rate is counted from here
    if console.is_terminal:
        await _live(meter, console)
    else:
        while True:
            await asyncio.sleep(PLAIN_EVERY_S)
            console.print(meter.read().words(), highlight=False, soft_wrap=True)


async def _live(meter: Meter, console: Console) -> None:
    columns = (
        SpinnerColumn(),
        BarColumn(bar_width=20),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Starting the browser", total=None)
        while True:
            await asyncio.sleep(LIVE_EVERY_S)
            now = meter.read()
            done, known = (now.looked, now.to_look) if now.to_look else (now.finished, now.known)
            progress.update(task, description=now.words(), completed=done, total=max(known, 1))


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 5400:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"
