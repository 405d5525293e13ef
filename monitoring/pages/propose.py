"""Proposes the page sample of a finished scan."""

from __future__ import annotations

from pathlib import Path

from monitoring.pages.choose import SEED, choose
from monitoring.pages.model import PageSample
from monitoring.pages.site import read_site
from scan.opened import reading


def propose(scan: Path, seed: int = SEED) -> PageSample:
    """Return the pages proposed. Raises MonitoringError for a scan that is not finished, StoreError for none."""
    with reading(scan) as engine:
        return choose(read_site(engine), seed=seed)
