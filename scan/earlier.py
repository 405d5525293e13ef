"""Finds what people answered in an earlier scan of a site, among the scans that lie beside a new one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from scan.opened import reading
from scan.run import DATABASE
from store import verdicts
from store.errors import StoreError
from store.results import read_scan

MOST_FOLDERS = 200
"""Folders beside the scan's that are looked into, the newest first."""


@dataclass(frozen=True, slots=True)
class EarlierAnswers:
    """The folder of a scan, and how many questions people have answered in it."""

    folder: Path
    count: int


def earlier_answers(database: Path) -> EarlierAnswers | None:
    """Return the newest scan of the same start addresses beside this one that has answers.

    None where there is none, and where this scan has answers itself. Raises StoreError when it cannot be read.
    """
    with reading(database) as engine:
        if verdicts.count(engine):
            return None
        start_urls = read_scan(engine).start_urls
    own = database.resolve().parent
    others = [folder for folder in own.parent.iterdir() if folder != own and (folder / DATABASE).is_file()]
    others.sort(key=lambda folder: (folder / DATABASE).stat().st_mtime, reverse=True)
    for folder in islice(others, MOST_FOLDERS):
        with suppress(StoreError), reading(folder) as engine:
            if read_scan(engine).start_urls == start_urls and (number := verdicts.count(engine)):
                return EarlierAnswers(folder, number)
    return None
