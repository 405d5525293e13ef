"""The texts that elements of a page hold themselves, for rules about how words are written."""

from __future__ import annotations

from bs4 import Tag
from bs4.element import NavigableString

from checks.index import index_of
from checks.once import once_a_page

MOST_CHARS = 2_000
"""Of a longer text the beginning is read, so that a page's cost stays in bounds."""
_NO_PROSE = [
    *("script", "style", "template", "noscript", "iframe", "svg", "math", "textarea", "select", "head"),
    *("code", "kbd", "samp", "var", "pre"),
]


def own_texts(tag: Tag) -> list[tuple[Tag, str]]:
    """Return each element of this page that people meet and that holds words itself, with these words, in order.

    What stands inside code, formulas and forms' lists is left out. Spaces are kept as they are.
    """
    return once_a_page(tag, _collect)


def _collect(root: Tag) -> list[tuple[Tag, str]]:
    index = index_of(root)
    found: dict[int, tuple[Tag, list[str]]] = {}
    for node in root.find_all(string=True):
        holder = node.parent
        if type(node) is not NavigableString or holder is None or node.isspace():
            continue
        if id(holder) not in found:
            if not index.is_exposed(holder) or holder.name in _NO_PROSE or holder.find_parent(_NO_PROSE) is not None:
                continue
            found[id(holder)] = (holder, [])
        found[id(holder)][1].append(str(node))
    return [(holder, " ".join(parts)[:MOST_CHARS]) for holder, parts in found.values()]
