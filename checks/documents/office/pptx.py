"""Reads PowerPoint files (ECMA-376, PresentationML)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from checks.documents.model import Facts, Language, Picture, Place, Table
from checks.documents.office.model import SNIPPET_CHARS, Contents, Part, SlidesDocument
from checks.documents.office.ooxml import alternative_of, core_property, is_decorative, on, without_fallbacks
from checks.documents.package import Package, attribute, descendants, local, text_of

MAIN = "ppt/presentation.xml"
_TITLES = ("title", "ctrTitle")


def read_pptx(package: Package, file_format: str, file_name: str) -> SlidesDocument:
    """Return a presentation. Raises NotCheckableError."""
    targets = package.targets(MAIN)
    ids = [attribute_of_relation(node) for node in descendants(package.xml(MAIN), "sldId")]
    parts = [targets[i] for i in ids if i in targets and package.has(targets[i])]
    slides: list[Part] = []
    pictures: list[Picture] = []
    tables: list[Table] = []
    langs: list[str] = []
    for number, part in enumerate(parts, 1):
        root = package.xml(part)
        if root.get("show") == "0":
            continue
        slides.append(_slide(root, number))
        pictures += _pictures(root, number, package.targets(part))
        tables += _tables(root, number)
        langs += [_run_language(run) for run in descendants(root, "r") if text_of(run)]
    words = sum(len(text_of(t).split()) for part in parts for t in descendants(package.xml(part), "t"))
    default = next((n.get("lang", "") for n in descendants(package.xml(MAIN), "defRPr") if n.get("lang")), "")
    language = Language(default, tuple(dict.fromkeys(x for x in langs if x))[:50], bool(langs) and all(langs))
    facts = Facts(len(slides), core_property(package, "title"), default or next(iter(language.parts), ""), words=words)
    contents = Contents(facts, language, tuple(pictures), tuple(tables))
    return SlidesDocument(file_format, file_name, contents, slides)


def attribute_of_relation(node: etree._Element) -> str:
    """Return a slide's relationship id: `r:id`, not the slide's own `id`."""
    return next((str(v) for k, v in node.attrib.items() if str(k).endswith("}id")), "")


def _run_language(run: etree._Element) -> str:
    return next((n.get("lang", "") for n in run if local(n) == "rPr"), "")


def _slide(root: etree._Element, number: int) -> Part:
    title = ""
    for shape in descendants(root, "sp"):
        kinds = [n.get("type") for n in descendants(shape, "ph")]
        if any(kind in _TITLES for kind in kinds):
            title = title or " ".join(text_of(t) for t in descendants(shape, "t")).strip()
    words = " ".join(text_of(t) for t in descendants(root, "t"))
    has_content = bool(words) or any(True for _ in descendants(root, "pic", "graphicFrame"))
    return Part(Place(f"slide {number}", f"slide {number}", words[:SNIPPET_CHARS]), title, has_content)


def _pictures(root: etree._Element, slide: int, targets: dict[str, str]) -> Iterator[Picture]:
    number = 0
    for node in without_fallbacks(root):
        is_picture = local(node) == "pic"
        is_chart = local(node) == "graphicFrame" and any(True for _ in descendants(node, "chart", "relIds"))
        if not is_picture and not is_chart:
            continue
        properties = next(descendants(node, "cNvPr"), None)
        if properties is None:
            continue
        number += 1
        embed = next((attribute(blip, "embed") or "" for blip in descendants(node, "blip")), "")
        file = targets.get(embed, "").rsplit("/", 1)[-1]
        noun = "picture" if is_picture else "chart"
        place = Place(f"slide {slide}, {noun} {number}", f"slide {slide}, picture {number}", properties.get("name", ""))
        yield Picture(place, alternative_of(properties), is_decorative(properties), file_name=file)


def _tables(root: etree._Element, slide: int) -> Iterator[Table]:
    for number, table in enumerate(descendants(root, "tbl"), 1):
        rows = [row for row in table if local(row) == "tr"]
        properties = next((n for n in table if local(n) == "tblPr"), None)
        marked = properties is not None and (on(properties.get("firstRow")) or on(properties.get("firstCol")))
        yield Table(
            Place(f"slide {slide}, table {number}", f"slide {slide}, table {number}",
                  text_of(rows[0])[:SNIPPET_CHARS] if rows else ""),
            rows=len(rows),
            columns=max((sum(local(c) == "tc" for c in row) for row in rows), default=0),
            has_headers=marked,
        )  # fmt: skip
