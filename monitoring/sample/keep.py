"""Keeps samples: draws one from the register, reads it, and replaces a site with the reason written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from monitoring.errors import MonitoringError
from monitoring.register.read import find_site, sites
from monitoring.sample.draw import Drawn, draw, representativeness
from monitoring.sample.notes import NONE_AGAIN
from monitoring.sample.size import sizes, wanted_of
from store.ledger import now_iso
from store.schema_monitoring import sample, sample_change, sample_site

SNAPSHOT = ("key", "url", "name", "body", "level", "services", "nuts", "lau", "operator", "contact", "nominated_by")


@dataclass(frozen=True, slots=True)
class Kept:
    """A sample as it is kept: its row, its sites (those that were replaced, too), and its replacements."""

    row: Mapping[str, Any]
    sites: list[Mapping[str, Any]]
    changes: list[Mapping[str, Any]]

    @property
    def current(self) -> list[Mapping[str, Any]]:
        """The sites that are in the sample now."""
        return [each for each in self.sites if each["is_in"]]


def draw_sample(
    engine: Engine, *, name: str, population: int, year: int, method: str, seed: int, recurring: float, who: str
) -> Kept:
    """Draw a sample in one transaction. The sites of the newest sample of the same method of an earlier period recur.

    Raises MonitoringError: the name is taken, the register is empty.
    """
    wanted = sizes(population, year)
    with engine.begin() as connection:
        if connection.execute(select(sample.c.id).where(sample.c.name == name)).first():
            raise MonitoringError(f"There is a sample {name} already. Give this one another name with --as NAME.")
        register = [dict(row) for row in sites(connection)]
        if not register:
            raise MonitoringError("The register is empty. Fill it with: curbcut register import FILE")
        size, why = wanted_of(wanted.of(method), len(register))
        last_name, last = _last(connection, method, wanted.period)
        drawn = draw(register, size, seed=seed, last=last, recurring=Fraction(str(recurring)))
        notes = ([why] if why else []) + _about_last(last_name, method) + drawn.notes
        facts = {
            "size_by_formula": wanted.of(method),
            "size": size,
            "register_size": len(register),
            "recurring_share_asked": recurring,
            "recurring": sum(each.is_recurring for each in drawn.chosen),
            "sample_of_last_period": last_name,
            "representativeness": [
                dict(zip(REPRESENTATIVENESS, row, strict=True))
                for row in representativeness(register, [each.site for each in drawn.chosen])
            ],
        }
        key = connection.execute(
            insert(sample).values(
                name=name,
                year=year,
                period=wanted.period,
                method=method,
                population=population,
                seed=seed,
                drawn_at=now_iso(),
                drawn_by=who,
                facts=facts,
                notes=notes,
            )
        ).inserted_primary_key
        assert key is not None  # noqa: S101 - every dialect we speak returns it
        connection.execute(insert(sample_site), _rows(int(key[0]), drawn))
    return read_sample(engine, name)


REPRESENTATIVENESS = ("by", "group", "register", "register_share", "sample", "sample_share")


def _rows(sample_id: int, drawn: Drawn) -> list[dict[str, Any]]:
    return [
        {
            "sample_id": sample_id,
            "site_id": each.site["id"],
            "position": position,
            "is_in": True,
            "is_recurring": each.is_recurring,
            "reason": each.reason,
            "site": {name: each.site[name] for name in SNAPSHOT},
        }
        for position, each in enumerate(drawn.chosen, 1)
    ]


def _last(connection: Connection, method: str, period: int) -> tuple[str, frozenset[str]]:
    """Return name and site keys of the newest sample of this method in the period before; both empty if none."""
    query = (
        select(sample.c.id, sample.c.name)
        .where(sample.c.method == method, sample.c.period == period - 1)
        .order_by(sample.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return "", frozenset()
    chosen = connection.execute(
        select(sample_site.c.site).where(sample_site.c.sample_id == row.id, sample_site.c.is_in)
    ).scalars()
    return row.name, frozenset(site["key"] for site in chosen)


def _about_last(name: str, method: str) -> list[str]:
    if name:
        return []
    return [NONE_AGAIN % {"method": method}]


def read_sample(engine: Engine, name: str) -> Kept:
    """Return a sample by its name. Raises MonitoringError."""
    with engine.connect() as connection:
        row = connection.execute(select(sample).where(sample.c.name == name)).mappings().one_or_none()
        if row is None:
            known = connection.execute(select(sample.c.name).order_by(sample.c.id)).scalars().all()
            hint = f"There are: {', '.join(known)}." if known else "Draw one with: curbcut sample draw"
            raise MonitoringError(f"There is no sample {name}. {hint}")
        members = select(sample_site).where(sample_site.c.sample_id == row["id"]).order_by(sample_site.c.position)
        changes = select(sample_change).where(sample_change.c.sample_id == row["id"]).order_by(sample_change.c.id)
        return Kept(
            dict(row),
            [dict(each) for each in connection.execute(members).mappings()],
            [dict(each) for each in connection.execute(changes).mappings()],
        )


def replace(engine: Engine, name: str, *, remove: str, add: str, reason: str, who: str) -> None:
    """Replace a site of a sample by another of the register, and log who did so and why. Raises MonitoringError."""
    if not reason.strip():
        raise MonitoringError("Say why with --reason: the report to the Commission explains how the sample was chosen.")
    kept = read_sample(engine, name)
    with engine.begin() as connection:
        old, new = find_site(connection, remove), find_site(connection, add)
        members = {each["site_id"]: each for each in kept.current}
        if old["id"] not in members:
            raise MonitoringError(f"{old['url']} is not in the sample {name}.")
        if new["id"] in members:
            raise MonitoringError(f"{new['url']} is in the sample {name} already.")
        last_name, last = _last(connection, kept.row["method"], kept.row["period"])
        same = (sample_site.c.sample_id == kept.row["id"]) & (sample_site.c.site_id == new["id"])
        values = {
            "is_in": True,
            "is_recurring": bool(last_name) and new["key"] in last,
            "reason": f"Put in by {who} for {old['url']}: {reason.strip()}",
            "site": {field: new[field] for field in SNAPSHOT},
        }
        gone = (sample_site.c.sample_id == kept.row["id"]) & (sample_site.c.site_id == old["id"])
        connection.execute(update(sample_site).where(gone).values(is_in=False))
        if not connection.execute(update(sample_site).where(same).values(**values)).rowcount:
            position = connection.execute(
                select(func.max(sample_site.c.position)).where(sample_site.c.sample_id == kept.row["id"])
            ).scalar_one()
            connection.execute(
                insert(sample_site).values(sample_id=kept.row["id"], site_id=new["id"], position=position + 1, **values)
            )
        connection.execute(
            insert(sample_change).values(
                sample_id=kept.row["id"],
                at=now_iso(),
                who=who,
                removed_id=old["id"],
                added_id=new["id"],
                reason=reason.strip(),
            )
        )
