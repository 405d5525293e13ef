"""What assistive technology gets of an element: a short form of the accessible name computation.

Source: https://www.w3.org/TR/accname-1.2/, without what cannot be known from markup (CSS content).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from checks.elements import HIDDEN, attribute
from checks.once import once_a_page
from checks.rules._facts import fact

PRESENTATIONAL = frozenset({"none", "presentation"})
_SPACES = re.compile(r"\s+")
_SILENT = frozenset(
    {"script", "style", "template", "noscript", "audio", "video", "iframe", "head", "select", "textarea"}
)
_MAX_DEPTH = 60  # a name that is nested deeper is none that an author wrote


def role_of(tag: Tag) -> str:
    """Return the first role that an element asks for, in lower case; empty when it asks for none."""
    return next(iter(attribute(tag, "role").casefold().split()), "")


def is_presentational(tag: Tag) -> bool:
    """Return whether an author marked this element as decoration."""
    if role_of(tag) in PRESENTATIONAL:
        return True
    return tag.name == "img" and tag.has_attr("alt") and not attribute(tag, "alt").strip() and not role_of(tag)


def is_cut_off(tag: Tag) -> bool:
    """Return whether this element itself takes its content away from assistive technology."""
    return tag.has_attr(HIDDEN) or attribute(tag, "aria-hidden").strip().casefold() == "true"


def by_id(tag: Tag, name: str) -> Tag | None:
    """Return the element of the same document with this id."""
    return once_a_page(tag, _ids).get(name)


def _ids(root: Tag) -> dict[str, Tag]:
    index: dict[str, Tag] = {}
    for found in root.find_all(id=True):
        index.setdefault(attribute(found, "id"), found)
    return index


def own_label(tag: Tag, *, follows: bool = True) -> str:
    """Return the name that `aria-labelledby` or `aria-label` gives, or an empty string.

    References are followed once: what a label refers to itself does not count, so two may refer to each other.
    """
    references = attribute(tag, "aria-labelledby").split()[:20] if follows else []
    referred = (by_id(tag, reference) for reference in references)
    named = " ".join(_label_text(found) for found in referred if found is not None)
    return _one_line(named) or _one_line(attribute(tag, "aria-label"))


def picture_name(tag: Tag, *, follows: bool = True) -> str:
    """Return the accessible name of an `img`, `svg`, `canvas`, `area` or image button."""
    if named := own_label(tag, follows=follows):
        return named
    if tag.name in ("img", "area", "input") and (alt := _one_line(attribute(tag, "alt"))):
        return "" if role_of(tag) in PRESENTATIONAL else alt
    if tag.name == "svg":
        title = tag.find("title")
        inside = title.get_text(" ") if isinstance(title, Tag) else fact(tag, "text")
        return _one_line(inside) if role_of(tag) not in PRESENTATIONAL else ""
    return "" if is_presentational(tag) else _one_line(attribute(tag, "title"))


def heard(tag: Tag) -> str:
    """Return the text that assistive technology gets from an element's content, in one line."""
    return _one_line(" ".join(_parts(tag, 0)))


def heard_before(tag: Tag) -> str:
    """Return what `heard` does, kept while the page is looked at: for boxes that are asked about again and again."""
    known = once_a_page(tag, _known)
    if id(tag) not in known:
        known[id(tag)] = heard(tag)
    return known[id(tag)]


def _known(_root: Tag) -> dict[int, str]:
    return {}


def name_of(tag: Tag) -> str:
    """Return the accessible name of an element that is named by its content."""
    return own_label(tag) or heard(tag) or _one_line(attribute(tag, "title"))


def _label_text(tag: Tag) -> str:
    """Return what an element lends as a label; a hidden one lends all its text."""
    if tag.has_attr(HIDDEN) or tag.has_attr("hidden"):
        return tag.get_text(" ")
    if named := _one_line(attribute(tag, "aria-label")):
        return named
    if tag.name in ("img", "svg", "canvas", "area"):
        return picture_name(tag, follows=False)
    return _one_line(" ".join(_parts(tag, 0, follows=False)))


def _parts(tag: Tag, depth: int, *, follows: bool = True) -> Iterator[str]:
    for child in tag.children:
        yield from _part(child, depth, follows=follows)


def _part(node: PageElement, depth: int, *, follows: bool) -> Iterator[str]:
    if isinstance(node, NavigableString):
        if type(node) is NavigableString:
            yield str(node)
        return
    if not isinstance(node, Tag) or node.name in _SILENT or is_cut_off(node) or depth > _MAX_DEPTH:
        return
    if node.name in ("img", "svg", "canvas"):
        yield picture_name(node, follows=follows)
    elif named := own_label(node, follows=follows):
        yield named
    elif node.name == "input":
        yield attribute(node, "value") if attribute(node, "type") != "hidden" else ""
    else:
        yield from _parts(node, depth + 1, follows=follows)


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
