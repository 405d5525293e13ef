"""Writes a comment for a pull request or a ticket, at most as long as one may be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

MAX_CHARS = 60_000
"""GitHub takes comments of up to 65,536 characters."""


def write_lines(lines: Iterable[str], stream: TextIO) -> None:
    """Write lines to `stream`; where they would be too long for a comment, end with a line that says so."""
    n_chars = 0
    for line in lines:
        n_chars += len(line) + 1
        if n_chars > MAX_CHARS:
            stream.write("\nThere is more; this comment is as long as it may be.\n")
            return
        stream.write(line + "\n")
