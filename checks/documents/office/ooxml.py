"""What Word, Excel and PowerPoint files share: core properties, and how drawings carry alternatives."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from checks.documents.package import Package, attribute, descendants, local, text_of

CORE = "docProps/core.xml"


def core_property(package: Package, name: str) -> str:
    """Return one of the core properties, such as `title` or `language`."""
    root = package.xml_if_any(CORE)
    return next((text_of(node) for node in descendants(root, name)), "")


def without_fallbacks(root: etree._Element) -> Iterator[etree._Element]:
    """Yield all elements but those of `mc:Fallback`, which repeat for old programs what stands before them."""
    todo = [root]
    while todo:
        node = todo.pop()
        if not isinstance(node.tag, str) or local(node) == "Fallback":
            continue
        yield node
        todo.extend(reversed(node))


def is_decorative(properties: etree._Element) -> bool:
    """Return whether a drawing is marked as decorative (an extension of Office 2019)."""
    return any(attribute(node, "val") in ("1", "true") for node in descendants(properties, "decorative"))


def alternative_of(properties: etree._Element) -> str | None:
    """Return a drawing's alternative: its description, else its title; None if it has neither."""
    for name in ("descr", "title"):
        value = properties.get(name)
        if value is not None and value.strip():
            return str(value)
    return attribute(properties, "descr")


def on(value: str | None) -> bool:
    """Return whether an on/off attribute or property is on (ECMA-376-1, 22.9.2.7)."""
    return value in ("1", "true", "on")
