"""Tells which pages of a site share a template, by the skeletons of their documents.

A page's sketch is the smallest hashes of its structural pieces (a bottom-k sketch: Broder, "On the resemblance and
containment of documents", 1997), so that two pages are compared in microseconds and no page must be kept.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag

from checks.elements import attribute
from checks.stable import stable_classes

SKETCH_SIZE = 48
MAX_ELEMENTS = 20_000
SHARED_PIECES = 8
"""Pieces that any two pages are taken to share: a few elements more or less make no other template of a small page."""

ALIKE = 0.55
"""Share of pieces that two pages of one template have in common at least: contents differ, the frame does not."""

_CONTENT = frozenset({"p", "a", "span", "strong", "em", "b", "i", "br", "li", "ul", "ol", "h2", "h3", "h4", "code"})
"""Elements that an editor puts in: how many there are says nothing of the template."""

_UNSEEN = frozenset({"script", "style", "noscript", "template", "link", "meta"})


def sketch(soup: BeautifulSoup) -> tuple[int, ...]:
    """Return the sketch of a page: up to `SKETCH_SIZE` numbers, sorted."""
    pieces: set[int] = set()
    for seen, tag in enumerate(soup.body.find_all(True) if soup.body else ()):
        if seen >= MAX_ELEMENTS:
            break
        if tag.name not in _CONTENT and tag.name not in _UNSEEN:
            pieces.add(zlib.crc32(f"{_name(tag.parent)}>{_name(tag)}".encode()))
    return tuple(sorted(pieces)[:SKETCH_SIZE])


def likeness(one: Iterable[int], other: Iterable[int]) -> float:
    """Return how much of two pages' structure is shared, from 0 to 1."""
    first, second = set(one), set(other)
    smallest = sorted(first | second)[:SKETCH_SIZE]
    shared = sum(piece in first and piece in second for piece in smallest)
    return (shared + SHARED_PIECES) / (len(smallest) + SHARED_PIECES)


def templates(pages: Iterable[tuple[int, Iterable[int]]]) -> list[list[int]]:
    """Group pages, given as (id, sketch), by template; return sorted lists of ids, the largest first.

    The sketch that most pages have leads a group first, whatever the order in which the pages come.
    """
    pages_of: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for key, its_sketch in pages:
        pages_of[tuple(its_sketch)].append(key)
    groups: list[tuple[tuple[int, ...], list[int]]] = []
    for own in sorted(pages_of, key=lambda sketch: (-len(pages_of[sketch]), sketch)):
        best = max(groups, key=lambda group: likeness(group[0], own), default=None)
        if best is not None and likeness(best[0], own) >= ALIKE:
            best[1].extend(pages_of[own])
        else:
            groups.append((own, list(pages_of[own])))
    return sorted((sorted(ids) for _, ids in groups), key=len, reverse=True)


def _name(tag: Tag | None) -> str:
    if tag is None:
        return ""
    classes = stable_classes(attribute(tag, "class").split())
    return ".".join((tag.name, attribute(tag, "role"), *sorted(classes)[:2]))
