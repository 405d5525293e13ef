"""There is more than one way to find a page: menus, a search, a site map (WCAG 2.4.5)."""

from __future__ import annotations

from collections.abc import Iterator

from checks.rule import Rule, Verdict, cant_tell, examples, passed
from checks.site import PageFacts, Place, SiteView

rule = Rule(
    __name__,
    title="Pages can be found in more than one way",
    kind="site",
    wcag=["2.4.5"],
    impact="moderate",
    who="People who cannot find a page through the menu, or for whom menus are hard to use, have no other way to it.",
    how="Offer a search, a site map or an A to Z list on every page, beside the menu.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/multiple-ways",
        "https://www.w3.org/WAI/WCAG22/Techniques/general/G161",
        "https://www.w3.org/WAI/WCAG22/Techniques/general/G63",
    ],
    messages={
        "cantTell": "No search, site map or list of all pages was found on {lacking} of this site's {pages} pages, "
        "this one among them. Is there a second way to find other pages, or are they steps of a process?",
    },
)

LEAST_PAGES = 5
"""A site of a few pages that all link to each other needs no search (Technique G185)."""


@rule.targets
def pages(site: SiteView) -> Iterator[Place]:
    """Look at every page of a site that is larger than a handful of pages.

    Of the pages without a second way one stands for all, so that a site is asked about once: the first by address,
    which is the home page where that is among them.
    """
    count = lacking = 0
    for page in site.pages():
        count += 1
        lacking += not _has_way(page)
    if count < LEAST_PAGES:
        return
    is_asked = False
    for page in site.pages():
        if _has_way(page):
            yield Place(page, "")
        elif not is_asked:
            is_asked = True
            yield Place(page, "", {"pages": count, "lacking": lacking})


def _has_way(page: PageFacts) -> bool:
    return bool(page.facts.get("search") or page.facts.get("sitemap"))


@rule.expect
def has_a_second_way(page: Place) -> Verdict:
    """Ask where none is recognised: lists of links may be one, and steps of a process need none."""
    return cant_tell(**page.data) if page.data else passed()


EXAMPLES = examples(
    passed=[
        ('<header><form role="search"><input></form></header><main>Text</main>',) * 5,
        ('<main>Text</main><footer><a href="/sitemap">Site map</a></footer>',) * 5,
    ],
    cant_tell=[
        ('<nav><a href="/1">One</a></nav><main>Text</main>',) * 5,
        ('<input type="search">',) * 5 + ("<main>A page without it</main>",),
    ],
    inapplicable=[("<main>Text</main>",) * 4, ("<main>Text</main>",)],
)
