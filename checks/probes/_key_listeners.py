"""Tells whether anything around an element listens for keys that might do there what a click does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from checks.live import Listener

KEYS = ("keydown", "keypress", "keyup")
Heard = Literal["", "others", "maybe"]

_TRIED = r"27|9|13|32"
_CODES = re.compile(
    rf"(?:keyCode|which|charCode)\s*={{2,3}}\s*(?:{_TRIED})\b|\b(?:{_TRIED})\s*={{2,3}}\s*[\w.]+\.(?:keyCode|which)"
)
_NAMES = re.compile(r"""["'`](?:Esc|Escape|Tab|Enter|Space| |Spacebar)["'`]""")
_OTHERS = re.compile(
    r"""ctrlKey|metaKey|altKey|keyCode|which|charCode"""
    r"""|["'`](?:Arrow\w+|Up|Down|Left|Right|Home|End|Page\w+|F\d+|Key\w|Digit\d|\S)["'`]"""
)


def keys_heard(target: Sequence[str], listeners: Iterable[Listener]) -> Heard:
    """Return what listens for keys on the element at `target` and around it.

    Nothing (""), only what closes things with Escape or handles Tab, Enter and Space ("others": those have been
    tried), or something that may answer to another key ("maybe").
    """
    around = [one for one in listeners if one.event in KEYS and is_around(one, target)]
    if not around:
        return ""
    return "others" if all(is_global(one) and _knows_tried_keys_only(one.source) for one in around) else "maybe"


def is_global(listener: Listener) -> bool:
    """Say whether a listener hears what happens anywhere on the page."""
    return listener.on != "element" or listener.seen.get("tag") in ("body", "html")


def is_around(listener: Listener, target: Sequence[str]) -> bool:
    """Say whether a listener is on the element, on one that holds it (through shadow roots), or on the page."""
    if is_global(listener):
        return True
    path = [str(step) for step in listener.seen.get("target", ())]
    at = len(path) - 1
    if not 0 <= at < len(target) or path[:at] != list(target[:at]):
        return False
    return target[at] == path[at] or target[at].startswith(f"{path[at]} > ")


def _knows_tried_keys_only(source: str) -> bool:
    """Say whether a listener's source names Escape, Tab, Enter or Space, and no other key."""
    rest = _NAMES.sub("", _CODES.sub("", source))
    return rest != source and not _OTHERS.search(rest)
