"""What a scan says that statements are compared with, from its database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from checks import standards
from checks.statement.model import ScanFacts
from scan.opened import reading
from store.results import read_scan
from store.schema import page
from store.statements import pages_by_criterion


def scan_site(scan: Path) -> str:
    """Return the address that the newest scan started from. Raises StoreError."""
    with reading(scan) as engine:
        return read_scan(engine).start_urls[0]


def scan_facts(scan: Path) -> ScanFacts:
    """Return the newest scan's pages and failures by criterion. Raises StoreError."""
    with reading(scan) as engine, engine.connect() as connection:
        row = read_scan(engine)
        n_pages = connection.execute(
            select(func.count()).select_from(page).where(page.c.scan_id == row.id)
        ).scalar_one()
        wanted = standards.profile(row.profile).criteria
        by_criterion, n_failed = pages_by_criterion(connection, row.id, wanted)
    return ScanFacts(n_pages, n_failed, by_criterion, row.profile)
