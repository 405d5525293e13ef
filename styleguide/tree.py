"""A page's tree that is searched quickly.

Beautiful Soup builds a matcher of several objects for each search, and rules search some 1,700 times a page: that was a
third of all our own work on a page. Searches by plain names and by attributes that are there, which are nearly all, are
answered here by a loop; the others go on to Beautiful Soup. The answers are the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from bs4 import BeautifulSoup, ResultSet, Tag
from bs4.element import PageElement

from styleguide.tree_builder import BuiltSoup, BuiltTag, QuickBuilder

_SURROGATE = re.compile("[\ud800-\udfff]")
_SPECIAL = frozenset({"class_", "_class", "text"})  # keywords that Beautiful Soup reads in a way of its own


class _QuickFinds(Tag):
    def _find_all(  # the one method that all of find, find_all, find_parent and their kin come down to
        self, name: Any, attrs: Any, string: Any, limit: int | None, generator: Iterator[PageElement], **kwargs: Any
    ) -> Any:
        is_plain = string is None and not attrs and (not kwargs or _are_there(kwargs))
        wanted = _names(name) if is_plain else None
        if wanted is None and not (is_plain and (name is True or (name is None and kwargs))):
            return super()._find_all(name, attrs, string, limit, generator, **kwargs)
        found: list[Tag] = []
        for element in generator:
            if not isinstance(element, Tag) or (wanted is not None and element.name not in wanted):
                continue
            if kwargs and any(element.attrs.get(key) is None for key in kwargs):
                continue
            found.append(element)
            if limit and len(found) >= limit:
                break
        return ResultSet(None, found)


class _QuickTag(_QuickFinds, BuiltTag):
    pass


class _QuickSoup(_QuickFinds, BuiltSoup):
    pass


def without_surrogates(text: str) -> str:
    """Return the text with U+FFFD for lone surrogates, which no parser or output takes. Keeps its length."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def tree_of(html: str) -> BeautifulSoup:
    """Return a page as a tree. Never raises for bad HTML."""
    return _QuickSoup(without_surrogates(html), builder=QuickBuilder(), element_classes={Tag: _QuickTag})


def _are_there(kwargs: dict[str, Any]) -> bool:
    return all(value is True for value in kwargs.values()) and _SPECIAL.isdisjoint(kwargs)


def _names(name: Any) -> Collection[str] | None:
    """Return plain names of elements, or None for whatever else may be asked for."""
    if isinstance(name, str):
        return None if ":" in name or not name else (name,)
    if isinstance(name, list | tuple | set | frozenset) and name:
        return None if any(not isinstance(one, str) or ":" in one or not one for one in name) else name
    return None
