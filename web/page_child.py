"""The child process that checks one page: `python -m web.page_child --out DIR -- URL`, then takes its picture."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sqlalchemy import select

from crawler.errors import BrowserUnusableError
from reports import analysis
from scan.errors import DiskFullError, UsageError
from scan.page_picture import picture_page
from scan.run import ScanEnd, run_scan
from scan.settings import load
from store.errors import StoreError
from store.schema import page

CODES = {UsageError: 2, StoreError: 2, DiskFullError: 3, BrowserUnusableError: 6}
"""As in the exit codes of `curbcut check`."""


def main() -> int:
    """Check the page, take its picture, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m web.page_child")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("url")
    arguments = parser.parse_args()
    try:
        settings = load({"robots": False, "thorough": True})
        end = run_scan(settings, [arguments.url], arguments.out, follow=False)
    except tuple(CODES) as error:
        sys.stderr.write(f"{error}\n")
        return next(code for kind, code in CODES.items() if isinstance(error, kind))
    try:
        found = _checked_page(end)
        if found is not None:
            picture_page(arguments.out, *found, settings.browser)
    finally:
        end.engine.dispose()
    return 0


def _checked_page(end: ScanEnd) -> tuple[str, list[tuple[str, ...]]] | None:
    """Return the address of the page that was checked and where its findings stand, worst first."""
    with end.engine.connect() as connection:
        row = connection.execute(select(page.c.url_id, page.c.final_url).where(page.c.scan_id == end.scan_id)).first()
        if row is None:
            return None
        targets = [issue.example.target for issue in analysis.page_issues(connection, end.scan_id, row.url_id)]
    return row.final_url, [target for target in targets if target]


if __name__ == "__main__":
    sys.exit(main())
