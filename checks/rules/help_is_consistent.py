"""Ways to get help stand in one order on the pages that offer them (WCAG 3.2.6)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from checks.rule import Rule, Verdict, cant_tell, examples, passed
from checks.site import PageFacts, Place, SiteView

rule = Rule(
    __name__,
    title="Help stands in the same order on every page",
    kind="site",
    wcag=["3.2.6"],
    impact="moderate",
    who="People who need help, such as people who forget easily, cannot find it where it stood before.",
    how="Put phone number, mail address, contact page and other help in the same order on all pages that have them.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/consistent-help"],
    messages={
        "cantTell": 'Here "{first}" stands before "{second}", and after it on {others} other pages. '
        "Does help stand in the same place for readers?",
    },
)

LEAST_PAGES = 3
LEAST_SHARED = 2


@rule.targets
def pages_with_help(site: SiteView) -> Iterator[Place]:
    """Look at pages with two ways to get help that stand on most pages in the same language."""
    orders: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for page in site.pages():
        if len(_kinds(page)) >= LEAST_SHARED:
            orders[page.lang][_kinds(page)] += 1
    for page in site.pages():
        counted = orders.get(page.lang)
        if not counted or counted.total() < LEAST_PAGES:
            continue
        usual, count = max(counted.items(), key=lambda item: (item[1], item[0]))
        shared = [kind for kind in _kinds(page) if kind in usual]
        if len(shared) < LEAST_SHARED or count < LEAST_PAGES:
            continue
        swapped = next(((a, b) for a, b in combinations(shared, 2) if usual.index(a) > usual.index(b)), None)
        names = dict(page.facts["help"])
        data = {"first": names[swapped[0]], "second": names[swapped[1]], "others": count} if swapped else {}
        yield Place(page, " ".join(swapped or ()), data)


@rule.expect
def order_is_the_usual(page: Place) -> Verdict:
    """Ask about another order: the same help may stand twice."""
    return cant_tell(**page.data) if page.data else passed()


def _kinds(page: PageFacts) -> tuple[str, ...]:
    return tuple(kind for kind, _ in page.facts.get("help", []))


_PHONE, _CONTACT = '<a href="tel:123">123</a>', '<a href="/contact">Contact</a>'

EXAMPLES = examples(
    passed=[
        (f"<main>Text</main><footer>{_PHONE}{_CONTACT}</footer>",) * 4,
        (f"<footer>{_PHONE}{_CONTACT}</footer>",) * 3 + (f"<footer>{_CONTACT}</footer>",),
    ],
    cant_tell=[
        (f"<footer>{_PHONE}{_CONTACT}</footer>",) * 3 + (f"<header>{_CONTACT}</header><footer>{_PHONE}</footer>",),
        (f"<footer>{_CONTACT}{_PHONE}</footer>",) * 4 + (f"<footer>{_PHONE}{_CONTACT}</footer>",),
    ],
    inapplicable=[
        (f"<footer>{_PHONE}</footer>",) * 4,
        (f"<footer>{_PHONE}{_CONTACT}</footer>", f"<footer>{_CONTACT}{_PHONE}</footer>"),
    ],
)
