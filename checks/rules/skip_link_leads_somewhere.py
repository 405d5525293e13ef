"""The link that skips to the content leads to a place on the page (WCAG 2.4.1)."""

from __future__ import annotations

from collections.abc import Iterator

from checks.rule import Rule, Verdict, examples, failed, passed
from checks.site import Place, SiteView

rule = Rule(
    __name__,
    title="Skip links lead to a place on the page",
    kind="site",
    wcag=["2.4.1"],
    impact="serious",
    who="People who use a keyboard must step through every link of the menu, although the page promises a way past it.",
    how="Give the main content the id that the skip link names, on every page and in every template.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/bypass-blocks",
        "https://www.w3.org/WAI/WCAG22/Techniques/general/G1",
    ],
    messages={
        "failed": 'The link "{text}" leads to "#{to}", and there is no such place on this page. '
        "It works on {others} other pages.",
    },
)


@rule.targets
def skip_links(site: SiteView) -> Iterator[Place]:
    """Look at a page's first link when it leads into the page, and the same link works elsewhere on the site."""
    working: dict[str, int] = {}
    for page in site.pages():
        skip = page.facts.get("skip", {})
        if skip.get("there"):
            working[skip["to"]] = working.get(skip["to"], 0) + 1
    for page in site.pages():
        skip = page.facts.get("skip", {})
        if not skip or skip["to"] not in working:
            continue
        data = {} if skip["there"] else {"text": skip["text"], "to": skip["to"], "others": working[skip["to"]]}
        yield Place(page, skip["to"], data, tuple(skip["target"]), skip["snippet"])


@rule.expect
def leads_somewhere(link: Place) -> Verdict:
    """Fail a link that works on other pages and is dead here."""
    return failed(**link.data) if link.data else passed()


_SKIP = '<a href="#main">Skip to content</a><nav>Menu</nav>'

EXAMPLES = examples(
    passed=[
        (_SKIP + '<main id="main">Text</main>',) * 2,
        (_SKIP + '<main id="main">Text</main>', '<a href="/">Home</a><main>Text</main>'),
    ],
    failed=[
        (_SKIP + '<main id="main">Text</main>', _SKIP + "<main>Text</main>"),
        (_SKIP + '<a name="main"></a>Text',) * 2 + (_SKIP + '<main id="content">Text</main>',),
    ],
    inapplicable=[
        (_SKIP + "<main>Dead everywhere: each page has its own finding for that</main>",) * 2,
        ('<a href="/">Home</a>',) * 2,
    ],
)
