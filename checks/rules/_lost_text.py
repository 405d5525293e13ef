"""How rules judge text that is lost when a page changes its size or spacing, as `checks/probes/_text.js` notes it."""

from __future__ import annotations

from checks.probe import Seen

MIN_WORDS = 3
"""Fewer, cut off at every size, may be a fragment that is cut for its looks."""


def fate_of(text: Seen) -> str:
    """Return the key of the message that a lost text deserves: fail what is cut off, ask where there is help.

    Text that ends in an ellipsis inside a link or beside a title is shortened on purpose: the rest is one step away.
    """
    data = text.data
    kind = data.get("kind")
    if kind == "over":
        return "cantTell.over" if data.get("isLayered") else "failed.over"
    if kind == "always":
        return _fate_at_every_size(text)
    if kind == "gone" and not data.get("moves") and not data.get("byPage"):
        return "cantTell.gone"
    if kind != "cut":
        return ""
    if data.get("ellipsis"):
        return "" if data.get("inControl") or data.get("hasTitle") else "cantTell"
    return "cantTell" if data.get("moves") or data.get("controlNear") else "failed"


def arguments_of(text: Seen) -> dict[str, str]:
    """Return what the messages of `fate_of` show."""
    shown = {"text": str(text.data.get("text", ""))}
    return {**shown, "other": str(text.data.get("other", ""))} if text.data.get("kind") == "over" else shown


def _fate_at_every_size(text: Seen) -> str:
    """Judge text that is cut off at every size: fail it where not one line can be read.

    The first lines of a longer text, what has more behind a link, and what is in motion are designs, and left alone.
    """
    data = text.data
    if int(data.get("whole", 0)):
        return ""
    has_more = any(data.get(name) for name in ("ellipsis", "inControl", "hasTitle", "moves", "byPage"))
    if has_more or int(data.get("words", 0)) < MIN_WORDS:
        return ""
    return "cantTell" if data.get("controlNear") else "failed"
