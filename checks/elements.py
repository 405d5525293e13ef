"""Elements of a parsed page: what they are called, where they stand, whether anybody meets them.

Pages are composed documents (see `checks.model.Page`): the content of an open shadow root stands in a
`<curbcut-shadow>` inside its host.
"""

from __future__ import annotations

import html
import re

from bs4 import Tag

from checks.fingerprint import INSIDE, TEXT_MAX_CHARS, Element, Step
from checks.model import SNIPPET_MAX_CHARS

SHADOW = "curbcut-shadow"
HIDDEN = "data-curbcut-hidden"
INSIDE_MAX = 12  # elements of which an icon consists, and then some
VALUE_MAX_CHARS = 200
SMALL_SUBTREE = 20  # elements that are shown with their content; of larger ones only the opening tag
_SPACES = re.compile(r"\s+")
_NOTES = re.compile(r' data-curbcut-[a-z]+="[^"]*"')
"""What the snapshot noted beside an element: no markup of the page, so nobody is shown it."""


def attribute(tag: Tag, name: str) -> str:
    """Return an attribute's value as one string, or an empty string when it is not there."""
    value = tag.attrs.get(name)
    if value is None:
        return ""
    return value if isinstance(value, str) else " ".join(value)


def text_of(tag: Tag) -> str:
    """Return an element's text with runs of white space made one."""
    return _SPACES.sub(" ", tag.get_text(" ")).strip()


def is_exposed(tag: Tag) -> bool:
    """Return whether people meet this element: it is seen, and not taken away from assistive technology."""
    current: Tag | None = tag
    while current is not None:  # asked many thousand times a page
        attributes = current.attrs
        if attributes and (HIDDEN in attributes or attributes.get("aria-hidden") == "true"):
            return False
        current = current.parent
    return True


def element_of(tag: Tag) -> Element:
    """Return what names this element and its place, for `checks.fingerprint`."""
    ancestors = [parent for parent in tag.parents if parent.name not in ("[document]", SHADOW)]
    text = text_of(tag)[:TEXT_MAX_CHARS]
    attributes = {name: attribute(tag, name) for name in tag.attrs}
    if not text:
        attributes[INSIDE] = _inside(tag)
    return Element(
        tag=tag.name,
        attributes=attributes,
        text=text,
        path=tuple(_step(parent) for parent in reversed(ancestors)),
    )


def selector_of(tag: Tag) -> tuple[str, ...]:
    """Return a selector path to this element, one CSS selector a step, through open shadow roots."""
    steps: list[str] = []
    parts: list[str] = []
    current: Tag | None = tag
    while current is not None and current.name != "[document]":
        if current.name == SHADOW:
            steps.append(" > ".join(reversed(parts)))
            parts = []
        else:
            parts.append(_compound(current))
        current = current.parent
    steps.append(" > ".join(reversed(parts)))
    return tuple(reversed(steps))


def snippet_of(tag: Tag) -> str:
    """Return an element's HTML, cut to what a finding may hold; of a large element only the opening tag."""
    is_small = len(tag.find_all(True, limit=SMALL_SUBTREE + 1)) <= SMALL_SUBTREE
    if is_small and tag.name not in ("html", "body", "head"):
        return _NOTES.sub("", str(tag))[:SNIPPET_MAX_CHARS]
    attributes = "".join(f' {name}="{html.escape(attribute(tag, name))}"' for name in tag.attrs)
    return _NOTES.sub("", f"<{tag.name}{attributes}>")[:SNIPPET_MAX_CHARS]


def _inside(tag: Tag) -> str:
    """Return what an element without text consists of, a line each: the same as `insideOf` in describe.js."""
    lines: list[str] = []
    for inner in tag.find_all(True, limit=INSIDE_MAX):
        for kind, name in (("use", "href"), ("use", "xlink:href"), ("src", "src"), ("text", "alt"), ("path", "d")):
            if (kind not in ("use", "path") or inner.name == kind) and attribute(inner, name):
                lines.append(f"{kind} {_SPACES.sub(' ', attribute(inner, name))[:VALUE_MAX_CHARS]}")
        if inner.name in ("i", "span", "svg") and attribute(inner, "class"):
            lines.append(f"class {attribute(inner, 'class')[:VALUE_MAX_CHARS]}")
    return "\n".join(lines)


def _step(tag: Tag) -> Step:
    return Step(tag.name, attribute(tag, "id"), attribute(tag, "role"), tuple(attribute(tag, "class").split()))


def _compound(tag: Tag) -> str:
    if tag.name in ("html", "head", "body"):
        return tag.name
    before = sum(1 for _ in tag.find_previous_siblings(tag.name))
    after = tag.find_next_sibling(tag.name)
    name = tag.name if re.fullmatch(r"[a-z][a-z0-9-]*", tag.name) else "*"
    if name == "*":
        return f"*:nth-child({1 + sum(1 for s in tag.previous_siblings if isinstance(s, Tag))})"
    return name if not before and after is None else f"{name}:nth-of-type({before + 1})"
