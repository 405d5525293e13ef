"""Where an element is: CSS selectors that find it again in the real page, through open shadow roots."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import Tag

SHADOW_TAG = "curbcut-shadow"
"""The element that holds an open shadow root's content inside its host in a captured page."""

_HAND_MADE_ID = re.compile(r"[A-Za-z][A-Za-z_-]{1,39}")
"""An id a person wrote: a letter, then letters and hyphens. Digits often come from a counter or a build."""

_GENERATED_ID = re.compile(r"^(?:ember|react|radix|yui|ext-gen|mui)|[-_]{2}$|[a-z][A-Z][a-z]?[A-Z]")
"""Ids that frameworks make: their prefixes, and capitals scattered as in a hash."""

_SELF_ANCHORED = frozenset({"html", "body"})


def is_hand_made(value: str) -> bool:
    """Return whether an id looks as if a person chose it, so that it is likely to stay."""
    return bool(_HAND_MADE_ID.fullmatch(value)) and not _GENERATED_ID.search(value)


def selector_path(element: Tag) -> tuple[str, ...]:
    """Return one CSS selector a step, outer to inner: one for the page, then one for each open shadow root."""
    steps: list[str] = []
    current: Tag | None = element
    while current is not None:
        selector, current = _selector_within_root(current)
        steps.append(selector)
    return tuple(reversed(steps))


def _selector_within_root(element: Tag) -> tuple[str, Tag | None]:
    """Return the selector that finds `element` from its document or shadow root, and that root's host."""
    parts: list[str] = []
    node: Tag | None = element
    while node is not None and node.name not in ("[document]", SHADOW_TAG):
        anchor = _anchor(node)
        if anchor:
            parts.append(anchor)
            shadow = node.find_parent(SHADOW_TAG)
            return " > ".join(reversed(parts)), shadow.parent if shadow else None
        parts.append(_step(node))
        node = node.parent
    selector = " > ".join(reversed(parts))
    if node is None or node.name != SHADOW_TAG:
        return selector, None
    # Without an anchor the same steps may fit an earlier element deeper in the shadow root.
    if node.select_one(selector) is not element:
        selector = f":host > {selector}"
    return selector, node.parent


def _anchor(node: Tag) -> str:
    """Return a selector that needs nothing outside it, or ""."""
    if node.name in _SELF_ANCHORED:
        return node.name
    own_id = node.get("id")
    if isinstance(own_id, str) and is_hand_made(own_id) and _is_only_one(node, own_id):
        return f"#{own_id}"
    return ""


def _step(node: Tag) -> str:
    name = _escape(node.name)
    twins = node.parent.find_all(node.name, recursive=False) if node.parent else [node]
    if len(twins) > 1:
        name += f":nth-of-type({1 + next(i for i, twin in enumerate(twins) if twin is node)})"
    if node.name == "tr" and node.parent is not None and node.parent.name == "table":
        return f"tbody > {name}"  # a browser puts the missing <tbody> there
    return name


def _is_only_one(node: Tag, own_id: str) -> bool:
    """Return whether no other element of the page has this id: pages repeat ids, and the first would be found."""
    root = node
    while root.parent is not None:
        root = root.parent
    return len(root.find_all(id=own_id, limit=2)) == 1


def _escape(name: str) -> str:
    """Return an element name for a selector: names may hold colons, dots and other letters."""
    return "".join(char if char.isalnum() or char in "-_" else f"\\{ord(char):x} " for char in name)
