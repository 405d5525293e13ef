"""What is worked out once for a whole page and then asked for each element."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar, cast

from bs4 import Tag

T = TypeVar("T")
_last = threading.local()


def root_of(tag: Tag) -> Tag:
    """Return the document that an element is in."""
    root = tag
    while isinstance(root.parent, Tag):
        root = root.parent
    return root


def once_a_page(tag: Tag, build: Callable[[Tag], T]) -> T:
    """Return `build(document)` for the element's document; built again only when the document is another one.

    Only the last document of each thread is kept, and by identity: two pages are never taken for each other.
    """
    root = root_of(tag)
    if getattr(_last, "root", None) is not root:
        _last.root, _last.built = root, {}
    built = cast("dict[Callable[[Tag], T], T]", _last.built)
    if build not in built:
        built[build] = build(root)
    return built[build]
