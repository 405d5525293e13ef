"""Page samples as tables, for spreadsheets and terminals."""

from __future__ import annotations

from monitoring.pages.model import PageSample
from monitoring.sheets import Table

COLUMNS = ("letter", "item", "address", "title", "reason", "confidence", "certainty", "kind", "checked by the scan")


def tables(sample: PageSample) -> list[Table]:
    """Return the pages, what is missing, and what a person changed."""
    pages = [
        (p.letter, p.item, p.url, p.title, p.reason, p.confidence, p.certainty, p.kind, "yes" if p.is_checked else "no")
        for p in sample.pages
    ]
    missing = [(m.letter, m.item, m.why) for m in sample.missing]
    changes = [tuple(change.values()) for change in sample.changes]
    return [
        Table("pages", COLUMNS, pages),
        Table("missing", ("letter", "item", "why"), missing),
        Table("changes", ("letter", "item", "was", "now", "reason", "by", "at"), changes),
    ]
