"""Answers questions of an engine that the page's own markup answers, so that nobody is asked them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from checks.elements import is_exposed
from checks.model import Finding, Outcome
from checks.overlap import place_of
from checks.rules._facts import fact
from checks.rules._media import says_silent

_LISTS = ("nav", "ul", "ol", "menu", "dl", "table")
_SOMETHING = frozenset({"input", "select", "textarea", "button", "img", "video", "audio", "iframe", "svg", "object"})
_NO_TEXT = frozenset({"script", "style", "template", "noscript", "title"})


def without_answered(engine: Iterable[Finding], soup: BeautifulSoup) -> tuple[Finding, ...]:
    """Return an engine's findings without the questions that the page itself answers. Failures always stay."""
    return tuple(finding for finding in engine if not _is_answered(finding, soup))


def _is_answered(finding: Finding, soup: BeautifulSoup) -> bool:
    answer = _ANSWERS.get(finding.message_id, _ANSWERS.get(finding.rule))
    if answer is None or finding.outcome is not Outcome.CANT_TELL:
        return False
    place = place_of(finding, soup)
    return place is not None and answer(place)


def _nothing_to_skip(root: Tag) -> bool:
    """Say whether a page has no block that people could want to skip, or nothing behind it to skip to.

    A single link is no block (Understanding SC 2.4.1), and neither is a list of links that is all there is. Where a
    frame stands, nothing is known.
    """
    links = [link for link in root.find_all("a", href=True) if is_exposed(link)]
    if root.find("iframe") is not None or not links:
        return False  # without links axe does not ask; then they are where we do not see them
    if len(links) == 1:
        return True
    group = links[0].find_parent(_LISTS)
    while group is not None and not all(_is_in(link, group) for link in links):
        group = group.find_parent(_LISTS)
    return group is not None and not _is_something_after(group)


def _is_something_after(group: Tag) -> bool:
    """Say whether people meet anything after an element."""
    last = group
    while last.contents and isinstance(last.contents[-1], Tag):
        last = last.contents[-1]
    for node in (last.contents[-1] if last.contents else last).next_elements:
        if isinstance(node, Tag):
            holder = node if node.name in _SOMETHING else None
        else:
            holder = node.parent if type(node) is NavigableString and node.strip() else None
        if holder is not None and holder.name not in _NO_TEXT and is_exposed(holder):
            return True
    return False


def _is_in(tag: Tag, group: Tag) -> bool:
    return any(parent is group for parent in tag.parents)


def _stands_out(field: Tag, least: float) -> bool:
    """Say whether a field's words stand out from its plain colour, its background picture being beside them."""
    return float(fact(field, "contrast") or 0) >= least


_ANSWERS: dict[str, Callable[[Tag], bool]] = {
    "axe/bypass": _nothing_to_skip,
    "axe/video-caption": says_silent,
    "color-contrast/color-contrast.bgImage": partial(_stands_out, least=4.5),
    "color-contrast-enhanced/color-contrast-enhanced.bgImage": partial(_stands_out, least=7),
}
"""What answers a question, by the rule that asks it, or by its message where a rule asks several."""
