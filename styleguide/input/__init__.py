"""Brings in what somebody wrote: a file or standard input as HTML, Markdown, plain text or DOCX."""

from styleguide.input.draft import Draft, DraftFormat, Location, read_draft
from styleguide.input.errors import UnreadableError

__all__ = ["Draft", "DraftFormat", "Location", "UnreadableError", "read_draft"]
