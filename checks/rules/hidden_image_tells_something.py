"""An image that tells something is not hidden from assistive technology (WCAG 1.1.1)."""

from __future__ import annotations

import re
from itertools import islice

from bs4 import Tag
from bs4.element import NavigableString

from checks.elements import HIDDEN, attribute, is_exposed, text_of
from checks.index import index_of
from checks.once import once_a_page
from checks.rule import PageView, Rule, Verdict, cant_tell, examples, failed, passed
from checks.rules._facts import has_fact, is_larger_than_an_icon, size_px
from checks.rules._heard import heard, is_cut_off, is_presentational, picture_name
from checks.rules._images import file_name, looks_like_an_icon
from checks.words import plain, words

rule = Rule(
    __name__,
    title="Images that tell something are not hidden from assistive technology",
    wcag=["1.1.1"],
    impact="serious",
    who="People who use a screen reader are not told that there is an image, and miss what it says.",
    how="Give the image a text alternative that says the same. Hide only images that decorate.",
    sources=[
        "https://www.w3.org/WAI/standards-guidelines/act/rules/e88epe/proposed/",
        "https://www.w3.org/WAI/WCAG22/Techniques/failures/F38",
    ],
    messages={
        "failed.page": "This image is all that the page shows, and it is hidden from assistive technology.",
        "failed.cell": 'This table cell holds only the image "{file}", which is hidden from assistive technology.',
        "failed.announced": 'The text before this image announces it: "{text}". The image is hidden from assistive '
        "technology, and nothing else follows.",
        "cantTell.page": "This image is all that the page shows at first, and it is hidden from assistive technology. "
        "Does it say something?",
        "cantTell.cell": "This table cell holds only an image that is hidden from assistive technology. Does the image "
        "stand for a value?",
        "cantTell.caption": 'This image has a caption, "{text}", but is hidden from assistive technology. Does the '
        "caption say all that the image shows?",
        "cantTell.alt": 'This image has the text alternative "{alt}", but is hidden from assistive technology. Which '
        "of the two is meant?",
        "cantTell.file": 'This image is hidden from assistive technology, but its file is called "{file}". Does it say '
        "something that the text does not?",
    },
)

_WORD = re.compile(r"[^\W\d_]+")
_ELSE_ON_THE_PAGE = "a[href], button, input, select, textarea, iframe, frame, video, audio, object, embed, summary"
_SECTIONS = ["section", "article", "main", "aside", "body", "td", "li"]
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NODES_MAX = 60
"""Nodes looked at before and after an image: more than stand between two things that people connect."""


@rule.targets
def pictures_for_the_eye_only(page: PageView) -> list[Tag]:
    """Look at pictures that people see and assistive technology does not, outside links and buttons."""
    pictures = page.soup.find_all(["img", "svg", "canvas"])
    return [picture for picture in pictures if _is_seen(picture) and _is_silent(picture) and not _in_control(picture)]


@rule.expect
def only_decorates(picture: Tag) -> Verdict:
    """Fail what is the only content of its place; ask where something speaks against decoration."""
    if once_a_page(picture, _page_is_silent):
        return _alone_on_the_page(picture)
    cell = picture.find_parent(["td", "th"])
    if isinstance(cell, Tag) and not heard(cell) and cell.find_parent("table") is not None:
        return _alone_in_a_cell(picture, cell)
    if not _is_too_small(picture) and (announced := _announcement(picture)):
        return failed("failed.announced", text=announced)
    return _doubts(picture)


def _alone_on_the_page(picture: Tag) -> Verdict:
    """Fail what is no decoration by its author's own account: a canvas, or an alternative or file name that says so."""
    # Text that is not shown yet may come when a script has loaded it; then the picture is a sign of waiting.
    is_all = not once_a_page(picture, _has_hidden_text)
    known = words("image_words")
    says_so = _name_words(picture) & (known["telling"] | known["letters"] | known["marks"])
    is_meant = picture.name == "canvas" or len(attribute(picture, "alt").split()) > 1 or says_so
    return failed("failed.page") if is_all and is_meant else cant_tell("cantTell.page")


def _alone_in_a_cell(picture: Tag, cell: Tag) -> Verdict:
    table = cell.find_parent("table")
    if not isinstance(table, Tag) or table.find("th") is None or attribute(table, "role") in ("none", "presentation"):
        return passed()
    if _name_words(picture) & words("image_words")["yes_no"]:
        return failed("failed.cell", file=file_name(picture))
    return cant_tell("cantTell.cell")


def _doubts(picture: Tag) -> Verdict:
    figure = picture.find_parent("figure")
    caption = figure.find("figcaption") if isinstance(figure, Tag) else None
    if isinstance(caption, Tag) and heard(caption) and not _is_too_small(picture):
        return cant_tell("cantTell.caption", text=heard(caption)[:100])
    alt = attribute(picture, "alt").strip()
    if len(alt.split()) > 1 and plain(alt) not in plain(_around(picture)):
        return cant_tell("cantTell.alt", alt=alt[:200])
    if _name_words(picture) & words("image_words")["telling"] and not _is_too_small(picture):
        return cant_tell("cantTell.file", file=file_name(picture))
    return passed()


