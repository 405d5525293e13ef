"""What rules about form fields share: a field's label, and the purpose that a label plainly names."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import attribute
from checks.once import once_a_page
from checks.rule import PageView
from checks.rules._heard import heard, own_label
from checks.words import plain, words_in

_TEXT_TYPES = frozenset({"", "text", "email", "tel", "url", "date", "number"})
_ADDITIONS = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]|[*:✱]")


def fields(page: PageView) -> list[Tag]:
    """Return the fields that people can fill in with text or a choice."""
    found = page.exposed("input, select")
    return [
        field
        for field in found
        if (field.name == "select" or attribute(field, "type").casefold() in _TEXT_TYPES)
        and not field.has_attr("disabled")
        and field.find_parent("fieldset", disabled=True) is None
        and not any(attribute(holder, "aria-disabled") == "true" for holder in (field, *field.parents))
        and not field.has_attr("readonly")
    ]


def label_of(field: Tag) -> str:
    """Return a field's label: by ARIA, by `label`, by title, by placeholder."""
    if named := own_label(field):
        return named
    around = field.find_parent("label")
    label = once_a_page(field, _labels).get(attribute(field, "id")) or (around if isinstance(around, Tag) else None)
    said = heard(label) if label is not None else ""
    return said or attribute(field, "title").strip() or attribute(field, "placeholder").strip()


def purpose_in(label: str, lang: str) -> tuple[str, bool]:
    """Return the autocomplete token of the purpose that a label names, and whether it says that it is one's own."""
    bare = plain(_ADDITIONS.sub(" ", label)[:200])
    own = next((word for word in words_in("input_purposes", lang)["own"] if bare.startswith(word + " ")), "")
    rest = bare[len(own) :].strip()
    for purpose, labels in words_in("input_purposes", lang).items():
        if purpose != "own" and rest in labels:
            return purpose, bool(own)
    return "", False


def token_of(field: Tag) -> str:
    """Return the last token of a field's autocomplete attribute: its purpose, or `off` or `on`."""
    tokens = attribute(field, "autocomplete").casefold().removesuffix("webauthn").split()
    return tokens[-1] if tokens else ""


def language_of(tag: Tag) -> str:
    """Return the language that an element is in as the page says, the first part of its code."""
    holder: Tag | None = tag
    while holder is not None and "lang" not in holder.attrs:
        holder = holder.parent
    return attribute(holder, "lang").strip().split("-")[0].casefold() if holder is not None else ""


def _labels(root: Tag) -> dict[str, Tag]:
    labels: dict[str, Tag] = {}
    for label in root.find_all("label"):
        if label.has_attr("for"):
            labels.setdefault(attribute(label, "for"), label)
    return labels
