"""A link that pages share in header, footer and menus has one name (WCAG 3.2.4)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from checks.rule import Rule, Verdict, cant_tell, examples, passed
from checks.site import Place, SiteView
from checks.words import plain

rule = Rule(
    __name__,
    title="The same link has the same name on every page",
    kind="site",
    wcag=["3.2.4"],
    impact="moderate",
    who="People who know a link by its name look for it in vain, or think that it leads elsewhere.",
    how="Give a link in headers, footers and menus one name on all pages.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/consistent-identification",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F31",
    ],
    messages={
        "cantTell": 'Here the link to {address} is called "{name}", and on {others} other pages "{usual}". '
        "Do both names mean the same to readers?",
    },
)

LEAST_PAGES = 3


@rule.targets
def shared_links(site: SiteView) -> Iterator[Place]:
    """Look at links in the frame of pages in one language that at least some pages share."""
    names: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for page in site.pages():
        for address, called in _named(page.facts).items():
            names[page.lang, address].update(called)
    usual = {key: max(counted.items(), key=lambda item: (item[1], item[0])) for key, counted in names.items()}
    for page in site.pages():
        for address, called in _named(page.facts).items():
            name, count = usual[page.lang, address]
            if count < LEAST_PAGES:
                continue
            other = "" if name in called or address == page.url else min(called)
            data = {"address": address, "name": other, "usual": name, "others": count} if other else {}
            yield Place(page, f"{address} {other}", data)


@rule.expect
def name_is_the_usual(link: Place) -> Verdict:
    """Ask about another name: the same place may serve two purposes."""
    return cant_tell(**link.data) if link.data else passed()


def _named(facts: Mapping[str, Any]) -> dict[str, set[str]]:
    """Return the names of each address in the page's frame."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, address in facts.get("frame", []):
        found[address].add(plain(name))
    return found


def _page(name: str, address: str = "/contact") -> str:
    return f'<header><a href="{address}">{name}</a></header><main>Text</main>'


EXAMPLES = examples(
    passed=[
        (_page("Contact"), _page("contact "), _page("Contact"), _page("Contact")),
        (_page("Contact"), _page("Contact"), _page("Contact"), _page("Write to us", "/write")),
    ],
    cant_tell=[
        (_page("Contact"), _page("Contact"), _page("Contact"), _page("Write to us")),
        (_page("Search"), _page("Search"), _page("Search"), _page("Find"), _page("Search")),
    ],
    inapplicable=[
        (_page("Contact"), _page("Write to us")),
        ("<main><a href='/x'>In the text</a></main>",) * 4,
    ],
)
