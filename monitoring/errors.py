"""What can go wrong in the work around scans, said so that the reader knows what to do."""

from __future__ import annotations


class MonitoringError(ValueError):
    """A file, a register or a sample cannot be used as asked; the message says why and what to do."""


class SheetError(MonitoringError):
    """A spreadsheet cannot be read."""
