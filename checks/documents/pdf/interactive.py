"""What people use in a PDF: links and form fields, and how keyboards walk through them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from checks.documents.model import Place
from checks.documents.pdf.document import PdfDocument
from checks.documents.pdf.tree import Node
from checks.documents.pdf.values import dictionary, integer, items, key_of, name, number, text

MAX_ANNOTATIONS = 20_000  # read in one file
MAX_PARENTS = 32  # a field within fields within fields
HIDDEN = (1 << 1) | (1 << 5)  # annotation flags Hidden and NoView (ISO 32000-1, table 165)
PUSH_BUTTON = 1 << 16  # field flag (table 226)
LEAST_SIDE = 2.0  # points: smaller areas are leftovers that nobody sees


@dataclass(frozen=True, slots=True)
class Link:
    """A link's area. `is_tagged` when a tag holds it; `name` is the text people get, empty if there is none."""

    place: Place
    target: str
    is_tagged: bool
    name: str
    same_target_tagged: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A form field. `tooltip` is its accessible name (/TU), `own_name` what forms call it (/T)."""

    place: Place
    kind: str
    tooltip: str
    own_name: str
    caption: str


@dataclass(frozen=True, slots=True)
class TabOrder:
    """A page with things to use. `order` is S, R, C, A, W, or empty if the page does not say."""

    place: Place
    order: str
    n_fields: int
    n_links: int


def visible_annotations(document: PdfDocument) -> Iterator[tuple[int, Any]]:
    """Yield (page number, annotation) for all that people can see."""
    left = MAX_ANNOTATIONS
    for page_number, page in enumerate(document.pdf.pages, 1):
        for value in items(page.obj.get("/Annots")):
            left -= 1
            if left < 0:
                return
            if isinstance(value, pikepdf.Dictionary) and not integer(value.get("/F")) & HIDDEN and _has_area(value):
                yield page_number, value


def links(document: PdfDocument) -> list[Link]:
    """Return the links that lead somewhere."""
    holders = _holders(document)
    found: list[tuple[int, str, Node | None, str]] = []
    for page, value in visible_annotations(document):
        if name(value.get("/Subtype")) != "Link":
            continue
        action = dictionary(value.get("/A"))
        target = text(action.get("/URI"))
        if not target and not action and not _has_destination(value.get("/Dest")):
            continue
        found.append((page, target, holders.get(key_of(value)), text(value.get("/Contents"))))
    tagged = {(page, target) for page, target, holder, _ in found if holder is not None and target}
    ordinals: Counter[int] = Counter()
    result = []
    for index, (page, target, holder, contents) in enumerate(found, 1):
        ordinals[page] += 1
        words = contents or (_name_of(document, holder) if holder is not None else "")
        key = target or f"link {index}"
        place = Place(f"page {page}, link {ordinals[page]}", key, target[:200])
        result.append(Link(place, target, holder is not None, words, (page, target) in tagged))
    return result


def fields(document: PdfDocument) -> list[Field]:
    """Return the form fields that people can fill in or press, each once."""
    found: dict[tuple[int, int], Field] = {}
    ordinals: Counter[int] = Counter()
    for page, value in visible_annotations(document):
        if name(value.get("/Subtype")) != "Widget":
            continue
        lineage = _lineage(value)
        kind = next((k for node in lineage if (k := name(node.get("/FT")))), "")
        own = [t for node in lineage if (t := text(node.get("/T")))]
        holder = next((node for node in lineage if "/T" in node), value)
        key = key_of(holder) if key_of(holder) != (0, 0) else (-len(found) - 1, 0)
        if not kind or key in found:
            continue
        ordinals[page] += 1
        flags = next((integer(node.get("/Ff")) for node in lineage if "/Ff" in node), 0)
        is_button = kind == "Btn" and bool(flags & PUSH_BUTTON)
        caption = text(dictionary(value.get("/MK")).get("/CA")) if is_button else ""
        tooltip = next((t for node in lineage if (t := text(node.get("/TU")))), "")
        full = ".".join(reversed(own))
        place = Place(f"page {page}, field {ordinals[page]}", full or f"field {len(found) + 1}", full[:200])
        found[key] = Field(place, "button" if is_button else KINDS.get(kind, "field"), tooltip, own[0] if own else "",
                           caption)  # fmt: skip
    return list(found.values())


KINDS = {"Tx": "text field", "Btn": "checkbox or choice", "Ch": "list", "Sig": "signature field"}


def tab_orders(document: PdfDocument) -> list[TabOrder]:
    """Return the pages that hold links or fields, with the order in which the Tab key walks them."""
    counts: dict[int, Counter[str]] = {}
    for page, value in visible_annotations(document):
        counts.setdefault(page, Counter())[name(value.get("/Subtype"))] += 1
    pages = list(document.pdf.pages)
    return [
        TabOrder(
            Place(f"page {page}", f"tab order {index}"), name(pages[page - 1].obj.get("/Tabs")), n["Widget"], n["Link"]
        )
        for index, (page, n) in enumerate(sorted(counts.items()), 1)
        if n["Widget"] or n["Link"]
    ]


def _has_destination(value: Any) -> bool:
    """Return whether a destination says where to go: browsers print links that lead nowhere with an empty name."""
    if isinstance(value, pikepdf.Name):
        return bool(name(value))
    return bool(text(value)) or bool(items(value))


def _has_area(value: Any) -> bool:
    box = [number(v) for v in items(value.get("/Rect"))]
    return len(box) == 4 and abs(box[2] - box[0]) >= LEAST_SIDE and abs(box[3] - box[1]) >= LEAST_SIDE


def _holders(document: PdfDocument) -> dict[tuple[int, int], Node]:
    """Return the structure element that holds each annotation."""
    nodes = document.tree.nodes if document.tree else ()
    return {key: node for node in nodes for key in node.objects if key != (0, 0)}


def _name_of(document: PdfDocument, holder: Node) -> str:
    for node in holder.walk():
        if node.alternative or node.actual_text:
            return node.alternative or node.actual_text or ""
    return document.text_of(holder)


def _lineage(value: Any) -> list[Any]:
    found = [value]
    while len(found) < MAX_PARENTS and isinstance(parent := found[-1].get("/Parent"), pikepdf.Dictionary):
        found.append(parent)
    return found
