"""Keeps a scan's memory flat: pages' trees are cycles, which only Python's collector takes away.

Left to itself, it waits until a quarter of all objects are new. A scan's libraries, rules and word lists are so many
that the trees of forty pages piled up before: 30 MB, measured.
"""

from __future__ import annotations

import gc
import itertools
from collections.abc import Iterator
from contextlib import contextmanager

PAGES_A_SWEEP = 10
"""Pages between two sweeps. What piles up meanwhile is some 25,000 objects."""


@contextmanager
def set_apart() -> Iterator[None]:
    """Leave out of the sweeps within what is in memory now: it stays as long as the scan and has most objects."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class Sweeper:
    """Takes the trees of pages that are done out of memory, some pages at a time. Used from several threads."""

    def __init__(self) -> None:
        self._pages = itertools.count(1)

    def page_done(self) -> None:
        """Count a page; sweep when it is time."""
        if next(self._pages) % PAGES_A_SWEEP == 0:
            gc.collect()
