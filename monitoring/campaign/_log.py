"""What a site's scan said last."""

from __future__ import annotations

from pathlib import Path

from reports.escape import terminal_text

SAID = "campaign.log"
"""What a site's scan says while it runs, in its folder; its last line of ours is the reason when it fails."""


def last_line(folder: Path) -> str:
    """Return the last error that a scan told, in one safe line; "" if there was none."""
    path = folder / SAID
    if not path.is_file():
        return ""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    ours = [line for line in lines if line.startswith("curbcut:")]
    return terminal_text(ours[-1]).removeprefix("curbcut: ")[:300] if ours else ""
