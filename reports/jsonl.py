"""Writes one JSON object a page, one a line: for programs that read while a scan's results stream by."""

from __future__ import annotations

import json
from typing import TextIO

from sqlalchemy import Engine

from reports.record import records


def write(engine: Engine, scan_id: int, stream: TextIO) -> int:
    """Write every page's record to `stream` and return how many there were; the lines' schema is page.schema.json.

    The lines are plain ASCII: no terminal's encoding can break them, and no line separator inside a text can end one.
    """
    n_lines = 0
    with engine.connect() as connection:
        for record in records(connection, scan_id):
            stream.write(json.dumps(record, allow_nan=False) + "\n")
            n_lines += 1
    return n_lines
