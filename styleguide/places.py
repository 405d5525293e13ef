"""Where an element is: CSS selectors that find it again in the real page, through open shadow roots."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from bs4 import Tag

SHADOW_TAG = "curbcut-shadow"
"""The element that holds an open shadow root's content inside its host in a captured page."""

MAX_STEPS = 64
"""Steps of one selector. Deeper pages than this nest by mistake or malice, and a selector must stay readable."""

_HAND_MADE_ID = re.compile(r"[A-Za-z][A-Za-z_-]{1,39}")
"""An id a person wrote: a letter, then letters and hyphens. Digits often come from a counter or a build."""

_GENERATED_ID = re.compile(r"^(?:ember|react|radix|yui|ext-gen|mui)|[-_]{2}$|[a-z][A-Z][a-z]?[A-Z]")
"""Ids that frameworks make: their prefixes, and capitals scattered as in a hash."""

_SELF_ANCHORED = frozenset({"html", "body"})


def is_hand_made(value: str) -> bool:
    """Return whether an id looks as if a person chose it, so that it is likely to stay."""
    return bool(_HAND_MADE_ID.fullmatch(value)) and not _GENERATED_ID.search(value)


class Places:
    """The places of one page. Indexes the page's ids once, at the first question."""

    def __init__(self, root: Tag) -> None:
        self._root = root
        self._children: dict[int, dict[int, tuple[int, int]]] = {}

    @cached_property
    def _ids(self) -> dict[str, list[Tag]]:
        """The elements of each id: pages repeat ids, and a selector would find the first only."""
        found: dict[str, list[Tag]] = {}
        for node in self._root.descendants:
            attrs = getattr(node, "attrs", None)
            if attrs and "id" in attrs:
                found.setdefault(str(attrs["id"]), []).append(cast("Tag", node))
        return found

    def with_id(self, own_id: str) -> Tag | None:
        """Return the first element with this id, or None."""
        return next(iter(self._ids.get(own_id, ())), None)

    def selector_path(self, element: Tag) -> tuple[str, ...]:
        """Return one CSS selector a step, outer to inner: one for the page, then one for each open shadow root."""
        steps: list[str] = []
        current: Tag | None = element
        while current is not None:
            selector, current = self._within_root(current)
            steps.append(selector)
        return tuple(reversed(steps))

    def _within_root(self, element: Tag) -> tuple[str, Tag | None]:
        """Return the selector that finds `element` from its document or shadow root, and that root's host."""
        parts: list[str] = []
        node: Tag | None = element
        while node is not None and node.name not in ("[document]", SHADOW_TAG):
            anchor = self._anchor(node)
            if anchor:
                shadow = node.find_parent(SHADOW_TAG)
                # Where the middle was left out, the anchor is an ancestor of the first step, not its parent.
                joint = " " if len(parts) == MAX_STEPS else " > "
                selector = joint.join(filter(None, (anchor, " > ".join(reversed(parts)))))
                return selector, _host(shadow) if shadow else None
            if len(parts) < MAX_STEPS:
                parts.append(self._step(node))
            node = node.parent
        selector = " > ".join(reversed(parts))
        if node is None or node.name != SHADOW_TAG:
            return selector, None
        # Without an anchor the same steps may fit an earlier element deeper in the shadow root.
        return f":host > {selector}", _host(node)

    def _anchor(self, node: Tag) -> str:
        """Return a selector that needs nothing outside it, or ""."""
        if node.name in _SELF_ANCHORED:
            return node.name
        own_id = node.attrs.get("id")
        if isinstance(own_id, str) and is_hand_made(own_id) and len(self._ids.get(own_id, ())) == 1:
            return f"#{own_id}"
        return ""

    def _step(self, node: Tag) -> str:
        name = _escape(node.name)
        if node.parent is None:
            return name
        index, count = self._twins(node.parent)[id(node)]
        if count > 1:
            name += f":nth-of-type({index})"
        if node.name == "tr" and node.parent.name == "table":
            return f"tbody > {name}"  # a browser puts the missing <tbody> there
        return name

    def _twins(self, parent: Tag) -> dict[int, tuple[int, int]]:
        """Return for each child element which of its name it is, and how many there are. Worked out once a parent."""
        known = self._children.get(id(parent))
        if known is not None:
            return known
        counts: Counter[str] = Counter()
        order: list[tuple[int, str, int]] = []
        for child in parent.contents:
            name = getattr(child, "name", None)
            if name:
                counts[name] += 1
                order.append((id(child), name, counts[name]))
        known = {own: (index, counts[name]) for own, name, index in order}
        self._children[id(parent)] = known
        return known


def _host(shadow: Tag) -> Tag | None:
    host = shadow.parent
    while host is not None and host.name == SHADOW_TAG:  # only a page that writes the element itself nests it so
        host = host.parent
    return host


def _escape(name: str) -> str:
    """Return an element name for a selector: names may hold colons, dots and other letters."""
    return "".join(char if char.isalnum() or char in "-_" else f"\\{ord(char):x} " for char in name)