def _announcement(picture: Tag) -> str:
    """Return the words before the image that end in a colon when nothing that is heard follows them; else nothing."""
    before = next((str(node).strip() for node in islice(picture.previous_elements, _NODES_MAX) if _is_said(node)), "")
    if not before.endswith((":", "：")):
        return ""
    section = picture.find_parent(_SECTIONS)
    for count, node in enumerate(picture.next_elements):
        if count > _NODES_MAX:
            return ""
        if isinstance(node, Tag) and (node.name in _HEADINGS or (section is not None and section not in node.parents)):
            break
        is_heard = _is_said(node) or (isinstance(node, Tag) and is_exposed(node) and _gives_something(node))
        if is_heard and picture not in node.parents:
            return ""
    return before[-100:]


def _gives_something(tag: Tag) -> bool:
    if tag.name in ("img", "svg", "canvas"):
        return bool(picture_name(tag))
    return tag.name in ("input", "select", "textarea", "button", "iframe", "video", "audio", "object", "embed")


def _is_said(node: object) -> bool:
    if type(node) is not NavigableString or not str(node).strip():
        return False
    return node.parent is not None and node.parent.name not in ("title", "style") and is_exposed(node.parent)


def _page_is_silent(root: Tag) -> bool:
    body = root.find("body")
    if not isinstance(body, Tag) or index_of(body).exposed(_ELSE_ON_THE_PAGE):
        return False
    return not heard(body)


def _has_hidden_text(root: Tag) -> bool:
    body = root.find("body")
    if not isinstance(body, Tag):
        return True
    return bool(text_of(body)) or body.select_one(_ELSE_ON_THE_PAGE) is not None


def _is_seen(picture: Tag) -> bool:
    if any(parent.has_attr(HIDDEN) for parent in (picture, *picture.parents)):
        return False
    if picture.name == "canvas" and not has_fact(picture, "drawn"):
        return False
    size = size_px(picture)
    is_a_dot = size is not None and min(size) <= 1
    return not (has_fact(picture, "broken") or has_fact(picture, "offscreen") or is_a_dot)


def _is_silent(picture: Tag) -> bool:
    if any(is_cut_off(parent) for parent in (picture, *picture.parents)):
        return True
    if picture_name(picture):
        return False
    # An img without an alt attribute is not hidden but nameless, which axe-core fails.
    return picture.name != "img" or is_presentational(picture)


def _in_control(picture: Tag) -> bool:
    return picture.find_parent(["a", "button", "summary", "label", "option"]) is not None or any(
        attribute(parent, "role") in ("button", "link", "menuitem", "tab", "img") for parent in picture.parents
    )


def _is_too_small(picture: Tag) -> bool:
    return looks_like_an_icon(picture) or (size_px(picture) is not None and not is_larger_than_an_icon(picture))


def _around(picture: Tag) -> str:
    holder = picture.find_parent(["figure", "li", "article", "section", "p", "div"])
    return text_of(holder) if isinstance(holder, Tag) else ""


def _name_words(picture: Tag) -> set[str]:
    stem = file_name(picture).rsplit(".", 1)[0] if picture.name == "img" else ""
    return {word.casefold() for word in _WORD.findall(stem)}


EXAMPLES = examples(
    passed=[
        '<p>Happy new year!</p><img src="fireworks.jpg" alt="">',
        '<p>Follow us:</p><img src="line.png" alt="" width="300" height="80"><a href="/x">On the radio</a>',
        '<p>Sizes:</p><svg data-curbcut-size="16x16"></svg>',
        '<table><tr><td><img src="spacer.gif" alt="" width="9" height="9"></td><td>Town of Elm</td></tr></table>',
        '<p>Town of Elm</p><img src="organic-shapes.jpg" alt="">',
        '<div><p>The old bridge</p><img src="a.jpg" aria-hidden="true" alt="The old bridge"></div>',
        '<p>Step 1:</p><div><img src="dots.jpg" alt="" width="300" height="80"></div><p>Call us.</p>',
    ],
    failed=[
        '<img src="a.png" alt="Closed on Monday" aria-hidden="true">',
        '<main><canvas data-curbcut-drawn=""></canvas></main>',
        '<div><img src="elm-logo.png" alt=""></div>',
        '<table><tr><th>Service</th><th>Free</th></tr><tr><td>Bus</td><td><img src="yes.png" alt=""></td></tr></table>',
        '<p>Where we are:</p><svg data-curbcut-size="600x400"></svg>',
        '<p>Bus lines:</p><p><img src="a.png" alt="" width="600" height="400"></p><h2>Contact</h2><p>Call us.</p>',
    ],
    cant_tell=[
        '<img src="front.png" alt="">',
        '<img src="wait.gif" alt=""><div data-curbcut-hidden>Bus times</div>',
        "<table><tr><th>Service</th><th>Free</th></tr><tr><td>Library</td><td><svg></svg></td></tr></table>",
        '<p>News</p><figure><img src="a.jpg" alt=""><figcaption>The new bridge</figcaption></figure>',
        '<p>News</p><img src="a.jpg" role="none" alt="The new bridge opens">',
        '<p>Visitors rose again.</p><img src="visitors-chart.png" alt="" width="600" height="300">',
    ],
    inapplicable=[
        '<img src="a.jpg" alt="The old bridge">',
        '<p>News</p><img src="a.jpg" alt="" data-curbcut-hidden>',
        '<img src="does-not-exist.png" alt="" data-curbcut-broken="">',
        '<a href="/" aria-label="Elm"><svg role="none" data-curbcut-size="200x200"></svg></a>',
        '<canvas width="200" height="200"></canvas>',
    ],
)
