"""Panels of tabs and accordions: what a press on a control shows is read like the rest, under the control's words."""

from __future__ import annotations

from dataclasses import dataclass

from bs4 import Tag

from checks.elements import HIDDEN, attribute, text_of

MAX_LABEL_CHARS = 150
_CONTROLS = ("button", "a")
_OWN_HEADING = ("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt")
_TARGETS = ("aria-controls", "data-bs-target", "data-target")


@dataclass(frozen=True, slots=True)
class Panels:
    """The panels of a page by the identity of their elements, each with the words that stand over it.

    The words are empty where a heading says them already. `controls` holds the elements whose words went to a panel.
    """

    labels: dict[int, str]
    controls: frozenset[int]

    def is_met(self, tag: Tag) -> bool:
        """Return whether people meet an element, be it after they have opened the panel that it is in."""
        hidden = [one for one in (tag, *tag.parents) if _is_hidden(one)]
        if not hidden:
            return True
        return any(
            id(one) in self.labels and (_is_hidden(one) or one.name == "details") for one in (tag, *tag.parents)
        ) and not any(_is_hidden(one) for one in self._outside(tag))

    def label_over(self, tag: Tag) -> tuple[Tag, str] | None:
        """Return the innermost panel with words of its own that an element is in."""
        return next(((one, label) for one in (tag, *tag.parents) if (label := self.labels.get(id(one), ""))), None)

    def _outside(self, tag: Tag) -> list[Tag]:
        """Return what is around the outermost panel of an element."""
        around = [tag, *tag.parents]
        last = max(index for index, one in enumerate(around) if id(one) in self.labels)
        return around[last + 1 :]


def panels_of(content: Tag) -> Panels:
    """Return the panels within an element: of tabs, of controls that name what they show, and of `details`."""
    by_id = {attribute(tag, "id"): tag for tag in content.find_all(id=True)}
    labels: dict[int, str] = {}
    controls: set[int] = set()
    for tag in content.find_all(True):
        if tag.name == "details":
            labels.setdefault(id(tag), "")
            continue
        panel = _panel(tag, by_id)
        if panel is None or any(one is panel for one in (tag, *tag.parents)):
            continue
        label = "" if tag.find_parent(_OWN_HEADING) else text_of(tag)[:MAX_LABEL_CHARS]
        labels.setdefault(id(panel), label)
        if label:
            controls.add(id(tag))
    return Panels(labels, frozenset(controls))


def _panel(tag: Tag, by_id: dict[str, Tag]) -> Tag | None:
    """Return what a control shows; None for what is no control, or does not tell."""
    is_tab = attribute(tag, "role") == "tab"
    if not is_tab and tag.name not in _CONTROLS and attribute(tag, "role") != "button":
        return None
    for name in _TARGETS:
        found = by_id.get(attribute(tag, name).lstrip("#"))
        if found is not None:
            return found
    if is_tab:
        return by_id.get(attribute(tag, "href").partition("#")[2])
    if not tag.has_attr("aria-expanded"):
        return None
    after = (tag.find_parent(_OWN_HEADING) or tag).find_next_sibling()
    return after if isinstance(after, Tag) else None


def _is_hidden(tag: Tag) -> bool:
    return tag.has_attr(HIDDEN) or attribute(tag, "aria-hidden") == "true"
