"""Pages with different content have different titles (WCAG 2.4.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from checks.model import digest
from checks.rule import Rule, Verdict, cant_tell, examples, passed
from checks.site import PageFacts, Place, SiteView
from checks.words import plain

rule = Rule(
    __name__,
    title="Pages have titles of their own",
    kind="site",
    wcag=["2.4.2"],
    impact="moderate",
    who="People who hear or scan the titles of tabs, bookmarks and search results cannot tell these pages apart.",
    how="Say in each title what this page, and no other, is about. Put that part first.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/page-titled",
        "https://www.w3.org/WAI/WCAG22/Techniques/general/G88",
    ],
    messages={
        "cantTell": 'The title "{title}" also stands on {others} other pages, such as {example}. '
        "Does it still say what this page is about?",
    },
)


@rule.targets
def titles(site: SiteView) -> Iterator[Place]:
    """Look at each page that has a title; pages with the same content or the same canonical address are one."""
    seen: defaultdict[str, dict[str, str]] = defaultdict(dict)  # title -> what the page is -> its address
    for page in site.pages():
        if page.title.strip():
            seen[plain(page.title)].setdefault(_identity(page), page.url)
    for page in site.pages():
        if not page.title.strip():
            continue
        others = [url for identity, url in seen[plain(page.title)].items() if identity != _identity(page)]
        data = {"title": page.title.strip()[:150], "others": len(others), "example": others[0]} if others else {}
        yield Place(
            page, digest(plain(page.title)), data, ("head > title",), f"<title>{page.title.strip()[:150]}</title>"
        )


@rule.expect
def title_is_its_own(page: Place) -> Verdict:
    """Ask about a title that pages share: a title need not be unique to be true."""
    return cant_tell(**page.data) if page.data else passed()


def _identity(page: PageFacts) -> str:
    return page.same_as or page.content_hash


def _page(title: str, text: str) -> str:
    return f'<html lang="en"><head><title>{title}</title></head><body><main>{text}</main></body></html>'


EXAMPLES = examples(
    passed=[
        (_page("News - Elm", "a"), _page("Contact - Elm", "b")),
        (_page("News - Elm", "a"), _page("News - Elm", "a")),
    ],
    cant_tell=[
        (_page("Elm", "a"), _page("Elm", "b"), _page("Contact", "c")),
        (_page("City of Elm", "a"), _page("city of elm ", "b")),
    ],
    inapplicable=[(_page("", "a"), _page("", "b")), ("<main>No title</main>",)],
)
