"""Counts the processor time of a process and all it starts: steady where other work shares the machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil

SAMPLE_S = 0.2
SERVERS = frozenset({"benchmarks.site", "http.server"})
"""What serves the pages is no part of what is measured."""


@dataclass
class Processor:
    """What has been used; complete when the block of `counted` has ended."""

    _by_process: dict[int, float] = field(default_factory=dict)
    _left_out: set[int] = field(default_factory=set)

    @property
    def seconds(self) -> float:
        """Processor time, user and system, of all processes; what one uses in its last fifth of a second may lack."""
        return sum(self._by_process.values())

    def sample(self, root: psutil.Process, base: float) -> None:
        """Note what each process has used so far. A process that has ended keeps its last figure."""
        try:
            family = [root, *root.children(recursive=True)]
        except psutil.NoSuchProcess:
            return
        for process in family:
            try:
                if process.pid not in self._by_process and not SERVERS.isdisjoint(process.cmdline()):
                    self._left_out.add(process.pid)
                if process.pid not in self._left_out:
                    used = process.cpu_times()
                    start = base if process.pid == root.pid else 0.0
                    self._by_process[process.pid] = used.user + used.system - start
            except psutil.Error:
                continue  # it ended between the two questions


@contextmanager
def counted(pid: int | None = None) -> Iterator[Processor]:
    """Count what process `pid` (else this one) and its children use while the block runs."""
    root = psutil.Process(pid)
    used = root.cpu_times()
    base, processor, done = used.user + used.system, Processor(), threading.Event()

    def watch() -> None:
        while not done.wait(SAMPLE_S):
            processor.sample(root, base)

    thread = threading.Thread(target=watch, daemon=True)
    processor.sample(root, base)
    thread.start()
    try:
        yield processor
    finally:
        done.set()
        thread.join()
        processor.sample(root, base)
