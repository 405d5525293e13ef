"""What looks like a heading is marked up as one (WCAG 1.3.1): a person must look."""

from __future__ import annotations

import re

from bs4 import Tag
from bs4.element import NavigableString

from checks.elements import attribute, is_exposed
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, passed
from checks.rules._facts import font
from checks.rules._heard import heard, role_of

rule = Rule(
    __name__,
    title="What looks like a heading is one",
    wcag=["1.3.1"],
    impact="moderate",
    who="People who use a screen reader cannot find this part by its heading, or see how the page is built.",
    how="Make it a heading of the level that its place asks for, and set its look in the style sheet.",
    sources=[
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F2",
        "https://www.w3.org/WAI/WCAG22/Techniques/html/H42",
    ],
    messages={"cantTell": 'This line looks like a heading but is not marked up as one: "{text}". Is it a heading?'},
)

HEADING_MAX_CHARS = 80
TEXT_MIN_CHARS = 80
"""A text of this length after the line is a part that a heading could stand over."""
LARGER = 1.2
"""How much larger than the page's text: the step that browsers make from text to h3 (1.17), rounded up."""
BOLD = 600
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SENTENCE_END = re.compile(r"[.,;!…]$")
_ELSEWHERE = ["li", "td", "th", "figure", "blockquote", "nav", "footer", "header", "label", "a", "button", "form", "dl"]
_FOLLOWING = ("p", "ul", "ol", "div", "table")


@rule.targets
def lone_lines(page: PageView) -> list[Tag]:
    """Look at short lines of their own in the text that stand right before a longer text."""
    return [line for line in page.exposed("p, div") if _is_a_lone_line(line) and _text_follows(line)]


@rule.expect
def looks_like_text(line: Tag) -> Verdict:
    """Ask about lines that are bold as a whole or clearly larger than the page's text."""
    return cant_tell(text=heard(line)) if _is_bold(line) or _is_large(line) else passed()


def _is_a_lone_line(line: Tag) -> bool:
    if role_of(line) or (line.name == "div" and line.find(True) is not None and _own_bold(line) is None):
        return False
    if line.find(["br", "img", "svg", "p", "div"]) is not None or line.find(href=True) is not None:
        return False
    text = heard(line)
    is_short = 2 < len(text) <= HEADING_MAX_CHARS and _LETTERS.search(text) is not None
    return is_short and not _SENTENCE_END.search(text) and line.find_parent(_ELSEWHERE) is None


def _text_follows(line: Tag) -> bool:
    after = line.find_next_sibling()
    if not isinstance(after, Tag) or after.name not in _FOLLOWING or not is_exposed(after):
        return False
    # Of two bold lines the first is a title over another title; what follows must be text.
    return len(heard(after)) >= TEXT_MIN_CHARS and _own_bold(after) is None and after.find(["h1", "h2", "h3"]) is None


def _own_bold(tag: Tag) -> Tag | None:
    """Return the bold element that holds all of an element's text."""
    parts = [c for c in tag.children if isinstance(c, Tag) or (type(c) is NavigableString and c.strip())]
    only = parts[0] if len(parts) == 1 else None
    return only if isinstance(only, Tag) and only.name in ("b", "strong") else None


def _is_bold(line: Tag) -> bool:
    if _own_bold(line) is not None:
        return True
    own, page = font(line), once_a_page(line, _page_font)
    return own is not None and page is not None and own[1] >= BOLD > page[1]


def _is_large(line: Tag) -> bool:
    own, page = font(line), once_a_page(line, _page_font)
    is_large = own is not None and page is not None and own[0] >= LARGER * page[0]
    # The first lines after a heading in larger letters are usually an introduction.
    before = line.find_previous_sibling()
    follows_heading = isinstance(before, Tag) and re.fullmatch(r"h[1-6]", before.name) is not None
    return is_large and not follows_heading and "lead" not in attribute(line, "class").casefold()


def _page_font(root: Tag) -> tuple[int, int] | None:
    """Return the size and weight of most text in paragraphs, or the body's; of a long paragraph only that is known."""
    body = root.find("body")
    usual = font(body) if isinstance(body, Tag) else None
    seen: dict[tuple[int, int], int] = {}
    for paragraph in root.find_all("p"):
        own = font(paragraph) or usual
        if own is not None:
            seen[own] = seen.get(own, 0) + len(paragraph.get_text())
    return max(seen, key=lambda known: seen[known]) if seen else usual


_LONG = "The library opens at nine in the morning and closes at five in the afternoon, and has books, films and games."
EXAMPLES = examples(
    passed=[
        f"<p>Opening hours</p><p>{_LONG}</p>",
        f"<p><b>Opening</b> hours of the library</p><p>{_LONG}</p>",
        f'<h2>Library</h2><p data-curbcut-font="24 400">All about books</p><p data-curbcut-font="16 400">{_LONG}</p>',
    ],
    cant_tell=[
        f'<html lang="en"><body data-curbcut-font="16 400"><p>{_LONG}</p><p data-curbcut-font="32 400">Prices</p>'
        f"<p>{_LONG}</p></body></html>",
        f"<p><b>Opening hours</b></p><p>{_LONG}</p>",
        f"<div><strong>Opening hours</strong></div><p>{_LONG}</p>",
        f'<p data-curbcut-font="24 400">Opening hours</p><div data-curbcut-font="16 400">{_LONG}</div>'
        f'<p data-curbcut-font="16 400">{_LONG}</p>',
    ],
    inapplicable=[
        f"<p><b>We are closed today.</b></p><p>{_LONG}</p>",
        f"<h2><b>Opening hours</b></h2><p>{_LONG}</p>",
        "<p><b>Opening hours</b></p><p>Nine to five</p>",
        f"<table><tr><td><p><b>Opening hours</b></p><p>{_LONG}</p></td></tr></table>",
    ],
)
