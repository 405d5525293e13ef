"""Rules that a page turns off for a part of itself, and why.

In HTML: `data-curbcut-ignore="plain/wordy-phrase other-rule"` on an element, with the reason in
`data-curbcut-reason`. In HTML and Markdown: `<!-- curbcut-off plain/wordy-phrase: the law's own words -->`, until
`<!-- curbcut-on plain/wordy-phrase -->` or the end; or, for what follows only (a paragraph, a list, a table),
`<!-- curbcut-ignore plain/wordy-phrase the law's own words -->`. Within a paragraph it is for that paragraph. A rule is
named with its guide or without; `all` means all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import Comment, Tag
from bs4.element import NavigableString

from styleguide.blocks import Block

ATTRIBUTE = "data-curbcut-ignore"
REASON_ATTRIBUTE = "data-curbcut-reason"

MARK = "curbcut-"
"""What a comment must hold to be looked at more closely."""

_ONCE = re.compile(r"\s*curbcut-ignore\s+([\w/-]+(?:\s*,\s*[\w/-]+)*)\s*:?(.*)", re.S)
_COMMENT = re.compile(r"\s*curbcut-(off|on)\b([\w/, -]*)(?::(.*))?", re.S)

MAX_REASON_CHARS = 200


@dataclass(slots=True)
class Ignored:
    """What is off where: rule names with their reasons by the `id()` of the element they are off in."""

    _by_element: dict[int, dict[str, str]] = field(default_factory=dict)

    def reason(self, rule_id: str, block: Block) -> str | None:
        """Return why the rule is off at this block ("" when nobody said), or None when it is on."""
        if not self._by_element:
            return None
        names = (rule_id, rule_id.partition("/")[2], "all")
        node: Tag | None = block.element
        while node is not None:
            off = self._by_element.get(id(node))
            if off:
                for name in names:
                    if name in off:
                        return off[name]
            node = node.parent
        return None


def read_ignored(root: Tag) -> Ignored:
    """Return what a page turns off. One walk through the tree; none where the page says nothing of it."""
    ignored = Ignored()
    has_comments = False
    for node in root.descendants:
        if isinstance(node, Tag):
            if ATTRIBUTE in node.attrs:
                reason = str(node.attrs.get(REASON_ATTRIBUTE) or "").strip()[:MAX_REASON_CHARS]
                names = str(node.attrs[ATTRIBUTE]).replace(",", " ").split() or ["all"]
                ignored._by_element.setdefault(id(node), {}).update(dict.fromkeys(names, reason))
        elif isinstance(node, Comment):
            has_comments = has_comments or _COMMENT.match(node) is not None
            once = _ONCE.match(node)
            meant = _meant(node) if once else None
            if once and meant is not None:
                names = once.group(1).replace(",", " ").split()
                reason = once.group(2).strip()[:MAX_REASON_CHARS]
                ignored._by_element.setdefault(id(meant), {}).update(dict.fromkeys(names, reason))
    if has_comments:
        for element, off in _between_comments(root):
            ignored._by_element.setdefault(id(element), {}).update(off)
    return ignored


def _meant(comment: Comment) -> Tag | None:
    """Return the element that a comment is about: the one it stands in the text of, else the next one beside it."""
    parent = comment.parent
    if parent is None:
        return None
    if any(type(beside) is NavigableString and beside.strip() for beside in parent.children):
        return parent
    following = comment.find_next_sibling(True)
    if isinstance(following, Tag) and following.name == "html":  # a parser moves what a piece of HTML begins with there
        body = following.find("body")
        following = body.find(True, recursive=False) if isinstance(body, Tag) else None
    return following if isinstance(following, Tag) else None


def _between_comments(root: Tag) -> Iterator[tuple[Tag, dict[str, str]]]:
    """Yield each element that begins while something is off."""
    off: dict[str, str] = {}
    for node in root.descendants:
        if isinstance(node, Tag):
            if off:
                yield node, dict(off)
        elif isinstance(node, Comment) and (match := _COMMENT.match(node)):
            names = match.group(2).replace(",", " ").split() or ["all"]
            if match.group(1) == "off":
                off.update(dict.fromkeys(names, (match.group(3) or "").strip()[:MAX_REASON_CHARS]))
            else:
                for name in names if names != ["all"] else list(off):
                    off.pop(name, None)
