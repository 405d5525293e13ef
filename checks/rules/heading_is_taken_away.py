"""A heading is not marked as if it were none (WCAG 1.3.1): a person must look."""

from __future__ import annotations

from bs4 import Tag

from checks.elements import attribute
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._heard import heard, is_presentational

rule = Rule(
    __name__,
    title="Headings are not marked as decoration",
    wcag=["1.3.1"],
    impact="moderate",
    who="People who use a screen reader cannot jump to this heading, and hear it as any other text.",
    how='Take role="presentation" or role="none" away from a heading. Write other text as a p or a div.',
    sources=["https://www.w3.org/WAI/WCAG22/Techniques/failures/F92"],
    messages={
        "cantTell": 'The heading "{text}" is marked with role="{role}", so screen readers take it for plain text. '
        "Is it a heading?",
    },
)
_MOST_TEXT_CHARS = 80


@rule.targets
def headings(page: PageView) -> list[Tag]:
    """Look at headings with a text that people meet."""
    return [heading for heading in page.exposed("h1, h2, h3, h4, h5, h6") if heard(heading)]


@rule.expect
def is_still_a_heading(heading: Tag) -> Verdict:
    """Ask about a heading whose role takes its meaning away; some are there for their look only."""
    if not is_presentational(heading) or _is_undone(heading):
        return passed()
    role = attribute(heading, "role").strip()[:40]
    return cant_tell(role=role, text=heard(heading)[:_MOST_TEXT_CHARS])


def _is_undone(heading: Tag) -> bool:
    """Say whether the browser leaves it a heading, as it takes the focus or has more ARIA (WAI-ARIA 1.2, 6.7)."""
    return any(name == "tabindex" or (name.startswith("aria-") and name != "aria-hidden") for name in heading.attrs)


EXAMPLES = examples(
    passed=[
        "<h2>Bus times</h2>",
        '<h2 role="none" aria-label="Bus times today">Bus times</h2>',
        '<h2 role="presentation" tabindex="-1">Bus times</h2>',
    ],
    cant_tell=['<h2 role="presentation">Bus times</h2>', '<h3 role="none"><a href="/bus">Bus times</a></h3>'],
    inapplicable=["<p>Bus times</p>", "<h2></h2>", '<h2 data-curbcut-hidden role="none">Bus times</h2>'],
)
