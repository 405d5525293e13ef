"""What one server of the app is told at its start, and the bounds it keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from styleguide.guides import DEFAULT_GUIDE

MAX_BODY_BYTES = 20 * 1024 * 1024
"""The most that one request may send: a Word document with pictures."""

MAX_DRAINED_BYTES = 80 * 1024 * 1024
"""What is read and thrown away of a longer request, so that the browser shows our answer."""

MAX_MARKED_CHARS = 200_000
"""The longest text that is marked: 30,000 words, half a novel. `curbcut style` reads longer ones."""

MAX_FIELDS = 50
MAX_FILES = 1

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""How this machine calls itself, as in a Host header."""


@dataclass(frozen=True, slots=True)
class WebConfig:
    """`folder` holds the scans. Where `token` is not "", only who knows it may come in.

    `database` is the monitoring database, a file or an address; `campaigns` holds a folder for each campaign
    and stands with it.
    """

    folder: Path
    guide: str = DEFAULT_GUIDE
    token: str = field(default="", repr=False)
    database: str = field(default="", repr=False)
    campaigns: Path | None = None

    @property
    def has_monitoring(self) -> bool:
        """Whether there is a monitoring database to show."""
        return "://" in self.database or (bool(self.database) and Path(self.database).is_file())
