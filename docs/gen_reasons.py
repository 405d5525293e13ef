"""docs/reasons.md: every state an address can end in, and why, from `store/reasons.py`."""

from __future__ import annotations

from docs.parts import table
from store.reasons import REASONS
from store.schema import State

PAGE = "docs/reasons.md"
INTRODUCTION = """# Where an address ends, and why

Every address that a scan meets ends in exactly one state with one reason, and the totals of a report are
counts of these. While a scan runs, an address is `pending` (waiting) or `leased` (in work); `--resume` goes
on with both.
"""
MEANING = {
    State.CHECKED: "A page that was opened and checked.",
    State.NOT_A_PAGE: "It is there, and it is something else than a page.",
    State.OUT_OF_SCOPE: "It does not belong to what you asked for.",
    State.DISALLOWED: "The scan may not open it.",
    State.FAILED: "It should have been checked and could not be.",
    State.OVER_LIMIT: "A limit of yours came first. Raise it and use `--resume`.",
}


def pages() -> dict[str, str]:
    """Return the whole page."""
    return {PAGE: "\n".join([INTRODUCTION, *(_section(state, reasons) for state, reasons in REASONS.items())])}


def _section(state: State, reasons: dict[str, str]) -> str:
    rows = [(f"`{code}`" if code else "(none)", meaning) for code, meaning in reasons.items()]
    return f"## `{state}`\n\n{MEANING[state]}\n\n{table(('reason', 'what it says'), rows)}\n"
