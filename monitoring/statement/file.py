"""Reads a statement that is a PDF: in a process of its own, by its tags."""

from __future__ import annotations

from dataclasses import dataclass

from checks.documents.sandbox import check_safely
from store.reasons import NO_PDF, unreadable

NO_TAGS = "It is a PDF without tags, in which a program cannot tell headings from text. A person must read it."


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A PDF as a web page, or why it is none."""

    html: str = ""
    problem: str = ""


def read_file(data: bytes, url: str) -> ReadFile:
    """Return a file's text with headings and links, if it is a PDF that has tags. OSError: this machine's trouble."""
    if not data.lstrip()[:5].startswith(b"%PDF-"):
        return ReadFile(problem=NO_PDF)
    result = check_safely(data, url=url, declared="pdf", is_statement=True)
    if result.statement:
        return ReadFile(result.statement)
    return ReadFile(problem=why_unread(result.reason, result.not_run.get("statement", "")))


def why_unread(reason: str, trouble: str = "") -> str:
    """Return why a PDF could not be read, by the reason why it was not checked."""
    return trouble or (unreadable(reason) if reason else NO_TAGS)
