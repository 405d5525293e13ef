"""A link's own text says where it leads, without the words around it (WCAG 2.4.9, level AAA)."""

from __future__ import annotations

from bs4 import Tag

from checks.model import Outcome
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules import link_text_says_nothing
from checks.rules._heard import name_of
from checks.rules._links import description_of

rule = Rule(
    __name__,
    title="Link texts alone say where the link leads",
    wcag=["2.4.9"],
    impact="minor",
    who="People who use a screen reader hear a list of links, without the words around them.",
    how='Put what people find there into the link: "Budget of 2026 (PDF)" instead of "Download".',
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/link-purpose-link-only",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/aizyf1/proposed/",
    ],
    messages={
        "failed": 'This link says only "{name}". On its own that does not say where it leads.',
        "cantTell": 'This link says only "{name}", and its description "{description}". Do both together say it?',
    },
)


@rule.targets
def vague_links(page: PageView) -> list[Tag]:
    """Look at links that say nothing by themselves, as far as the words around them say where they lead.

    The others fail 2.4.4 already, or are asked about.
    """
    found = link_text_says_nothing.vague_links(page)
    return [link for link in found if link_text_says_nothing.context_says_where(link).outcome is Outcome.PASSED]


@rule.expect
def says_it_alone(link: Tag) -> Verdict:
    """Fail the well-known phrases; ask where a description goes with them. A page may really be called "Details"."""
    name = name_of(link)
    if link_text_says_nothing.is_named_after_its_page(link):
        return passed()
    description = description_of(link)
    return cant_tell(name=name, description=description[:100]) if description else failed(name=name)


EXAMPLES = examples(
    passed=['<ul><li><a href="/parts/details/">Details</a></li></ul>', '<p>All: <a href="/more.html">More</a></p>'],
    failed=[
        '<p>The budget of 2026: <a href="/b.pdf">download</a></p>',
        '<ul><li>Bus times <a href="/b">more</a></li></ul>',
    ],
    cant_tell=[
        '<h2 id="h">Bus times</h2><a href="/b" aria-describedby="h">Read more</a>',
        '<p>Bus times: <a href="/b" title="Bus times of all lines">here</a></p>',
    ],
    inapplicable=['<a href="/b">Click here</a>', '<p>News: <a href="/b">Bus times of line 4</a></p>'],
)
