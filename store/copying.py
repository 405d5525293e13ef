"""Copies a whole scan from one database into another, whatever kinds the two are."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from store.schema import metadata, scan

BATCH_ROWS = 500
"""Rows that are read and written at a time: enough to be quick, few enough to keep memory flat."""


def copy_scan(source: Connection, target: Connection, scan_id: int, *, without: Collection[Table] = ()) -> int:
    """Copy a scan with all rows that belong to it; return its number in `target`, whose transaction this joins.

    Rows are numbered anew there, and keys between them follow. Tables in `without` are left out, as are people's
    answers (`verdict`), which belong to no scan.
    """
    row = dict(source.execute(select(scan).where(scan.c.id == scan_id)).mappings().one())
    del row["id"]
    key = target.execute(insert(scan).values(row)).inserted_primary_key
    assert key is not None  # noqa: S101 - every dialect we speak returns it
    new_ids: dict[str, dict[int, int]] = {"scan": {scan_id: int(key[0])}}
    for table in metadata.sorted_tables:
        if table is not scan and "scan_id" in table.c and table not in without:
            new_ids[table.name] = _copy(source, target, table, scan_id, new_ids)
    return int(key[0])


def _copy(
    source: Connection, target: Connection, table: Table, scan_id: int, new_ids: dict[str, dict[int, int]]
) -> dict[int, int]:
    """Copy a table's rows of the scan; return their new numbers if they have numbers of their own."""
    keys = {key.parent.name: key.column.table.name for key in table.foreign_keys}
    is_numbered = table.autoincrement_column is not None and table.autoincrement_column.name == "id"
    query = select(table).where(table.c.scan_id == scan_id)
    if is_numbered:
        query = query.order_by(table.c.id)
    numbers: dict[int, int] = {}
    rows = iter(source.execute(query, execution_options={"yield_per": BATCH_ROWS}).mappings())
    while batch := list(islice(rows, BATCH_ROWS)):
        fresh: list[dict[str, Any]] = [
            {name: new_ids[keys[name]][value] if name in keys else value for name, value in row.items()}
            for row in batch
        ]
        if not is_numbered:
            target.execute(insert(table), fresh)
            continue
        old = [row.pop("id") for row in fresh]
        returned = target.execute(insert(table).returning(table.c.id, sort_by_parameter_order=True), fresh)
        numbers |= zip(old, returned.scalars(), strict=True)
    return numbers
