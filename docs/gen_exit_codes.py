"""docs/exit-codes.md, from `cli/exit_codes.py`."""

from __future__ import annotations

from cli.exit_codes import MEANING
from docs.parts import table

PAGE = "docs/exit-codes.md"
INTRODUCTION = """# Exit codes

Every command ends with one of these. Where two are true, the command gives the one that stopped it: an
interrupted scan gives 4 whatever it found, and failures over `--max-findings` (1) come before a limit (5).
"""


def pages() -> dict[str, str]:
    """Return the whole page."""
    rows = [(str(int(code)), meaning) for code, meaning in MEANING.items()]
    return {PAGE: f"{INTRODUCTION}\n{table(('code', 'what it says'), rows)}\n"}
