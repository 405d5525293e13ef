"""Reads OpenDocument files: text, spreadsheets, presentations (ISO/IEC 26300)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from checks.documents.model import Block, Facts, Language, NotCheckableError, Picture, Place, Table
from checks.documents.office.model import (
    SNIPPET_CHARS,
    Contents,
    OfficeDocument,
    Part,
    SheetsDocument,
    SlidesDocument,
    can_be_heading,
)
from checks.documents.package import Package, attribute, descendants, local, text_of

MAX_STYLE_PARENTS = 20
NO_LANGUAGE = ("", "none", "zxx")
LARGER_POINTS = 2.0
_IN_TEXT = ("text", "section", "list-item", "list-header")
_PARTS = {"odp": "page", "ods": "table"}


class _Styles:
    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self.defaults: list[etree._Element] = []
        for root in roots:
            for style in descendants(root, "style", "default-style"):
                if local(style) == "default-style":
                    self.defaults.append(style)
                else:
                    self._styles.setdefault(attribute(style, "name") or "", style)

    def lineage(self, name: str) -> Iterator[etree._Element]:
        for _ in range(MAX_STYLE_PARENTS):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = attribute(style, "parent-style-name") or ""

    def value(self, name: str, wanted: str) -> str:
        """Return a text property of a style, such as `font-weight`; empty where no style says."""
        for style in self.lineage(name):
            for properties in (n for n in style if local(n) == "text-properties"):
                if value := attribute(properties, wanted):
                    return value
        return ""

    def is_title(self, name: str) -> bool:
        return any((attribute(style, "name") or "") in ("Title", "Subtitle") for style in self.lineage(name))


def read_odf(package: Package, file_format: str, file_name: str) -> OfficeDocument:
    """Return an OpenDocument file. Raises NotCheckableError."""
    manifest = package.xml_if_any("META-INF/manifest.xml")
    if any(True for _ in descendants(manifest, "encryption-data")):
        raise NotCheckableError("encrypted", "It opens with a password only.")
    content = package.xml("content.xml")
    styles = _Styles(package.xml_if_any("styles.xml"), content)
    meta = package.xml_if_any("meta.xml")
    blocks = _blocks(content, styles) if file_format == "odt" else []
    parts = _parts(content, file_format)
    language = _language(content, styles, meta, file_format)
    facts = Facts(
        pages=len(parts) if file_format != "odt" else None,
        title=next((text_of(n) for n in descendants(meta, "title")), ""),
        lang=language.default,
        words=sum(len(text_of(p).split()) for p in descendants(content, "p", "h")),
        producer=next((text_of(n)[:100] for n in descendants(meta, "generator")), ""),
    )
    tables = tuple(_tables(content, styles)) if file_format != "ods" else ()
    contents = Contents(facts, language, tuple(_pictures(content)), tables, tuple(blocks))
    if file_format == "odp":
        return SlidesDocument(file_format, file_name, contents, parts)
    if file_format == "ods":
        return SheetsDocument(file_format, file_name, contents, parts)
    return OfficeDocument(file_format, file_name, contents)


def _language(content: etree._Element, styles: _Styles, meta: etree._Element | None, file_format: str) -> Language:
    found = ""
    for style in styles.defaults:
        for node in descendants(style, "text-properties"):
            lang, country = attribute(node, "language") or "", attribute(node, "country") or ""
            if lang not in NO_LANGUAGE and (not found or attribute(style, "family") == "paragraph"):
                found = lang if country in NO_LANGUAGE else f"{lang}-{country}"
    found = found or next((text_of(n) for n in descendants(meta, "language")), "")
    parts = [attribute(n, "language") or "" for n in descendants(content, "text-properties")]
    return Language(
        found, tuple(dict.fromkeys(p for p in parts if p not in NO_LANGUAGE))[:50], expected=file_format != "ods"
    )


def _blocks(content: etree._Element, styles: _Styles) -> list[Block]:
    read: list[tuple[etree._Element, str, bool, float]] = []
    for node in descendants(content, "p", "h"):
        words = text_of(node)
        if words and local(node.getparent()) in _IN_TEXT:
            read.append((node, words, *_looks(node, styles)))
    sizes: Counter[float] = Counter()
    n_bold = n_all = 0
    for _, words, is_bold, size in read:
        sizes[size] += len(words)
        n_all += len(words)
        n_bold += len(words) if is_bold else 0
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    blocks = []
    for node, words, is_bold, size in read:
        in_list = local(node.getparent()) == "list-item"
        stands_out = (size >= body + LARGER_POINTS or (is_bold and n_bold <= n_all / 2)) and can_be_heading(words)
        is_heading = local(node) == "h" or styles.is_title(attribute(node, "style-name") or "")
        place = Place("", words[:SNIPPET_CHARS], words[:SNIPPET_CHARS])
        blocks.append(Block(place, words, is_heading, stands_out and not in_list))
    return blocks


def _looks(node: etree._Element, styles: _Styles) -> tuple[bool, float]:
    """Return whether a paragraph's text is all bold, and its size in points (12 where no style says)."""
    own = attribute(node, "style-name") or ""
    spans = [child for child in node if local(child) == "span"]
    bare = (node.text or "").strip() or any((child.tail or "").strip() for child in node)
    names = [attribute(span, "style-name") or "" for span in spans if text_of(span)] if not bare else []
    weights = [styles.value(n, "font-weight") or styles.value(own, "font-weight") for n in names or [own]]
    sizes = [styles.value(n, "font-size") or styles.value(own, "font-size") for n in names or [own]]
    return all(w in ("bold", "600", "700", "800", "900") for w in weights), min(map(_points, sizes))


