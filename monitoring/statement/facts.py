"""What a scan says that statements are compared with, from its database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from checks import standards
from checks.statement.model import ScanFacts
from scan.run import DATABASE
from store.database import open_database
from store.results import read_scan
from store.schema import page
from store.statements import pages_by_criterion


def scan_site(scan: Path) -> str:
    """Return the address that the newest scan started from. Raises StoreError."""
    engine = open_database(scan / DATABASE if scan.is_dir() else scan, read_only=True)
    try:
        return read_scan(engine).start_urls[0]
    finally:
        engine.dispose()


def scan_facts(scan: Path) -> ScanFacts:
    """Return the newest scan's pages and failures by criterion. Raises StoreError."""
    engine = open_database(scan / DATABASE if scan.is_dir() else scan, read_only=True)
    try:
        row = read_scan(engine)
        with engine.connect() as connection:
            n_pages = connection.execute(
                select(func.count()).select_from(page).where(page.c.scan_id == row.id)
            ).scalar_one()
            wanted = standards.profile(row.profile).criteria
            by_criterion, n_failed = pages_by_criterion(connection, row.id, wanted)
    finally:
        engine.dispose()
    return ScanFacts(n_pages, n_failed, by_criterion, row.profile)
