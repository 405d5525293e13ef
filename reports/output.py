"""Opens report files so that a half-written one never takes a whole one's place, and no symbolic link is followed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def replacing(path: Path, *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Open `path` for text; it appears, or replaces an older file, only when the block ends well.

    Line endings are written as given. Raises OSError (the disk is full, the folder cannot be written).
    """
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with temporary.open("x", encoding=encoding, newline="") as stream:
            yield stream
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
