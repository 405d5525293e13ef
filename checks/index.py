"""Finds elements of a parsed page fast: one walk over the page serves every rule.

A CSS engine walks the whole page for each selector, which cost more than all that rules do with what it found. Most of
their selectors are lists of simple ones (`img[alt], input[type=image][alt]`); those are answered from the index, and
any other is left to the CSS engine.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from bs4 import Tag

from checks.elements import HIDDEN, attribute
from checks.once import once_a_page

_SIMPLE = re.compile(r"(?P<name>[a-z][a-z0-9-]*)?(?P<conditions>(?:\[[a-z-]+(?:~?=(?:\"[^\"]*\"|[\w-]+))?\])*)")
_CONDITION = re.compile(r"\[(?P<attribute>[a-z-]+)(?:(?P<how>~?=)(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[\w-]+)))?\]")
_ANY_CASE = frozenset({"type", "dir", "lang", "method", "scope", "media", "rel"})
"""Attributes whose values HTML compares without regard to case (HTML, section 4.17.2); the few that rules ask for."""


@dataclass(frozen=True, slots=True)
class _Simple:
    """One simple selector: an element's name or "", and (attribute, "", "=" or "~=", value)."""

    name: str
    conditions: tuple[tuple[str, str, str], ...]

    def matches(self, tag: Tag) -> bool:
        return all(
            tag.has_attr(name) and (not how or _holds(name, how, attribute(tag, name), value))
            for name, how, value in self.conditions
        )


class PageIndex:
    """The elements of one page by name and by attribute, and which of them people meet. The page must not change."""

    def __init__(self, root: Tag) -> None:
        self._root = root
        self._order: dict[int, int] = {}
        self._names: defaultdict[str, list[Tag]] = defaultdict(list)
        self._attributes: defaultdict[str, list[Tag]] = defaultdict(list)
        self._unmet: set[int] = set()
        for number, tag in enumerate(root.find_all(True)):
            self._order[id(tag)] = number
            self._names[tag.name].append(tag)
            for name in tag.attrs:
                self._attributes[name].append(tag)
            if id(tag.parent) in self._unmet or tag.has_attr(HIDDEN) or attribute(tag, "aria-hidden") == "true":
                self._unmet.add(id(tag))

    def select(self, selector: str) -> list[Tag]:
        """Return the elements that match a CSS selector, in document order."""
        simple = _parsed(selector)
        if simple is None:
            return list(self._root.select(selector))
        found: dict[int, Tag] = {}
        for one in simple:
            candidates = self._names[one.name] if one.name else self._attributes[one.conditions[0][0]]
            found.update({self._order[id(tag)]: tag for tag in candidates if one.matches(tag)})
        return [found[number] for number in sorted(found)]

    def exposed(self, selector: str) -> list[Tag]:
        """Return the elements that match a CSS selector and that people meet, in document order."""
        return [tag for tag in self.select(selector) if self.is_exposed(tag)]

    def is_exposed(self, tag: Tag) -> bool:
        """Return whether people meet this element of the page; see `checks.elements.is_exposed`."""
        return id(tag) not in self._unmet


def index_of(tag: Tag) -> PageIndex:
    """Return the index of an element's document; built once for each document."""
    return once_a_page(tag, PageIndex)


@cache
def _parsed(selector: str) -> tuple[_Simple, ...] | None:
    """Return the simple selectors of a list, or None when one is not simple. Only rules' own texts come here."""
    found: list[_Simple] = []
    for part in selector.split(","):
        match = _SIMPLE.fullmatch(part.strip())
        if match is None or not match[0]:
            return None
        conditions = tuple(
            (c["attribute"], c["how"] or "", c["quoted"] if c["quoted"] is not None else c["bare"] or "")
            for c in _CONDITION.finditer(match["conditions"])
        )
        found.append(_Simple(match["name"] or "", conditions))
    return tuple(found)


def _holds(name: str, how: str, own: str, wanted: str) -> bool:
    if name in _ANY_CASE:
        own, wanted = own.lower(), wanted.lower()
    return wanted in own.split() if how == "~=" else own == wanted
