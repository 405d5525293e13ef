"""Headings describe what follows them (WCAG 2.4.6)."""

from __future__ import annotations

from itertools import pairwise

from bs4 import Tag

from checks.index import index_of
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._heard import name_of, role_of
from checks.words import plain, words

rule = Rule(
    __name__,
    title="Headings describe what follows them",
    wcag=["2.4.6"],
    impact="moderate",
    who="People who use a screen reader read a page by its headings, and people with little time only these.",
    how="Write in the heading what the section says, or remove the heading if there is no section.",
    sources=["https://www.w3.org/WAI/WCAG22/Understanding/headings-and-labels"],
    messages={
        "failed": 'This heading is a placeholder: "{text}".',
        "cantTell": 'This heading says little: "{text}". Does it describe what follows?',
        "cantTell.again": 'The heading before this one says the same: "{text}". How do they differ?',
    },
)

_HEADINGS = 'h1, h2, h3, h4, h5, h6, [role="heading"]'


@rule.targets
def headings(page: PageView) -> list[Tag]:
    """Look at all headings with a name that people meet."""
    return [tag for tag in page.exposed(_HEADINGS) if role_of(tag) in ("", "heading") and name_of(tag)]


@rule.expect
def heading_describes(heading: Tag) -> Verdict:
    """Fail what templates leave there; ask about headings that are general, or the same one after another."""
    text = name_of(heading)
    known = words("headings")
    if plain(text) in known["leftover"]:
        # A page about headings rightly has one that is called so, under a title that says it.
        return cant_tell(text=text) if _page_is_about(heading, text) else failed(text=text)
    if plain(text) in known["general"]:
        return cant_tell(text=text)
    previous = once_a_page(heading, _previous).get(id(heading))
    same = previous is not None and previous.name == heading.name and _signs(name_of(previous)) == _signs(text)
    return cant_tell("cantTell.again", text=text) if same and any(map(str.isalpha, text)) else passed()


def _signs(text: str) -> str:
    """Return a text in one case, with all its signs: `char *` and `char **` are not the same."""
    return " ".join(text.split()).casefold()


def _previous(root: Tag) -> dict[int, Tag]:
    found = index_of(root).select(_HEADINGS)
    return {id(heading): before for before, heading in pairwise(found)}


def _page_is_about(heading: Tag, text: str) -> bool:
    """Return whether the title or another heading uses this heading's first word, as a page about headings does."""
    word = plain(text).split(" ")[0]
    return any(word in other for other in once_a_page(heading, _names) if other != plain(text))


def _names(root: Tag) -> frozenset[str]:
    return frozenset(plain(name_of(tag)) for tag in index_of(root).select(f"title, {_HEADINGS}"))


EXAMPLES = examples(
    passed=[
        "<h1>Bus times</h1><h2>Information for travellers</h2>",
        '<h2><img src="a.png" alt="Bus times"></h2>',
        '<h2 aria-label="Bus times"></h2>',
        "<h2>Line 1</h2><h3>Stops</h3><h2>Line 2</h2><h3>Stops</h3>",
        "<h2>Type char *:</h2><p>get_name</p><h2>Type char **:</h2><p>get_names</p>",
    ],
    failed=["<h1>Bus times</h1><h2>Heading 2</h2>", "<h2>Lorem ipsum</h2>", "<h2>Überschrift</h2>"],
    cant_tell=[
        "<h2>More information</h2>",
        "<h2>Bus times</h2><p>Line 1</p><h2>Bus times</h2><p>Line 2</p>",
        "<h1>How to write a heading</h1><h2>Heading</h2>",
    ],
    inapplicable=["<p>Bus times</p>", "<h2></h2>", "<h2 data-curbcut-hidden></h2>", '<h2 role="presentation"></h2>'],
)