def _points(size: str) -> float:
    try:
        return float(size.removesuffix("pt")) if size.endswith("pt") else 12.0
    except ValueError:
        return 12.0


def _pictures(content: etree._Element) -> Iterator[Picture]:
    number = 0
    for frame in descendants(content, "frame"):
        kinds = [local(child) for child in frame]
        if "image" not in kinds and "object" not in kinds:
            continue
        if "text-box" in kinds or any(True for _ in frame.iterancestors("{*}notes")):
            continue
        number += 1
        texts = [text_of(child) for child in frame if local(child) in ("desc", "title")]
        given = next((t for t in texts if t), texts[0] if texts else None)
        image = next((child for child in frame if local(child) == "image"), None)
        file = (attribute(image, "href") or "").rsplit("/", 1)[-1] if image is not None else ""
        decorative = attribute(frame, "decorative") == "true"
        where = f"picture {number}"
        yield Picture(Place(where, where, attribute(frame, "name") or ""), given, decorative, file_name=file)


def _tables(content: etree._Element, styles: _Styles) -> Iterator[Table]:
    for number, table in enumerate(descendants(content, "table"), 1):
        rows = [r for r in descendants(table, "table-row") if next(r.iterancestors(table.tag), None) is table]
        cells = [[c for c in row if local(c) == "table-cell"] for row in rows]
        has_headers = any(local(child) in ("table-header-rows", "table-header-columns") for child in table)
        yield Table(
            Place(f"table {number}", f"table {number}", text_of(rows[0])[:SNIPPET_CHARS] if rows else ""),
            rows=len(rows),
            columns=max(map(len, cells), default=0),
            has_headers=has_headers,
            first_row_stands_out=_first_row_stands_out(cells, styles),
            for_layout=any(True for cell in descendants(table, "table-cell") for _ in descendants(cell, "table")),
        )


def _first_row_stands_out(cells: list[list[etree._Element]], styles: _Styles) -> bool:
    def bold(row: list[etree._Element]) -> list[bool]:
        return [_looks(p, styles)[0] for cell in row for p in descendants(cell, "p") if text_of(p)]

    if len(cells) < 2:
        return False
    first, rest = bold(cells[0]), [b for row in cells[1:] for b in bold(row)]
    return bool(first) and all(first) and bool(rest) and sum(rest) < len(rest) / 2


def _parts(content: etree._Element, file_format: str) -> list[Part]:
    found: list[Part] = []
    noun = "slide" if file_format == "odp" else "sheet"
    for node in descendants(content, _PARTS.get(file_format, "")):
        number = len(found) + 1
        if file_format == "odp":
            title = next((text_of(f) for f in descendants(node, "frame") if attribute(f, "class") == "title"), "")
            label = f"slide {number}"
        else:
            title = attribute(node, "name") or ""
            label = f"sheet {title}"
        words = text_of(node)
        has_content = bool(words) or any(True for _ in descendants(node, "image", "object"))
        found.append(Part(Place(label, f"{noun} {number}", words[:SNIPPET_CHARS]), title, has_content))
    return found
