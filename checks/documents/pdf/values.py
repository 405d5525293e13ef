"""Small, safe readings of a PDF's objects: any of them may be missing or of the wrong type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

MAX_TEXT_CHARS = 2_000


def text(value: Any) -> str:
    """Return a text string in one line; empty for anything else."""
    if not isinstance(value, pikepdf.String):
        return ""
    return " ".join(str(value).replace("\0", "").split())[:MAX_TEXT_CHARS]


def name(value: Any) -> str:
    """Return a name without its slash; empty for anything else."""
    return str(value)[1:] if isinstance(value, pikepdf.Name) else ""


def number(value: Any, default: float = 0.0) -> float:
    """Return a number; `default` for anything else."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return default


def integer(value: Any, default: int = 0) -> int:
    """Return a whole number; `default` for anything else."""
    return int(number(value, default))


def dictionary(value: Any) -> Any:
    """Return a dictionary (or a stream's), or an empty one for anything else."""
    if isinstance(value, pikepdf.Stream):
        return value.stream_dict
    return value if isinstance(value, pikepdf.Dictionary) else pikepdf.Dictionary()


def items(value: Any) -> list[Any]:
    """Return an array's elements; a single object counts as an array of one, nothing as an empty one."""
    if value is None:
        return []
    if isinstance(value, pikepdf.Array):
        return list(value)
    return [value]


def key_of(value: Any) -> tuple[int, int]:
    """Return what names an indirect object within its file; (0, 0) for a direct one."""
    objgen = getattr(value, "objgen", (0, 0))
    return (int(objgen[0]), int(objgen[1]))


def tree_values(root: Any, leaves: str, at_most: int) -> Iterator[Any]:
    """Yield the values of a number or name tree (`leaves` is `/Nums` or `/Names`), at most so many nodes of it."""
    todo, seen = [root], 0
    while todo and seen < at_most:
        node = dictionary(todo.pop())
        seen += 1
        yield from items(node.get(leaves))[1::2]
        todo += items(node.get("/Kids"))
