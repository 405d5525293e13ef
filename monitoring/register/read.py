"""Reads the register: its sites, one site with its history, and the table that is exported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, select

from monitoring.errors import MonitoringError
from monitoring.facts import columns
from monitoring.register.model import LEVELS, known_word, site_key
from monitoring.sheets import Table
from scan.run import start_addresses
from store.schema_monitoring import register_import, site, site_change

STREAM_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of a site's history."""

    at: str
    who: str
    file: str
    what: str
    before: dict[str, Any]
    after: dict[str, Any]


def sites(
    connection: Connection, *, level: str = "", service: str = "", text: str = "", unlisted: bool = False
) -> Iterator[Mapping[str, Any]]:
    """Give the sites by body and address; `text` is looked for in body, name and address."""
    query: Select[Any] = select(site).order_by(site.c.body, site.c.key)
    if not unlisted:
        query = query.where(site.c.is_listed)
    if level:
        query = query.where(site.c.level == level)
    if text:
        like = f"%{text.lower()}%"
        query = query.where(
            func.lower(site.c.body).like(like) | func.lower(site.c.name).like(like) | func.lower(site.c.key).like(like)
        )
    for row in connection.execute(query, execution_options={"yield_per": STREAM_ROWS}).mappings():
        if not service or service in row["services"]:
            yield dict(row)


def find_site(connection: Connection, address: str) -> Mapping[str, Any]:
    """Return the site with this number or address. Raises MonitoringError."""
    if address.isdigit():
        query = select(site).where(site.c.id == int(address))
    else:
        query = select(site).where(site.c.key == site_key(start_addresses([address])[0][0]))
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise MonitoringError(
            f"The register holds no site {address}. To look for it: curbcut register list --find WORD"
        )
    return dict(row)


def history(engine: Engine, site_id: int) -> list[Change]:
    """Return what happened to a site, oldest first."""
    query = (
        select(
            register_import.c.at,
            register_import.c.who,
            register_import.c.file,
            site_change.c.what,
            site_change.c.before,
            site_change.c.after,
        )
        .join(register_import, register_import.c.id == site_change.c.import_id)
        .where(site_change.c.site_id == site_id)
        .order_by(site_change.c.id)
    )
    with engine.connect() as connection:
        return [Change(*row) for row in connection.execute(query)]


HEADERS = (
    "url", "body", "level", "services", "territory", "name", "operator", "contact", "nominated by", "listed",
)  # fmt: skip


def level_word(key: str) -> str:
    """Return the word we write for a level."""
    return str(columns()["levels"][key][0])


def level_key(word: str) -> str:
    """Return a level's key by any of its words. Raises MonitoringError."""
    key = known_word("levels", word)
    if key is None:
        raise MonitoringError(f"{word!r} is no level. Write one of: {', '.join(map(level_word, LEVELS))}.")
    return key


def as_table(rows: Iterator[Mapping[str, Any]]) -> Table:
    """Return the register as a table that can be imported again."""
    return Table("Register", HEADERS, (_line(row) for row in rows))


def _line(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        row["address"],
        row["body"],
        level_word(row["level"]),
        "; ".join(row["services"]),
        "; ".join(code for code in (row["nuts"], row["lau"]) if code),
        row["name"],
        row["operator"],
        row["contact"],
        row["nominated_by"],
        "yes" if row["is_listed"] else "no",
    )
