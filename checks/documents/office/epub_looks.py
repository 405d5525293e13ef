"""Tells how the text of an EPUB looks: which lines are bold or larger, by elements, style attributes and style sheets.

Of style sheets only rules for an element, a class or both are read; programs that make e-books write few others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from checks.documents.package import local

MOST_SHEET_CHARS = 200_000
MOST_CHARS = 500
"""Of a style or class attribute: it is read again for each paragraph inside."""

_SELECTOR = re.compile(r"[a-z][a-z0-9]*|(?:[a-z][a-z0-9]*)?\.[\w-]+", re.IGNORECASE)
_SIZE = re.compile(r"(\d{0,4}\.?\d{1,4})\s*(em|rem|%|px|pt)")
_BOLD = re.compile(r"bold|bolder|[6-9]00")
_BOLD_ELEMENTS = frozenset(("b", "strong"))
_UNITS = {"px": 1 / 16, "pt": 1 / 12, "rem": 1.0}
"""How many em of ordinary text a unit is."""

Look = tuple[bool, float]
"""Whether a text is bold, and its size, where ordinary text has 1."""

PLAIN: Look = (False, 1.0)


class Looks:
    """The style rules of an EPUB's chapters."""

    def __init__(self) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        self._around: tuple[etree._Element | None, Look] = (None, PLAIN)

    def read(self, sheet: str) -> None:
        """Take up the rules of a style sheet."""
        first, *others = sheet[:MOST_SHEET_CHARS].split("/*")
        bare = first + " ".join(part.partition("*/")[2] for part in others)
        for rule in bare.split("}"):
            outer, _, body = rule.rpartition("{")
            declared = _declarations(body)
            for selector in outer.rpartition("{")[2].split(",") if declared else ():
                if _SELECTOR.fullmatch(selector.strip()):
                    self._rules.setdefault(selector.strip().casefold(), {}).update(declared)

    def of(self, paragraph: etree._Element) -> Look:
        """Return how all of a paragraph looks: bold if nothing in it is not, and as large as its smallest part."""
        if paragraph.getparent() is not self._around[0]:  # most paragraphs stand in the same place as the one before
            look = PLAIN
            for node in reversed(list(paragraph.iterancestors())):
                look = self._own(node, look)
            self._around = (paragraph.getparent(), look)
        looks = list(self._texts(paragraph, self._own(paragraph, self._around[1])))
        return all(is_bold for is_bold, _ in looks), min((size for _, size in looks), default=1.0)

    def _texts(self, node: etree._Element, look: Look) -> Iterator[Look]:
        if (node.text or "").strip():
            yield look
        for child in node:
            if isinstance(child.tag, str):
                yield from self._texts(child, self._own(child, look))
            if (child.tail or "").strip():
                yield look

    def _own(self, node: etree._Element, outer: Look) -> Look:
        """Return how a node's text looks inside what looks like `outer`."""
        name = local(node)
        is_bold, size = outer[0] or name in _BOLD_ELEMENTS, outer[1]
        classes = [f".{one}".casefold() for one in (node.get("class") or "")[:MOST_CHARS].split()]
        known = [self._rules.get(key, {}) for key in (name, *classes, *(name + one for one in classes))]
        for declared in (*known, _declarations((node.get("style") or "")[:MOST_CHARS])):
            if weight := declared.get("font-weight"):
                is_bold = bool(_BOLD.fullmatch(weight))
            if found := _SIZE.fullmatch(declared.get("font-size", "")):
                number, unit = float(found[1]), found[2]
                size = round(
                    number * _UNITS[unit] if unit in _UNITS else outer[1] * number / (100 if unit == "%" else 1), 2
                )
        return is_bold, size


def _declarations(body: str) -> Mapping[str, str]:
    pairs = (part.partition(":") for part in body.split(";"))
    wanted = ((name.strip().casefold(), value) for name, _, value in pairs)
    return {
        name: value.replace("!important", "").strip().casefold()
        for name, value in wanted
        if name in ("font-weight", "font-size")
    }
