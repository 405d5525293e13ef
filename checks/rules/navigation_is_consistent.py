"""Menus that pages share keep their links in one order (WCAG 3.2.3)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from checks.rule import Rule, Verdict, cant_tell, examples, passed
from checks.site import Place, SiteView

rule = Rule(
    __name__,
    title="Menus keep the order of their links",
    kind="site",
    wcag=["3.2.3"],
    impact="moderate",
    who="People who learn where a link stands, such as people who zoom in, lose it when its place changes.",
    how="Put the links of a menu that many pages share in the same order on each of them.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/consistent-navigation",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F66",
    ],
    messages={
        "cantTell": 'In this menu "{first}" stands before "{second}", and after it on {others} other pages. '
        "Has the reader asked for another order?",
    },
)

LEAST_SHARED = 3
"""Links that two menus must share before their order says anything."""
LEAST_PAGES = 3


@rule.targets
def menus(site: SiteView) -> Iterator[Place]:
    """Look at each menu that several pages in one language have; compare it with the order most of them keep."""
    orders: defaultdict[tuple[str, str], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for page in site.pages():
        for nav in page.facts.get("navs", []):
            orders[page.lang, nav["key"]][_order(nav)] += 1
    usual = {key: _usual(counted) for key, counted in orders.items() if counted.total() >= LEAST_PAGES}
    for page in site.pages():
        for nav in page.facts.get("navs", []):
            reference = usual.get((page.lang, nav["key"]))
            own = _order(nav)
            if reference is None or len(set(own) & set(reference[0])) < LEAST_SHARED:
                continue
            swapped = _swapped(own, reference[0])
            data = {"first": swapped[0], "second": swapped[1], "others": reference[1]} if swapped else {}
            yield Place(page, f"{nav['key']} {swapped}", data, tuple(nav["target"]), nav["snippet"])


@rule.expect
def order_is_the_usual(menu: Place) -> Verdict:
    """Ask about an order that differs from the usual one: a reader may have changed it."""
    return cant_tell(**menu.data) if menu.data else passed()


def _order(nav: dict[str, list[list[str]]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text, _ in nav["links"] if text))


def _usual(counted: Counter[tuple[str, ...]]) -> tuple[tuple[str, ...], int]:
    order, count = max(counted.items(), key=lambda item: (item[1], item[0]))
    return order, count


def _swapped(own: tuple[str, ...], usual: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the first two links that stand the other way round than usual."""
    place = {text: number for number, text in enumerate(usual)}
    shared = [text for text in own if text in place]
    return next(((a, b) for a, b in combinations(shared, 2) if place[a] > place[b]), None)


def _page(*links: str) -> str:
    inside = "".join(f'<a href="/{link}">{link}</a>' for link in links)
    return f'<nav aria-label="Main">{inside}</nav><main>Text</main>'


EXAMPLES = examples(
    passed=[
        (_page("News", "Services", "Contact"), _page("News", "Services", "Contact"), _page("News", "Contact")) * 2,
        (_page("A", "B", "C", "D"), _page("A", "B", "C"), _page("A", "C", "D"), _page("A", "B", "C")),
    ],
    cant_tell=[
        (_page("A", "B", "C"), _page("A", "B", "C"), _page("A", "B", "C"), _page("B", "A", "C")),
        (_page("A", "B", "C"), _page("A", "B", "C"), _page("C", "A", "B", "New")),
    ],
    inapplicable=[
        (_page("A", "B", "C"), _page("B", "A", "C")),
        ("<main>No menu</main>",) * 4,
    ],
)
