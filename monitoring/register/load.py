"""Brings a spreadsheet into the register: finds its columns, checks row by row, keeps the good ones and the history."""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, insert, select, update

from monitoring import facts
from monitoring.errors import MonitoringError
from monitoring.register.model import FIELDS, REQUIRED, RegisterRow, RowError, explain, known_word, plain
from monitoring.sheets import Row, open_sheet
from store.ledger import now_iso
from store.schema_monitoring import register_import, site, site_change

BATCH_ROWS = 500
HEADER_WITHIN = 20
"""Rows in which the header is looked for: titles and notes often stand above it."""

LIKENESS_MIN = 0.6
"""How alike a column and one of our words must be for the column to be offered: `adress` and `address` are 0.92."""

KEPT_ERRORS = 1_000
CHANGEABLE = (
    "url", "address", "name", "body", "level", "services", "nuts", "lau", "operator", "contact", "nominated_by",
)  # fmt: skip


@dataclass(slots=True)
class Imported:
    """What an import did. `errors` holds the first `KEPT_ERRORS` refused rows; `counts` counts all."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[RowError] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def load(
    engine: Engine,
    path: Path,
    *,
    who: str,
    named: Mapping[str, str] | None = None,
    complete: bool = False,
    encoding: str | None = None,
    refuse: Callable[[RowError], None] | None = None,
) -> Imported:
    """Import a file in one transaction; a kill leaves the register as it was.

    `named` maps our columns to the file's headers. With `complete` the sites that the file does not name leave the
    register (their rows and history stay). `encoding` is that of a CSV file, if it is known. `refuse` is called with
    every refused row. Raises MonitoringError.
    """
    result = Imported()
    with open_sheet(path, encoding) as sheet, engine.begin() as connection:
        places, remarks = _columns(sheet.rows, path, named or {})
        result.remarks += [*sheet.remarks, *remarks]
        import_id = _begin(connection, path, who)
        seen: dict[bytes, int] = {}
        rows = _checked(sheet.rows, places, result, seen, refuse)
        while batch := list(islice(rows, BATCH_ROWS)):
            result.counts.update(_write(connection, batch, import_id))
        if complete:
            result.counts["left out"] = _leave_out(connection, seen, import_id)
        connection.execute(
            update(register_import).where(register_import.c.id == import_id).values(counts=dict(result.counts))
        )
    return result


def _columns(rows: Iterator[Row], path: Path, named: Mapping[str, str]) -> tuple[dict[str, int], list[str]]:
    """Read up to the header; return the place of each of our columns."""
    wanted = {plain(header): ours for ours, header in named.items()}
    best: tuple[dict[str, int], tuple[str, ...]] = ({}, ())
    for row in islice(rows, HEADER_WITHIN):
        places: dict[str, int] = {}
        for place, text in enumerate(row.cells):
            ours = wanted.get(plain(text)) or known_word("columns", text)
            if text and ours and (ours not in named or plain(named[ours]) == plain(text)):
                places.setdefault(ours, place)
        if all(each in places for each in (*REQUIRED, *named)):
            used = set(places.values())
            spare = [text for place, text in enumerate(row.cells) if text and place not in used]
            return places, [f"Columns not used: {', '.join(dict.fromkeys(spare))}."] if spare else []
        if len(places) > len(best[0]) or not best[1]:
            best = (places, row.cells)
    raise MonitoringError(_missing(path, *best, named))


def _missing(path: Path, places: Mapping[str, int], header: tuple[str, ...], named: Mapping[str, str]) -> str:
    """Say which columns are missing, and which of the file's may be meant."""
    unused = [text for place, text in enumerate(header) if text and place not in places.values()]
    parts = []
    for each in (*REQUIRED, *(name for name in named if name not in REQUIRED)):
        if each in places:
            continue
        words = [plain(word) for word in ([named[each]] if each in named else facts.columns()["columns"][each])]
        meant = max(unused, key=lambda text: _likeness(text, words), default="")
        meant = meant if meant and _likeness(meant, words) >= LIKENESS_MIN else ""
        hint = f"; is it {meant!r}? Then add --column {each}={meant!r}" if meant else ""
        parts.append(f"the column {named.get(each, each)!r} is missing{hint}")
    columns = ", ".join(unused) or "no others"
    return f"{path}: {'. Also, '.join(parts)}. The file has besides: {columns}."


