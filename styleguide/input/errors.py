"""What can be wrong with a draft: it cannot be read, and the message says why and what to do."""

from __future__ import annotations


class UnreadableError(ValueError):
    """The draft is no text that can be read. The message is for whoever named it."""
