"""A page's title is about the page (WCAG 2.4.2)."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from bs4 import Tag

from checks.elements import attribute, is_exposed, text_of
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.words import plain, words

rule = Rule(
    __name__,
    title="Page titles are about the page",
    wcag=["2.4.2"],
    impact="serious",
    who="People who use a screen reader hear the title first, and go away again if it is about something else.",
    how='Write a title that says what this page is about, and then whose site it is: "Bus times - Town of Elm".',
    sources=[
        "https://www.w3.org/WAI/WCAG22/Understanding/page-titled",
        "https://www.w3.org/WAI/standards-guidelines/act/rules/c4a8a4/",
    ],
    messages={
        "failed.first": 'This page has more than one title. Browsers show the first, "{title}", of which no word is '
        'met on the page. Another, "{other}", is about the page.',
        "failed.results": 'The title "{title}" does not say that this page shows the results of a search: "{heading}".',
        "cantTell": 'No word of the title "{title}" is met again on the page. Is it the title of this page?',
        "cantTell.site": 'The title "{title}" names the site only, while the heading says "{heading}". '
        "Can people tell this page from the others?",
    },
)

MIN_WORDS = 8
"""A page with fewer words may be a picture or a door to others: its title has nothing to be compared with."""
STEM_CHARS = 4
"""Words that begin alike are taken for forms of one word, as in harvest and harvesting."""
MORE_WORDS = 3
"""So many words before the site's name in a heading are a subject of their own."""
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_NO_SPACES = re.compile(r"[\u0e00-\u0e7f\u2e80-\ufaff]")


@rule.targets
def titles_with_a_page(page: PageView) -> list[Tag]:
    """Look at the title of a page that has some text; titles that say nothing have a rule of their own.

    A title that shares a word with the page's own address was written for this page, not left over from another.
    """
    title = page.soup.find("title")
    if not isinstance(title, Tag) or title.find_parent("svg") is not None or not _WORD.search(text_of(title)):
        return []
    known = words("empty_titles")
    is_empty = plain(text_of(title)) in known["leftover"] | known["general"] or _NO_SPACES.search(text_of(title))
    if is_empty or _stems(text_of(title)) & _stems(unquote(urlsplit(page.page.final_url).path)):
        return []
    return [] if len(_WORD.findall(_text(page.soup))) < MIN_WORDS else [title]


@rule.expect
def title_is_about_the_page(title: Tag) -> Verdict:
    """Ask where the page never speaks of what its title says, or where the title says less than the heading."""
    root = title.find_parent("html")
    text = text_of(title)
    if not isinstance(root, Tag):
        return passed()
    if not _stems(text) & _stems(_text(root)):
        other = _later_title_that_fits(title, root)
        return failed("failed.first", title=text, other=other[:200]) if other else cant_tell(title=text)
    heading = root.find("h1")
    said = text_of(heading) if isinstance(heading, Tag) and is_exposed(heading) else ""
    before, found, _ = plain(said).partition(plain(text))
    if found and any(plain(said).startswith(words_of) for words_of in words("empty_titles")["results"]):
        return failed("failed.results", title=text, heading=said[:200])
    if found and len(_WORD.findall(before)) >= MORE_WORDS:
        return cant_tell("cantTell.site", title=text, heading=said[:200])
    return passed()


def _later_title_that_fits(title: Tag, root: Tag) -> str:
    """Return another title of the head of which a word is met on the page, or an empty string."""
    others = [tag for tag in root.find_all("title") if tag is not title and tag.find_parent(["svg", "body"]) is None]
    return next((text_of(other) for other in others if _stems(text_of(other)) & _stems(_text(root))), "")


def _text(root: Tag) -> str:
    body = root.find("body")
    if not isinstance(body, Tag):
        return ""
    alternatives = " ".join(f"{attribute(tag, 'alt')} {attribute(tag, 'aria-label')}" for tag in body.find_all(True))
    # A title that stands in the body is no text of the page.
    own = " ".join(
        str(part) for part in body.find_all(string=True) if part.parent is None or part.parent.name != "title"
    )
    return f"{own} {alternatives}"


def _stems(text: str) -> set[str]:
    return {word[:STEM_CHARS] for word in _WORD.findall(plain(text))}


_TEXT = "<p>Line 1 goes from the market to the station every ten minutes, and at night every hour.</p>"


def _page(title: str, body: str) -> str:
    return f'<html lang="en"><head><title>{title}</title></head><body>{body}</body></html>'


EXAMPLES = examples(
    passed=[
        _page("Market lines", _TEXT),
        _page("Buses - Elm", f'<img src="e.png" alt="Town of Elm">{_TEXT}'),
        _page("Town of Elm", f"<h1>Welcome to the Town of Elm</h1>{_TEXT}"),
        _page("Times", f'<nav aria-label="Time tables"></nav>{_TEXT}'),
        _page("Market lines</title><title>Elm", _TEXT),
        _page("Search results - Town of Elm", f"<h1>Search results: bus at the Town of Elm</h1>{_TEXT}"),
    ],
    failed=[
        _page("Template 4</title><title>Market buses", _TEXT.replace("Line 1", "The bus")),
        _page("Town of Elm", f"<h1>Search results for “bus” in the Town of Elm</h1>{_TEXT}"),
        _page("Stadt Elm", f"<h1>Suchergebnisse der Stadt Elm</h1>{_TEXT}"),
    ],
    cant_tell=[
        _page("Waste collection", _TEXT),
        _page("Town of Elm", f"<h1>New bus times and stops in the Town of Elm</h1>{_TEXT}"),
    ],
    inapplicable=[
        _page("Waste collection", "<p>Elm</p>"),
        _page("", _TEXT),
        _page("Home", _TEXT),
        _page("公交时刻表", _TEXT),
    ],
)
