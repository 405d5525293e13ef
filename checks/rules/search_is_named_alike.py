"""A search that pages share has the same words on every page (WCAG 3.2.4)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from checks.rule import Rule, Verdict, cant_tell, examples, passed
from checks.site import Place, SiteView
from checks.words import plain

rule = Rule(
    __name__,
    title="The site's search has the same name on every page",
    kind="site",
    wcag=["3.2.4"],
    impact="moderate",
    who="People who know the search by its name look for it in vain, or think that it searches something else.",
    how="Give the field and the button of one search the same words on all pages.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/consistent-identification",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F31",
    ],
    messages={
        "cantTell.field": 'Here the field of the search at {action} is called "{name}", and on {others} other pages '
        '"{usual}". Do both names mean the same to readers?',
        "cantTell.button": 'Here the button of the search at {action} is called "{name}", and on {others} other pages '
        '"{usual}". Do both names mean the same to readers?',
    },
)

LEAST_PAGES = 3


@rule.targets
def shared_searches(site: SiteView) -> Iterator[Place]:
    """Look at search forms that lead to one place from at least some pages in one language."""
    names: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for page in site.pages():
        for search in page.facts.get("searches", []):
            for part in ("field", "button"):
                names[page.lang, search["action"], part][plain(search[part])] += 1
    usual = {key: max(counted.items(), key=lambda item: (item[1], item[0])) for key, counted in names.items()}
    for page in site.pages():
        for search in page.facts.get("searches", []):
            for part in ("field", "button"):
                name, count = usual[page.lang, search["action"], part]
                if count < LEAST_PAGES or not name:
                    continue
                own = plain(search[part])
                data = {"action": search["action"], "name": search[part], "usual": name, "others": count, "part": part}
                key = f"{search['action']} {part} {own}"
                # A part without a name is another barrier, and has its own rules.
                is_other = bool(own) and own != name
                yield Place(page, key, data if is_other else {}, tuple(search["target"]), search["snippet"])


@rule.expect
def name_is_the_usual(search: Place) -> Verdict:
    """Ask about another name: it may be a search of a part of the site."""
    if not search.data:
        return passed()
    arguments = {name: value for name, value in search.data.items() if name != "part"}
    return cant_tell(f"cantTell.{search.data['part']}", **arguments)


def _page(label: str, button: str, action: str = "/search") -> str:
    return (
        f'<header><form action="{action}" role="search"><label>{label} <input type="search" name="q"></label>'
        f"<button>{button}</button></form></header><main>Text</main>"
    )


_SEARCH = _page("Search this site", "Search")
EXAMPLES = examples(
    passed=[
        (_SEARCH, _SEARCH, _page("Search  this site", "search"), _SEARCH),
        (_SEARCH, _SEARCH, _SEARCH, _page("Search the archive", "Find", "/archive")),
        (_SEARCH, _SEARCH, _SEARCH, _page("", "")),
    ],
    cant_tell=[
        (_SEARCH, _SEARCH, _SEARCH, _page("Find", "Search")),
        (_SEARCH, _SEARCH, _SEARCH, _page("Search this site", "Go")),
    ],
    inapplicable=[
        (_SEARCH, _page("Find", "Go")),
        ("<main><form action='/x'><label>Town <input></label><button>Go</button></form></main>",) * 4,
    ],
)
