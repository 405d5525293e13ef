"""docs/database.md: the tables and columns, from `store/schema.py` and `store/schema_monitoring.py`."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Table

from docs.parts import table
from store.schema import ScanState, State
from store.schema_monitoring import metadata

PAGE = "docs/database.md"
INTRODUCTION = """# The database

A scan's folder holds `curbcut.sqlite`: one SQLite file with all that was found, from which every report is
written. Any SQLite program can read it. For example, the pages with most failures:

```sql
SELECT final_url, n_failed FROM page ORDER BY n_failed DESC LIMIT 10;
```

Read it while no scan runs, and do not write to it. Its version is kept by Alembic in `alembic_version`; a
newer Curbcut brings an older file up to date when it goes on with the scan. Times are ISO 8601 in UTC.
Columns of the type JSON hold text that SQLite's JSON functions read.

A monitoring database has the same tables, with the register, the samples and the scans of many sites in them. It is an
SQLite file or, by its URL, a PostgreSQL database: see [monitoring.md](monitoring.md#one-database-for-all-results).
"""
STATES = {
    ScanState.RUNNING: "It runs, or was killed while it ran.",
    ScanState.INTERRUPTED: "It was stopped and has work left.",
    ScanState.LIMITED: "It did all that its limits allowed; some addresses are over the limit.",
    ScanState.COMPLETE: "Every address that it met is in its final state, none over a limit.",
}


def pages() -> dict[str, str]:
    """Return the whole page."""
    sections = [f"## {made.name}\n\n{made.info['doc']}\n\n{_columns(made)}\n" for made in metadata.tables.values()]
    states = table(("state", "what it says"), [(f"`{state}`", meaning) for state, meaning in STATES.items()])
    url_states = ", ".join(f"`{state}`" for state in State)
    return {
        PAGE: "\n".join(
            [
                INTRODUCTION,
                *sections,
                f"## States\n\nOf a scan:\n\n{states}\n",
                f"Of an address: {url_states}. [Reasons](reasons.md) says what they mean.\n",
            ]
        )
    }


def _columns(made: Table) -> str:
    return table(("column", "type", "what it says"), _rows(made))


def _rows(made: Table) -> Iterator[tuple[str, str, str]]:
    for column in made.columns:
        yield f"`{column.name}`", _type(column), _meaning(column)


def _type(column: Column[object]) -> str:
    return f"{column.type}, may be null" if column.nullable else str(column.type)


def _meaning(column: Column[object]) -> str:
    links = " ".join(f"Key to `{key.target_fullname}`." for key in column.foreign_keys)
    key = "Part of the primary key." if column.primary_key else ""
    return " ".join(part for part in (column.doc, links, key) if part)
