"""Tells which pages of a site share a template, by the skeletons of their documents.

A page's sketch is the smallest hashes of its structural pieces (a bottom-k sketch: Broder, "On the resemblance and
containment of documents", 1997), so that two pages are compared in microseconds and no page must be kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag

from checks.elements import attribute
from checks.stable import stable_classes

SKETCH_SIZE = 48
MAX_ELEMENTS = 20_000
ALIKE = 0.8
"""Share of pieces that two pages of one template have in common: contents differ, the frame does not."""

_CONTENT = frozenset({"p", "a", "span", "strong", "em", "b", "i", "br", "li", "ul", "ol", "h2", "h3", "h4", "code"})
"""Elements that an editor puts in: how many there are says nothing of the template."""


def sketch(soup: BeautifulSoup) -> tuple[int, ...]:
    """Return the sketch of a page: up to `SKETCH_SIZE` numbers, sorted."""
    pieces: set[int] = set()
    for seen, tag in enumerate(soup.find_all(True)):
        if seen >= MAX_ELEMENTS:
            break
        if tag.name not in _CONTENT:
            pieces.add(zlib.crc32(f"{_name(tag.parent)}>{_name(tag)}".encode()))
    return tuple(sorted(pieces)[:SKETCH_SIZE])


def likeness(one: Iterable[int], other: Iterable[int]) -> float:
    """Return how much of two pages' structure is shared, from 0 to 1."""
    first, second = set(one), set(other)
    smallest = sorted(first | second)[:SKETCH_SIZE]
    if not smallest:
        return 1.0
    return sum(piece in first and piece in second for piece in smallest) / len(smallest)


def templates(pages: Iterable[tuple[int, Iterable[int]]]) -> list[list[int]]:
    """Group pages, given as (id, sketch) in a steady order, by template; return lists of ids, the largest first."""
    groups: list[tuple[tuple[int, ...], list[int]]] = []
    for key, its_sketch in pages:
        own = tuple(its_sketch)
        best = max(groups, key=lambda group: likeness(group[0], own), default=None)
        if best is not None and likeness(best[0], own) >= ALIKE:
            best[1].append(key)
        else:
            groups.append((own, [key]))
    return sorted((ids for _, ids in groups), key=len, reverse=True)


def _name(tag: Tag | None) -> str:
    if tag is None:
        return ""
    classes = stable_classes(attribute(tag, "class").split())
    return ".".join((tag.name, attribute(tag, "role"), *sorted(classes)[:2]))
