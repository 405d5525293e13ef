"""What only the browser knows of an element, as the snapshot wrote it down; nothing where no browser was asked.

`crawler/render/snapshot.js` writes these attributes. All begin with `data-curbcut-`:

size       rendered width and height of pictures, players and frames, in CSS pixels (`640x480`)
offscreen  such an element, a heading, a label or a legend lies above or left of the page, where nobody can scroll
shown      the words that people see on a control, or on the label of a control, that ARIA attributes name
natural    a picture file's own width and height; `broken` when it could not be shown
background file name of the picture behind a box without content
drawn      something is painted on this canvas
text       the text inside an SVG picture
live       this video or audio has no end: it is a live stream
duration   length of audio or video in seconds; `pixels` its picture, empty without one; `sound` is `yes` or `no`
tracks     text tracks as `kind:language`, also those that a script added; `muted` when it starts without sound
side       `left` or `right` where a list, navigation or aside stands in a column of that side
contrast   of a field's words to its plain colour, where a background picture stands beside the words
pressed    type of the field that this label stands in for: the field is not displayed, and takes no focus
font       size in pixels and weight of a short paragraph, and of the page's body
"""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import attribute

_PREFIX = "data-curbcut-"
_SIZE = re.compile(r"(\d{1,6})x(\d{1,6})")
_FONT = re.compile(r"(\d{1,4}) (\d{1,4})")
ICON_MAX_PX = 48
"""An image up to this size in one direction is taken for an icon: the largest common size of interface icons."""


def has_fact(tag: Tag, name: str) -> bool:
    """Return whether the browser noted this fact."""
    return tag.has_attr(_PREFIX + name)


def fact(tag: Tag, name: str) -> str:
    """Return a fact as written, or an empty string."""
    return attribute(tag, _PREFIX + name)


def size_px(tag: Tag) -> tuple[int, int] | None:
    """Return the rendered width and height, or those that the attributes ask for; None when neither says."""
    if match := _SIZE.fullmatch(fact(tag, "size")):
        return int(match[1]), int(match[2])
    asked = [re.match(r"\d{1,6}", attribute(tag, name).strip()) for name in ("width", "height")]
    known = [int(match[0]) for match in asked if match]
    return (known[0], known[1]) if len(known) == len(asked) else None


def is_larger_than_an_icon(tag: Tag) -> bool:
    """Return whether a picture is known to be larger than an icon both ways."""
    size = size_px(tag)
    return size is not None and min(size) > ICON_MAX_PX


def duration_s(tag: Tag) -> float | None:
    """Return the length of audio or video in seconds; None when the browser could not tell."""
    try:
        return float(fact(tag, "duration"))
    except ValueError:
        return None


def font(tag: Tag) -> tuple[int, int] | None:
    """Return the size in pixels and the weight of an element's letters."""
    match = _FONT.fullmatch(fact(tag, "font"))
    return (int(match[1]), int(match[2])) if match else None
