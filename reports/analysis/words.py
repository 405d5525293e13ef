"""Words for counts, places and states: the one place where numbers become plain English."""

from __future__ import annotations

REGIONS = {
    "header": "in the header",
    "banner": "in the header",
    "nav": "in the navigation",
    "navigation": "in the navigation",
    "main": "in the main content",
    "footer": "in the footer",
    "contentinfo": "in the footer",
    "aside": "in the side column",
    "complementary": "in the side column",
    "search": "in the search",
    "form": "in a form",
    "dialog": "in a dialog",
    "cookies": "in the cookie notice",
}
"""A finding's `region` is a landmark's element or role; a region that is not here is left unsaid."""

STATES = {
    "checked": "Checked",
    "not_a_page": "Not a page",
    "out_of_scope": "Out of scope",
    "disallowed": "Disallowed",
    "failed": "Failed",
    "over_limit": "Over a limit",
    "not_reached": "Not reached yet",
}


def number(value: int) -> str:
    """Return `value` with commas between thousands: 12,345."""
    return f"{value:,}"


def count(value: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 page", "38 pages"; `many` is for nouns that do not just take an s."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def where(region: str) -> str:
    """Return " in the header" for `header` (with a leading space), or nothing for a region without a name."""
    words = REGIONS.get(region, "")
    return f" {words}" if words else ""
