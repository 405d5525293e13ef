"""What is worked out once for a whole page and then asked for each element."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from bs4 import Tag

T = TypeVar("T")
_BUILT = "built_once"
"""The attribute of a document that keeps what was worked out for it."""


def root_of(tag: Tag) -> Tag:
    """Return the document that an element is in."""
    root = tag
    while isinstance(root.parent, Tag):
        root = root.parent
    return root


def once_a_page(tag: Tag, build: Callable[[Tag], T]) -> T:
    """Return `build(document)` for the element's document; what was built goes when the document goes."""
    root = root_of(tag)
    built = cast("dict[Callable[[Tag], T], T]", root.__dict__.setdefault(_BUILT, {}))
    if build not in built:
        built[build] = build(root)
    return built[build]
