"""What can go wrong with the database, said so that the reader knows what to do."""

from __future__ import annotations


class StoreError(Exception):
    """The database cannot be used as asked; the message says why and what to do."""


class NotADatabaseError(StoreError):
    """The file is not a Curbcut database, or is damaged."""


class NewerDatabaseError(StoreError):
    """The database was written by a newer Curbcut."""


class OlderDatabaseError(StoreError):
    """The database was written by an older Curbcut and may not be changed now."""


class LedgerInUseError(StoreError):
    """Another scan is running on this database."""


class NoScanError(StoreError):
    """The database holds no scan of that number."""
