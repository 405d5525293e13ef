"""How the sites of a campaign stand: read from the database of each site's scan."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from monitoring.campaign._log import last_line
from reports.wording import to_say
from scan.opened import reading
from scan.run import DATABASE, is_locked
from store.errors import StoreError
from store.results import read_scan
from store.schema import ScanState, page
from store.stamp import Remembered

DONE = (ScanState.COMPLETE, ScanState.LIMITED)
MARK = "campaign.done"
"""Stands in a site's folder once its scan has ended well with its reports: a database alone does not tell of those."""

NO_REPORT = to_say("its report is not written yet")
NO_PAGE = to_say("no page could be checked")


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """One site: `state` is `waiting`, `running`, `done`, `interrupted` or `failed`; pages checked; why it failed."""

    url: str
    state: str
    pages: int
    reason: str = ""


def is_done(folder: Path) -> bool:
    """Say whether a site's scan has ended and checked a page, and its reports are written."""
    return read_status("", folder).state == "done"


def is_scanned_elsewhere(folder: Path) -> bool:
    """Say whether a process that this campaign did not start is scanning the site: one left over from a campaign that
    was killed, say.
    """
    return (folder / DATABASE).is_file() and is_locked(folder)


def read_status(url: str, folder: Path, *, is_running: bool = False, reason: str | None = None) -> SiteStatus:
    """Return how a site stands; `reason` is why it failed, where that is known, else read from what its scan said."""
    try:
        state, pages = _read(folder)
        is_marked = (folder / MARK).is_file()
        said = last_line(folder) if reason is None else reason
    except OSError as error:
        return SiteStatus(url, "failed", 0, reason or f"its folder cannot be read: {error.strerror or error}")
    if is_running:
        return SiteStatus(url, "running", pages)
    if state in DONE and pages > 0 and is_marked:
        return SiteStatus(url, "done", pages)
    if state in DONE and pages > 0 and not reason:
        return SiteStatus(url, "interrupted", pages, NO_REPORT)
    if state in DONE or said:
        return SiteStatus(url, "failed", pages, said or NO_PAGE)
    return SiteStatus(url, "waiting" if state is None else "interrupted", pages)


def _read(folder: Path) -> tuple[str | None, int]:
    path = folder / DATABASE
    if not path.is_file():
        return None, 0
    try:
        return _scans.of(path)
    except StoreError:
        return None, 0  # it is just being made


def _opened(path: Path) -> tuple[str, int]:
    with reading(path) as engine:
        row = read_scan(engine)
        with engine.connect() as connection:
            pages = select(func.count()).select_from(page).where(page.c.scan_id == row.id)
            return row.state, connection.execute(pages).scalar_one()


_scans = Remembered(_opened, is_settled=lambda found: found[0] != ScanState.RUNNING)