def _likeness(text: str, words: Iterable[str]) -> float:
    return max(difflib.SequenceMatcher(None, plain(text), word).ratio() for word in words)


def _begin(connection: Connection, path: Path, who: str) -> int:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    made = connection.execute(
        insert(register_import).values(at=now_iso(), who=who, file=path.name, sha256=digest, counts={})
    ).inserted_primary_key
    assert made is not None  # noqa: S101 - every dialect we speak returns it
    return int(made[0])


def _checked(
    rows: Iterable[Row],
    places: Mapping[str, int],
    result: Imported,
    seen: dict[bytes, int],
    refuse: Callable[[RowError], None] | None,
) -> Iterator[dict[str, Any]]:
    for row in rows:
        if not any(row.cells[place] for place in places.values() if place < len(row.cells)):
            continue
        result.counts["rows"] += 1
        values, reasons = _values(row, places)
        if values is not None:
            key = digest(values["key"])
            first = seen.setdefault(key, row.number)
            if first == row.number:
                yield values
                continue
            reasons = (f"url: line {first} names the same site, {values['url']}; that line was kept",)
        result.counts["refused"] += 1
        error = RowError(row.number, reasons, row.cells)
        if len(result.errors) < KEPT_ERRORS:
            result.errors.append(error)
        if refuse is not None:
            refuse(error)


def digest(key: str) -> bytes:
    """Return 16 bytes that stand for a key: fifty thousand keys in full would take more room."""
    return hashlib.blake2b(key.encode(), digest_size=16).digest()


def _values(row: Row, places: Mapping[str, int]) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    cells = {ours: row.cells[place] if place < len(row.cells) else "" for ours, place in places.items()}
    odd = [f"{ours.replace('_', ' ')}: {row.notes[place]}" for ours, place in places.items() if place in row.notes]
    if odd:
        return None, tuple(odd)
    try:
        return RegisterRow.model_validate({name: cells.get(name, "") for name in FIELDS}).values(), ()
    except ValidationError as error:
        return None, explain(error)


def _write(connection: Connection, batch: list[dict[str, Any]], import_id: int) -> Counter[str]:
    known = {
        row["key"]: row
        for row in connection.execute(select(site).where(site.c.key.in_([b["key"] for b in batch]))).mappings()
    }
    counts: Counter[str] = Counter()
    fresh: list[dict[str, Any]] = []
    history: list[dict[str, Any]] = []
    now = now_iso()
    for values in batch:
        old = known.get(values["key"])
        if old is None:
            fresh.append(values | {"is_listed": True, "added_at": now, "changed_at": now})
            continue
        changed = {name for name in CHANGEABLE if old[name] != values[name]}
        if not changed and old["is_listed"]:
            counts["unchanged"] += 1
            continue
        connection.execute(
            update(site)
            .where(site.c.id == old["id"])
            .values({name: values[name] for name in changed} | {"is_listed": True, "changed_at": now})
        )
        history.append(
            {
                "site_id": old["id"],
                "import_id": import_id,
                "what": "changed" if old["is_listed"] else "back",
                "before": {name: old[name] for name in sorted(changed)},
                "after": {name: values[name] for name in sorted(changed)},
            }
        )
        counts["changed"] += 1
    if fresh:
        connection.execute(insert(site), fresh)
        ids = connection.execute(select(site.c.key, site.c.id).where(site.c.key.in_([f["key"] for f in fresh])))
        history += [
            {"site_id": row.id, "import_id": import_id, "what": "added", "before": {}, "after": {}} for row in ids
        ]
        counts["added"] += len(fresh)
    if history:
        connection.execute(insert(site_change), history)
    return counts


def _leave_out(connection: Connection, seen: Mapping[bytes, int], import_id: int) -> int:
    listed = connection.execute(select(site.c.id, site.c.key).where(site.c.is_listed)).all()
    gone = [row.id for row in listed if digest(row.key) not in seen]
    for start in range(0, len(gone), BATCH_ROWS):
        ids = gone[start : start + BATCH_ROWS]
        connection.execute(update(site).where(site.c.id.in_(ids)).values(is_listed=False, changed_at=now_iso()))
        connection.execute(
            insert(site_change),
            [{"site_id": i, "import_id": import_id, "what": "left out", "before": {}, "after": {}} for i in ids],
        )
    return len(gone)
