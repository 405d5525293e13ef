"""What a person wants to see of campaigns: the samples that were drawn, and how each of a sample's sites stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from monitoring.campaign.run import site_folder
from monitoring.campaign.status import SiteStatus, is_scanned_elsewhere, read_status
from monitoring.register.model import LEVELS
from monitoring.sample.keep import Kept
from store.schema_monitoring import sample, sample_change, sample_site, site

STATES = ("done", "running", "interrupted", "failed", "waiting")


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One sample: its facts, how many sites are in it now, and how many of them a person put in another's place."""

    name: str
    year: int
    period: int
    method: str
    drawn_at: str
    n_register: int
    n_sites: int
    n_replaced: int


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site of a sample, how its scan stands, and the folder of that scan."""

    member: Mapping[str, Any]
    status: SiteStatus
    folder: Path


def read_samples(engine: Engine) -> list[SampleRow]:
    """Return all samples, the newest first."""
    counts = (
        select(sample_site.c.sample_id, func.count().label("n"))
        .where(sample_site.c.is_in)
        .group_by(sample_site.c.sample_id)
        .subquery()
    )
    replaced = select(func.count()).where(sample_change.c.sample_id == sample.c.id).scalar_subquery()
    query = (
        select(sample, counts.c.n, replaced.label("n_replaced"))
        .outerjoin(counts, counts.c.sample_id == sample.c.id)
        .order_by(sample.c.year.desc(), sample.c.id.desc())
    )
    with engine.connect() as connection:
        return [
            SampleRow(
                row.name,
                row.year,
                row.period,
                row.method,
                row.drawn_at,
                row.facts["register_size"],
                row.n or 0,
                row.n_replaced,
            )
            for row in connection.execute(query)
        ]


def read_sites(kept: Kept, folder: Path) -> list[SiteRow]:
    """Return the sites of a sample, each as its scan below the campaign's `folder` says."""
    rows = []
    for member in kept.current:
        url = member["site"]["url"]
        own = site_folder(folder, url)
        rows.append(SiteRow(member, read_status(url, own, is_running=is_scanned_elsewhere(own)), own))
    return rows


def register_by_level(connection: Connection) -> dict[str, int]:
    """Return how many sites the register lists of each of the Decision's levels, by the level's name."""
    query = select(site.c.level, func.count()).where(site.c.is_listed).group_by(site.c.level)
    counts: dict[str, int] = {level: n for level, n in connection.execute(query)}  # noqa: C416 # rows are no pairs
    return {name: counts.get(key, 0) for key, name in LEVELS.items()}
