"""A table that only places things has no marks of a table of data (WCAG 1.3.1): a person must look."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import attribute
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._heard import heard
from checks.rules._tables import is_for_layout

rule = Rule(
    __name__,
    title="Tables for layout have no headers",
    wcag=["1.3.1"],
    impact="moderate",
    who="Some screen readers read this as a table of data and others do not, so people do not hear the same page.",
    how='Take role="presentation" away from a table of data. In one for layout write td, and no caption or summary.',
    sources=["https://www.w3.org/WAI/WCAG22/Techniques/failures/F46"],
    messages={"cantTell": "This table is marked as one for layout, but has {what}. Does it hold data?"},
)


@rule.targets
def tables_for_layout(page: PageView) -> list[Tag]:
    """Look at tables that an author marked as ones for layout."""
    return [table for table in page.exposed("table[role]") if is_for_layout(table)]


@rule.expect
def has_no_marks_of_data(table: Tag) -> Verdict:
    """Ask about header cells, captions and summaries."""
    header = next((c for c in table.find_all("th") if c.find_parent("table") is table and heard(c)), None)
    if header is not None:
        return cant_tell(what=f'the header "{heard(header)[:80]}"')
    caption = table.find("caption", recursive=False)
    if isinstance(caption, Tag) and heard(caption):
        return cant_tell(what=f'the caption "{heard(caption)[:80]}"')
    summary = attribute(table, "summary").strip()
    return cant_tell(what=f'the summary "{summary[:80]}"') if summary else passed()


EXAMPLES = examples(
    passed=[
        '<table role="presentation"><tr><td>A</td><td>B</td></tr></table>',
        '<table role="none"><tr><td><table><tr><th>Line</th><td>1</td></tr></table></td></tr></table>',
    ],
    cant_tell=[
        '<table role="presentation"><tr><th>Line</th><td>1</td></tr></table>',
        '<table role="none"><caption>Bus times</caption><tr><td>1</td></tr></table>',
        '<table role="none" summary="Bus times"><tr><td>1</td></tr></table>',
    ],
    inapplicable=["<table><tr><th>Line</th><td>1</td></tr></table>", "<p>Line 1</p>"],
)
