"""Form fields: what they are called, by which label that people see, and in which form they stand."""

from __future__ import annotations

import re

from bs4 import Tag

from checks.elements import attribute, is_exposed, text_of
from checks.index import index_of
from checks.once import once_a_page
from checks.rules._facts import has_fact
from checks.rules._heard import by_id, heard, own_label, role_of
from checks.words import plain, words

TEXT_TYPES = frozenset(("", "text", "email", "tel", "url", "number", "password", "search", "date", "month", "week"))
_CHOICES = frozenset(("radio", "checkbox"))
_UNSEEN = re.compile(
    r"(?:^|[\s_-])(?:sr-only|sronly|visually-?hidden|visuallyhidden|screen-?reader|assistive|offscreen|u-hidden)",
    re.IGNORECASE,
)


def text_fields(root: Tag) -> list[Tag]:
    """Return the fields that people type into or choose from a list in, as far as they meet them."""
    return once_a_page(root, _text_fields)


def _text_fields(root: Tag) -> list[Tag]:
    found = [
        tag
        for tag in index_of(root).select("input, textarea, select")
        if is_exposed(tag) and not tag.has_attr("disabled")
    ]
    return [tag for tag in found if _is_typed(tag)]


def _is_typed(tag: Tag) -> bool:
    if role_of(tag) in ("none", "presentation", "button"):
        return False
    return tag.name != "input" or attribute(tag, "type").strip().casefold() in TEXT_TYPES


def labels_of(field: Tag) -> list[Tag]:
    """Return the label elements of a field."""
    name = attribute(field, "id")
    found = once_a_page(field, _labels).get(name, []) if name else []
    around = field.find_parent("label")
    if isinstance(around, Tag) and not any(label is around for label in found):
        return [*found, around]
    return found


def _labels(root: Tag) -> dict[str, list[Tag]]:
    index: dict[str, list[Tag]] = {}
    for label in root.find_all("label"):
        index.setdefault(attribute(label, "for"), []).append(label)
    return index


def field_name(field: Tag) -> str:
    """Return a field's accessible name without what only stands in while it is empty: title and placeholder."""
    if named := own_label(field):
        return named
    return " ".join(label_text(label) for label in labels_of(field)).strip()


def label_text(label: Tag) -> str:
    """Return a label's words without those of the fields inside it."""
    if label.find(["input", "select", "textarea"]) is None:
        return heard(label)
    inside = {id(part) for field in label.find_all(["select", "textarea"]) for part in field.find_all(string=True)}
    return " ".join(" ".join(str(p) for p in label.find_all(string=True) if id(p) not in inside).split())


def is_seen(tag: Tag) -> bool:
    """Return whether people see a label or heading, as far as the browser or its class names tell."""
    if not is_exposed(tag) or has_fact(tag, "offscreen"):
        return False
    return not any(_UNSEEN.search(attribute(part, "class")) for part in (tag, tag.parent) if part is not None)


def seen_label(field: Tag) -> str:
    """Return the words of the label that people see, or an empty string."""
    referred = [by_id(field, name) for name in attribute(field, "aria-labelledby").split()[:20]]
    seen = [tag for tag in [*labels_of(field), *(tag for tag in referred if tag is not None)] if is_seen(tag)]
    return " ".join(label_text(tag) for tag in seen).strip()


def is_search(field: Tag) -> bool:
    """Return whether a field is for searching, which its button and place make plain."""
    if attribute(field, "type").casefold() == "search" or role_of(field) == "searchbox":
        return True
    around = [parent for parent in field.parents if parent.name == "search" or role_of(parent) == "search"]
    names = (attribute(field, "name"), attribute(field, "placeholder"), field_name(field), attribute(field, "title"))
    known = words("field_labels")["search"]
    return bool(around) or any(
        plain(name).split(" ")[0] in known or plain(name) in ("q", "query") for name in names if name
    )


def form_of(field: Tag) -> Tag | None:
    """Return the form a field belongs to."""
    form = field.find_parent("form")
    return form if isinstance(form, Tag) else by_id(field, attribute(field, "form"))


def group_of(field: Tag) -> str:
    """Return the words that people see over a field's group: legends, group names, and the heading before it."""
    parts: list[str] = []
    for parent in field.parents:
        legend = parent.find("legend", recursive=False) if parent.name == "fieldset" else None
        if isinstance(legend, Tag) and is_seen(legend):
            parts.append(text_of(legend))
        if role_of(parent) in ("group", "radiogroup", "region", "form", "search") or parent.name == "form":
            parts.append(own_label(parent))
    heading = once_a_page(field, _headings_before).get(id(field))
    # Two headings that say the same are still two places.
    parts.append(f"{text_of(heading)}#{id(heading)}" if heading is not None else "")
    row = field.find_parent("tr")
    parts.append(str(id(row)) if isinstance(row, Tag) else "")
    return "|".join(parts)


def _headings_before(root: Tag) -> dict[int, Tag]:
    """Return, by the identity of each field, the last heading before it that people see."""
    under: dict[int, Tag] = {}
    heading: Tag | None = None
    for tag in root.find_all(["h1", "h2", "h3", "h4", "h5", "h6", "input", "select", "textarea"]):
        if tag.name in ("input", "select", "textarea"):
            if heading is not None:
                under[id(tag)] = heading
        elif is_seen(tag):
            heading = tag
    return under
