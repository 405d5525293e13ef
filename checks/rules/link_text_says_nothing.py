"""Link texts, with the words around them, say where the link leads (WCAG 2.4.4)."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import attribute, is_exposed, text_of
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._heard import heard, heard_before, name_of
from checks.rules._links import block_of, description_of, destination, links, words_beside
from checks.words import plain, words

rule = Rule(
    __name__,
    title="Link texts say where the link leads",
    wcag=["2.4.4"],
    impact="serious",
    who="People who use a screen reader go from link to link, or read a list of links. They hear only these words.",
    how='Name what people find there: "Download the budget of 2026 (PDF, 2 MB)" instead of "Download".',
    sources=["https://www.w3.org/WAI/WCAG22/Techniques/failures/F84"],
    messages={
        "failed": 'This link says only "{name}", and nothing around it says where it leads.',
        "cantTell": 'This link says only "{name}". Does a heading or text nearby say where it leads?',
    },
)

CONTEXT_MIN_WORDS = 2
"""So many words beside the link, in its paragraph, list item or cell, may say where it leads."""
NEAR_BOXES = 3
"""Boxes around a link in which a heading or text belongs to it: a card, its wrapper, and one for its looks."""
CARD_MAX_LINKS = 12
_WORD = re.compile(r"[^\W_]{2,}")
_HEADING = re.compile(r"h[1-6]")


@rule.targets
def vague_links(page: PageView) -> list[Tag]:
    """Look at links whose whole name is one of the well-known phrases that say nothing."""
    return [link for link in links(page.soup) if plain(name_of(link)) in words("link_texts")["vague"]]


@rule.expect
def context_says_where(link: Tag) -> Verdict:
    """Pass where the words around say it; fail where there are none at all on the way up from the link."""
    block = block_of(link)
    if (
        description_of(link)
        or is_named_after_its_page(link)
        or _is_named_after_its_heading(link)
        or block is None
        or _count(words_beside(link, block)) >= CONTEXT_MIN_WORDS
    ):
        return passed()
    if _has_row_header(link) or _has_words_near(link):
        return passed()
    name = name_of(link)
    return cant_tell(name=name) if _something_precedes(link) else failed(name=name)


def is_named_after_its_page(link: Tag) -> bool:
    """Return whether the last part of the address is the name: a page that is really called "Details"."""
    last = destination(link).split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2]
    return plain(last.rpartition(".")[0] or last).replace("-", " ") == plain(name_of(link))


def _is_named_after_its_heading(link: Tag) -> bool:
    """Return whether the link leads to a heading of this page that is its very name, as in a table of contents."""
    before, _, fragment = destination(link).partition("#")
    if before or not fragment:
        return False
    return fragment in once_a_page(link, _headings_by_id).get(plain(name_of(link)), ())


def _headings_by_id(root: Tag) -> dict[str, set[str]]:
    """Return the ids of headings, and of what holds or marks them, by the heading's name."""
    found: dict[str, set[str]] = {}
    for heading in root.find_all(_HEADING):
        parts = [heading, *heading.find_all(["a", "span"]), *([heading.parent] if heading.parent else [])]
        ids = {value for part in parts for value in (attribute(part, "id"), attribute(part, "name")) if value}
        found.setdefault(plain(name_of(heading)), set()).update(ids)
    return found


def _count(text: str) -> int:
    return len(_WORD.findall(text))


def _has_row_header(link: Tag) -> bool:
    row = link.find_parent("tr")
    return isinstance(row, Tag) and any(text_of(header) for header in row.find_all("th"))


def _has_words_near(link: Tag) -> bool:
    """Return whether a heading, an image's name or text shares a small box with the link (WCAG technique H80)."""
    boxes = [parent for parent in link.parents if parent.name not in ("[document]", "html", "body")][:NEAR_BOXES]
    for box in boxes:
        inside = box.find_all("a", limit=CARD_MAX_LINKS + 1)
        if box.name in ("main", "form", "header", "footer", "nav") or len(inside) > CARD_MAX_LINKS:
            return False
        if _count(heard_before(box)) - _count(heard(link)) * len(inside) >= CONTEXT_MIN_WORDS:
            return len(inside) == 1 or bool(box.find(_HEADING)) or _count(words_beside(link, box)) >= 1
    return False


def _something_precedes(link: Tag) -> bool:
    """Return whether any words stand before the link that a person may take for its subject."""
    return id(link) not in once_a_page(link, _before_all_words)


def _before_all_words(root: Tag) -> frozenset[int]:
    """Return the identities of the links that stand before the first words outside of links, or the first picture."""
    before: set[int] = set()
    for tag in root.find_all(True):
        if tag.name in ("head", "title", "meta", "style", "script") or tag.find_parent("a") is not None:
            continue
        if tag.name == "a":
            before.add(id(tag))
            continue
        own = " ".join(str(part) for part in tag.find_all(string=True, recursive=False))
        if (_count(own) or attribute(tag, "alt").strip()) and is_exposed(tag):
            break
    return frozenset(before)


EXAMPLES = examples(
    passed=[
        '<p>The budget of 2026: <a href="/b.pdf">download</a></p>',
        '<ul><li>Bus times <a href="/b">more</a></li></ul>',
        '<div><h3>Bus times</h3><div>New from May.</div><div><a href="/b">Read more</a></div></div>',
        '<table><tr><th>Budget</th><td><a href="/b.pdf">PDF</a></td></tr></table>',
        '<ul><li><a href="/parts/buttons/">Buttons</a></li><li><a href="/parts/details/">Details</a></li></ul>',
        '<h2 id="h">Bus times</h2><a href="/b" aria-describedby="h">Read more</a>',
        '<ul><li><a href="#times">Times</a></li><li><a href="#d">Details</a></li></ul><h2 id="d">Details</h2>',
    ],
    failed=['<a href="/b">Click here</a>', '<div><a href="/a">Mehr</a></div><div><a href="/b">hier</a></div>'],
    cant_tell=[
        '<h2>News</h2><div><a href="/a">Read more</a></div><div><a href="/b">Read more</a></div>',
        '<main><p>We have new bus times.</p><div><a href="/b">Click here</a></div></main>',
        '<main><p>Elm</p><div><a href="#d">Details</a></div><h2 id="d">Bus times</h2></main>',
    ],
    inapplicable=[
        '<a href="/b">More about bus times</a>',
        '<a href="/b" aria-label="Read more about bus times">Read more</a>',
        "<a>Click here</a>",
        '<div data-curbcut-hidden><a href="/b">Click here</a></div>',
    ],
)
