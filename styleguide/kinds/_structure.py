"""What the checks of structure share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bs4 import Tag

from styleguide.blocks import BOILERPLATE_REGIONS, Block
from styleguide.reading import Reading
from styleguide.rules import Hit, Rule


@dataclass(frozen=True, slots=True)
class Settings:
    """The limit of a check, and words that settle it (as “opens in new tab” settles a link that does)."""

    most: int
    said_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One way to look at a page's structure."""

    find: Callable[[Rule, Reading, Settings], Iterator[Hit]]
    needs_max: bool = False


def own_content(rule: Rule, reading: Reading, *names: str) -> Iterator[tuple[Tag, Block]]:
    """Yield the elements of these names that can be seen and are the page's own content, each with a block for it."""
    for name in names:
        for element in reading.elements.get(name, ()):
            block = reading.place_for(element)
            if block is None or block.region in BOILERPLATE_REGIONS:
                continue
            if not rule.languages or block.lang in rule.languages:
                yield element, block


def items_of(element: Tag) -> list[Tag]:
    """Return the items of a list that are its own, not those of a list within it."""
    return [child for child in element.contents if isinstance(child, Tag) and child.name == "li"]


def is_menu(reading: Reading, items: list[Tag]) -> bool:
    """Return whether most items of a list are nothing but a link: a menu or an index, not prose."""
    blocks = [reading.place_for(item) for item in items]
    menu = sum(1 for block in blocks if block is None or block.is_menu_entry)
    return 2 * menu > len(items)
