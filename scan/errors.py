"""What ends a command early, by who must act; `cli/exit_codes.py` gives each its number."""

from __future__ import annotations


class UsageError(Exception):
    """The caller asked for something that cannot be done; the message says what to change."""


class DiskFullError(Exception):
    """The disk is full: what was found is safe, and the scan can be resumed once there is room."""
