"""Where things stand in a report. Every name is made of our own numbers and digests, never of a site's text."""

from __future__ import annotations

from checks.model import digest
from reports.analysis import Issue, Picture

PICTURE_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
"""The only media types a picture is written as: an SVG could carry a script."""


def page_href(page_id: int) -> str:
    """Return the file about one page of the site."""
    return f"pages/{page_id}.html"


def document_href(document_id: int) -> str:
    """Return the file about one document of the site."""
    return f"documents/{document_id}.html"


def has_own_file(issue: Issue) -> bool:
    """Whether an issue has a file of its own; one that is on one page alone is told on that page's file."""
    return issue.n_pages > 1 or not issue.example.is_page


def issue_path(issue_id: str) -> str:
    """Return the name, without its suffix, of an issue's file."""
    return f"issues/{issue_id}"


def issue_href(issue: Issue) -> str:
    """Return where an issue is told in full; `issue.n_pages` must count the whole scan."""
    if has_own_file(issue):
        return f"{issue_path(issue.id)}.html"
    return f"{page_href(issue.example.page_id)}#i-{issue.id}"


def rule_path(rule_id: str) -> str:
    """Return the name, without its suffix, of the file about one style rule."""
    return f"language/{digest(rule_id)}"


def picture_path(issue_id: str, picture: Picture | None) -> str:
    """Return the file of an issue's picture, or nothing if it has none that may be shown."""
    suffix = PICTURE_SUFFIXES.get(picture.media_type) if picture else None
    return f"images/{issue_id}.{suffix}" if suffix else ""
