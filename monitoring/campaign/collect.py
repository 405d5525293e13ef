"""Collects the scans of a campaign in the monitoring database, beside register and samples.

Each site is scanned into a file of its own, so that scans run, stop and fail apart. What questions across sites need
is one database: a finished scan is copied into it in one transaction, and the copy gives way to a newer scan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from monitoring.campaign.run import site_folder
from monitoring.campaign.status import is_done
from monitoring.sample.keep import Kept
from scan.opened import reading
from store.copying import copy_scan
from store.ledger import now_iso
from store.results import read_scan
from store.schema import evidence, scan
from store.schema_monitoring import sample_scan


@dataclass(slots=True)
class Collected:
    """How many sites of a sample were copied, were there already, and have no result yet."""

    copied: int = 0
    known: int = 0
    missing: int = 0


def collect(engine: Engine, kept: Kept, folder: Path, *, pictures: bool = False) -> Collected:
    """Copy the finished scans below a campaign's `folder` into the database. Raises StoreError, OSError.

    Call it again at any time: what is there already stays. Screenshots are left out unless `pictures`.
    """
    done = Collected()
    for member in kept.current:
        own = site_folder(folder, member["site"]["url"])
        if not is_done(own):
            done.missing += 1
        elif _site(engine, kept.row["id"], member, own, pictures=pictures):
            done.copied += 1
        else:
            done.known += 1
    return done


def collected(connection: Connection, sample_id: int) -> dict[int, int]:
    """Return the numbers of the scans that were copied for a sample, by the number of their site."""
    query = select(sample_scan.c.site_id, sample_scan.c.scan_id).where(sample_scan.c.sample_id == sample_id)
    return {row.site_id: row.scan_id for row in connection.execute(query)}


def _site(engine: Engine, sample_id: int, member: Mapping[str, Any], folder: Path, *, pictures: bool) -> bool:
    with reading(folder) as source, source.connect() as read, engine.begin() as connection:
        number = read_scan(source).id
        here = (sample_scan.c.sample_id == sample_id) & (sample_scan.c.site_id == member["site_id"])
        known = connection.execute(select(sample_scan).where(here)).one_or_none()
        if known is not None:
            if _ended(connection, known.scan_id) == _ended(read, number):
                return False
            connection.execute(delete(scan).where(scan.c.id == known.scan_id))  # all of its rows go with it
        values = {
            "sample_id": sample_id, "site_id": member["site_id"], "folder": str(folder), "number": number,
            "scan_id": copy_scan(read, connection, number, without=() if pictures else (evidence,)),
            "collected_at": now_iso(),
        }  # fmt: skip
        connection.execute(insert(sample_scan).values(values))
    return True


def _ended(connection: Connection, scan_id: int) -> tuple[object, ...]:
    """Return what tells a scan, and a state of it, from others."""
    query = select(scan.c.started_at, scan.c.finished_at, scan.c.elapsed_s, scan.c.state).where(scan.c.id == scan_id)
    return tuple(connection.execute(query).one())
