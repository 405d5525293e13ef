"""The link that skips to the content names a place on the page (WCAG 2.4.1)."""

from __future__ import annotations

import re
from urllib.parse import unquote, urldefrag

from bs4 import Tag

from checks.elements import HIDDEN, attribute, text_of
from checks.index import index_of
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.skip_words import SKIPS

rule = Rule(
    __name__,
    title="The skip link names a place on the page",
    wcag=["2.4.1"],
    impact="moderate",
    who="People who use a keyboard must go through the menu, although the page promises a way past it.",
    how="Give the content the id that the skip link names.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/bypass-blocks",
        "https://www.w3.org/WAI/WCAG22/Techniques/general/G1",
    ],
    messages={
        "cantTell": 'The link "{text}" leads to "#{to}", and no such place is on the page, which has {help}. '
        "Does a script bring people there, or does anything else lead past the menu?",
        "cantTell.hidden": 'The link "{text}" leads to "#{to}", which is hidden. '
        "Does it show when people follow the link?",
    },
)

_MOST_BEFORE = 5
"""A skip link is among the first links; one further on leads to a part of the content."""
_MOST_TEXT_CHARS = 60
_SKIPS = re.compile(SKIPS, re.IGNORECASE)
_ROUTE = re.compile(r"!?/|:~:")
"""What stands after # is an address in a page's own scheme, or text to be marked."""


@rule.targets
def skip_link(page: PageView) -> list[Tag]:
    """Look at the first link into the page that is called so."""
    if page.select("base[href]"):
        return []  # "#content" leads to another address then
    here = urldefrag(page.page.final_url).url
    first = page.exposed("a[href]")[:_MOST_BEFORE]
    return [link for link in first if _is_skip_link(link, here)][:1]


def _is_skip_link(link: Tag, here: str) -> bool:
    address, name = urldefrag(attribute(link, "href").strip())
    label = f"{attribute(link, 'aria-label')} {text_of(link)}"
    leads_into_page = address in ("", here) and bool(name) and not _ROUTE.match(name)
    return leads_into_page and bool(_SKIPS.search(label)) and link.find_parent("main") is None


@rule.expect
def is_there(link: Tag) -> Verdict:
    """Ask where no element has that id or name, or where nobody sees it; a script may know more than the page says."""
    page = index_of(link)
    name = urldefrag(attribute(link, "href").strip()).fragment
    wanted = {name, unquote(name)}
    places = [tag for tag in page.select("[id]") if attribute(tag, "id") in wanted]
    places += [tag for tag in page.select("a[name]") if attribute(tag, "name") in wanted]
    told = {"text": text_of(link)[:_MOST_TEXT_CHARS], "to": name[:_MOST_TEXT_CHARS]}
    if not places:
        if name.casefold() == "top":
            return passed()  # to the top of the page, whether or not there is such a place (HTML, section 7.4.6.3)
        has_help = page.exposed("main, [role=main], h1, h2, h3, [role=heading]")
        return cant_tell(help="headings or a main part" if has_help else "neither headings nor a main part", **told)
    return cant_tell("cantTell.hidden", **told) if _is_hidden(places[0]) else passed()


def _is_hidden(place: Tag) -> bool:
    return any(tag.has_attr(HIDDEN) for tag in (place, *place.parents))


_MENU = '<nav><a href="/1">One</a> <a href="/2">Two</a></nav>'

EXAMPLES = examples(
    passed=[
        f'<a href="#m">Skip to content</a>{_MENU}<main id="m"><p>Text</p></main>',
        f'<a href="#m">Zum Inhalt</a>{_MENU}<a name="m"></a><p>Text</p>',
        f'<a href="#%C3%BCbersicht">Zum Inhalt</a>{_MENU}<h1 id="übersicht">Text</h1>',
        f'<a href="#top">Skip</a>{_MENU}<h1>Text</h1>',
    ],
    cant_tell=[
        f'<a href="#main">Skip to content</a>{_MENU}<main><h1>Bins</h1></main>',
        f'<a href="/">Home</a><a href="#inhalt">Zum Inhalt</a>{_MENU}<div id="content">Text</div>',
        f'<a href="#m">Skip to content</a>{_MENU}<div data-curbcut-hidden><main id="m">Text</main></div>',
    ],
    inapplicable=[
        "<p>Text</p>",
        f"{_MENU}<p>Text</p>",
        f'<a href="#opening">Opening hours</a>{_MENU}<p>Text</p>',
        f'<a href="/page#main">Skip to content</a>{_MENU}<p>Text</p>',
        f'<a href="#/content">Content</a>{_MENU}<p>Text</p>',
        f'<html><head><base href="/"></head><body><a href="#main">Skip to content</a>{_MENU}<p>Text</p></body></html>',
        f'<div data-curbcut-hidden><a href="#main">Skip to content</a></div>{_MENU}<p>Text</p>',
        '<main><a href="#fees">To the content about fees</a><p>Text</p></main>',
    ],
)
