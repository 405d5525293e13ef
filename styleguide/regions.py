"""Which part of a site's frame an element is, and what its makers' names for it tell: menus, notices, hints, errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bs4 import Tag

from styleguide.blocks import BlockKind

_REGIONS = {"header": "header", "nav": "nav", "footer": "footer", "aside": "aside", "main": "main", "dialog": "dialog"}
_REGIONS_BY_ROLE = {
    "banner": "header",
    "navigation": "nav",
    "contentinfo": "footer",
    "complementary": "aside",
    "main": "main",
    "search": "search",
    "dialog": "dialog",
    "alertdialog": "dialog",
}
SECTIONING = frozenset({"article", "section", "main", "aside"})
"""Inside these a <header> or <footer> belongs to the piece of content, not to the page (HTML-AAM)."""

_NAMED_REGION = re.compile(
    r"(?:(?:site|page|global|main|top|sub|sticky|region|l)-?_?)?"
    r"(?:(?P<footer>footer|colophon)|(?P<header>header|masthead|banner)|(?P<nav>nav(?:bar|igation)?|menu|breadcrumbs?))"
    r"(?:-?_?(?:nav|menu|bar|area|wrap|wrapper|container|inner|content|links))?",
    re.I,
)
"""Class names and ids of a site's frame, where its makers used plain boxes for it."""

_BOXES = frozenset({"div", "ul", "ol", "td", "tr", "table"})

_COOKIES = re.compile(
    r"cookie-?_?(?:banner|notice|consent|bar|popup|message)|consent-?_?(?:banner|popup|manager)", re.I
)
_HINT = re.compile(r"(?:^|[-_])(?:hint|help-?text|helper-?text)(?:$|[-_])", re.I)
_ERROR = re.compile(
    r"(?:^|[-_])(?:(?:error|alert)(?:-?_?(?:message|text|msg|label))?|(?:field|form|input)-?_?errors?|invalid-feedback)$",
    re.I,
)

_REMEMBERED = 4_096
"""Class names and ids whose meaning is remembered: a site uses the same ones again and again."""


def own_region(tag: Tag, role: str, *, in_content: bool) -> str:
    """Return the region that an element is by its role or name, or "". `in_content`: within a piece of content."""
    if tag.name in ("header", "footer") and not role and in_content:
        return ""
    return _REGIONS_BY_ROLE.get(role) or _REGIONS.get(tag.name, "")


def named_region(tag: Tag, names: list[str]) -> str:
    """Return the part of the site's frame that a plain box is by its makers' names for it, or ""."""
    if tag.name not in _BOXES:
        return ""
    found = next(filter(None, (_NAMED_REGION.fullmatch(name[:60]) for name in names)), None)
    return found.lastgroup or "" if found else ""


def is_cookie_notice(names: list[str]) -> bool:
    """Return whether these names are those of a cookie notice."""
    return any(_is_cookie_notice(name[:100]) for name in names)


@lru_cache(maxsize=_REMEMBERED)
def _is_cookie_notice(name: str) -> bool:
    return bool(_COOKIES.search(name))


def kind_by_name(names: list[str], role: str) -> BlockKind:
    """Return what a plain block is by the names its makers gave it: a hint, an error message, or a paragraph."""
    told = [_kind(name[:100]) for name in names]
    if BlockKind.HINT in told:
        return BlockKind.HINT
    return BlockKind.ERROR if role == "alert" or BlockKind.ERROR in told else BlockKind.PARAGRAPH


@lru_cache(maxsize=_REMEMBERED)
def _kind(name: str) -> BlockKind:
    if _HINT.search(name):
        return BlockKind.HINT
    return BlockKind.ERROR if _ERROR.search(name) else BlockKind.PARAGRAPH


def made_names(tag: Tag) -> list[str]:
    """Return the element's class names and id: the words its makers gave it."""
    classes: str | list[str] = tag.attrs.get("class") or []
    names = classes.split() if isinstance(classes, str) else list(classes)
    own_id = tag.attrs.get("id")
    return [*names, str(own_id)] if own_id else names


def around_content(root: Tag) -> Iterator[int]:
    """Yield the identity of each element that holds the page's main content, so far as the page says which that is."""
    first: dict[str, Tag] = {}
    for tag in root.find_all(True):
        if tag.name in ("main", "article"):
            first.setdefault(tag.name, tag)
        if tag.attrs.get("role") == "main":
            first.setdefault("role", tag)
    for content in first.values():
        yield from (id(parent) for parent in content.parents)
