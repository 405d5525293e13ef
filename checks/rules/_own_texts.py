"""The texts that elements of a page hold themselves, for rules about how words are written."""

from __future__ import annotations

from bs4 import Tag
from bs4.element import NavigableString

from checks.index import index_of
from checks.once import once_a_page
from checks.rules._heard import own_label, role_of

MOST_CHARS = 2_000
"""Of a longer text the beginning is read, so that a page's cost stays in bounds."""
_NO_PROSE = frozenset(
    (
        *("script", "style", "template", "noscript", "iframe", "svg", "math", "textarea", "select", "head"),
        *("code", "kbd", "samp", "var", "pre"),
    )
)


def own_texts(tag: Tag) -> list[tuple[Tag, str]]:
    """Return each element of this page that people meet and that holds words itself, with these words, in order.

    What stands inside code, formulas and forms' lists is left out. Spaces are kept as they are.
    """
    return list(once_a_page(tag, _collect).values())


def own_text(tag: Tag) -> str:
    """Return the words that one of these elements holds itself."""
    return once_a_page(tag, _collect)[id(tag)][1]


def is_replaced(tag: Tag) -> bool:
    """Return whether an element around has a name that stands for its content."""
    return any(own_label(holder) and role_of(holder) for holder in (tag, *tag.parents) if isinstance(holder, Tag))


def _collect(root: Tag) -> dict[int, tuple[Tag, str]]:
    index = index_of(root)
    found: dict[int, tuple[Tag, list[str]]] = {}
    no_prose: set[int] = set()
    for node in root.descendants:
        holder = node.parent
        if isinstance(node, Tag):
            if node.name in _NO_PROSE or id(holder) in no_prose:
                no_prose.add(id(node))
            continue
        if type(node) is not NavigableString or holder is None or node.isspace():
            continue
        if id(holder) not in no_prose and index.is_exposed(holder):
            found.setdefault(id(holder), (holder, []))[1].append(str(node))
    return {key: (holder, " ".join(parts)[:MOST_CHARS]) for key, (holder, parts) in found.items()}
